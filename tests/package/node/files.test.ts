import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCsv, readNpy, writeNpy } from "../../../src/data/index.js";
import {
  decode,
  decodeTensors,
  encode,
  encodeTensors,
  FormatError,
  fingerprint,
  Linear,
  Rprop,
} from "../../../src/index.js";
import { load, save } from "../../../src/node/index.js";
import { raw } from "../../api/io/raw.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rprop-files-"));
});

afterEach(() => rm(folder, { recursive: true }));

const model = new Linear(3, 2);
const optimizer = new Rprop(model.parameters());

test("a file comes back, over one that was there, by path and by URL", async () => {
  const path = join(folder, "model.safetensors");
  await writeFile(path, "something else");
  for (const place of [path, pathToFileURL(path)]) {
    await save(place, { model, optimizer, metadata: { by: "test" } });
    const back = await load(place);
    expect(fingerprint(back.model)).toBe(fingerprint(model));
    expect(back.optimizer?.paramGroups).toHaveLength(1);
    expect(back.metadata).toEqual({ by: "test" });
  }
  expect(await readdir(folder)).toEqual(["model.safetensors"]);
});

test("what cannot be saved leaves the file that was there, and no other", async () => {
  const path = join(folder, "model.safetensors");
  await writeFile(path, "the old one");
  await expect(save(path, { model, optimizer: new Rprop(new Linear(1, 1).parameters()) })).rejects.toThrow(
    RangeError,
  );
  await expect(save(join(folder, "missing", "m"), { model })).rejects.toThrow("ENOENT");
  await expect(save(folder, { model })).rejects.toThrow(); // a folder is in the way
  await expect(save(join(path, "m"), { model })).rejects.toThrow("ENOTDIR");
  await expect(save(undefined as never, { model })).rejects.toThrow(TypeError);
  expect(await readFile(path, "utf8")).toBe("the old one");
  expect(await readdir(folder)).toEqual(["model.safetensors"]);
});

test("many at once leave one of them, whole", async () => {
  const path = join(folder, "model.safetensors");
  const models = Array.from({ length: 10 }, () => new Linear(50, 50));
  await Promise.all(models.map((each) => save(path, { model: each })));
  const prints = models.map((each) => fingerprint(each));
  expect(prints).toContain(fingerprint((await load(path)).model));
  expect(await readdir(folder)).toEqual(["model.safetensors"]);
});

test("a wrong file is named", async () => {
  const path = join(folder, "model.safetensors");
  await writeFile(path, "no model");
  await expect(load(path)).rejects.toThrow(FormatError);
  await expect(load(path)).rejects.toThrow(`${path}: file: expected a model file (safetensors)`);
  await expect(load(join(folder, "missing"))).rejects.toThrow("ENOENT");
  await expect(load(folder)).rejects.toThrow("EISDIR");
});

test("what the file system refuses has the path, what to do, the code and the cause", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const [none, within] = [join(folder, "none", "m"), join(file, "m")];
  for (const [act, path, code, advice] of [
    [() => save(none, { model }), none, "ENOENT", "there is no such folder: make it first, as by mkdir"],
    [
      () => save(within, { model }),
      within,
      "ENOTDIR",
      "a file is where a folder should be: name another folder",
    ],
    [
      () => save(folder, { model }),
      folder,
      "EISDIR",
      "a folder, where a file should be: name a file within it",
    ],
    [() => load(folder), folder, "EISDIR", "a folder, where a file should be: name a file within it"],
    [() => load(none), none, "ENOENT", "there is no such file: save() writes one"],
    [() => load(within), within, "ENOTDIR", "there is no such file: save() writes one"],
  ] as const) {
    const error = await act().then(
      () => null,
      (refusal: NodeJS.ErrnoException) => refusal,
    );
    expect(error?.message).toContain(`${path}: ${advice} (${code}: `);
    expect(error).toMatchObject({ code, path: expect.any(String), cause: expect.objectContaining({ code }) });
  }
  // What to do helps.
  await mkdir(join(folder, "none"));
  await save(none, { model });
  expect(fingerprint((await load(none)).model)).toBe(fingerprint(model));
});

test("a link stays a link to the file that is written", async () => {
  const [path, link] = [join(folder, "model.safetensors"), join(folder, "link")];
  await save(path, { model: new Linear(1, 1) });
  await symlink(path, link);
  await save(link, { model });
  expect(fingerprint((await load(path)).model)).toBe(fingerprint(model));
});

test("a file that cannot take its place is gone", async () => {
  await mkdir(join(folder, "place"));
  await expect(save(join(folder, "place"), { model })).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["place"]);
});

test("a file keeps its permissions", async () => {
  const path = join(folder, "model.safetensors");
  await save(path, { model });
  await chmod(path, 0o600);
  await save(path, { model });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("Node's Buffers are bytes like any others: slice() of theirs shares memory with the pool they lie in", () => {
  /** In the pool, at an odd address; read is called, and then the memory is used for something else. */
  const pooled = <T>(bytes: Uint8Array, read: (buffer: Buffer) => T): T => {
    const buffer = Buffer.concat([Buffer.of(0), bytes]).subarray(1);
    expect(buffer.buffer.byteLength).toBeGreaterThan(bytes.length + 1);
    const back = read(buffer);
    buffer.fill(0xff);
    return back;
  };
  expect(fingerprint(pooled(encode({ model }), decode).model)).toBe(fingerprint(model));
  expect(pooled(encodeTensors({ a: [1.5, -2] }), decodeTensors).a?.toArray()).toEqual([1.5, -2]);
  expect(pooled(writeNpy([1.5, -2]), readNpy).data).toEqual(Float32Array.of(1.5, -2));
  expect(pooled(new TextEncoder().encode("a,b\n1,é\n"), readCsv).labels("b")).toEqual(["é"]);
});

test("large files of small numbers are read in place of lists of all of them", () => {
  const count = 2_000_000;
  const read: [string, () => { length: number }][] = [
    ...["BF16", "F16", "I16"].map((dtype): [string, () => { length: number }] => {
      const file = raw(
        { a: { dtype, shape: [count], data_offsets: [0, 2 * count] } },
        new Uint8Array(2 * count),
      );
      return [dtype, () => decodeTensors(file).a!.data];
    }),
    ...["<f2", "<f4"].map((type): [string, () => { length: number }] => {
      const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${count},), }\n`;
      const size = Buffer.of(header.length, 0);
      const data = Buffer.alloc(count * Number(type.slice(2)));
      const file = Buffer.concat([Buffer.from("\x93NUMPY\x01\0", "latin1"), size, Buffer.from(header), data]);
      return [type, () => readNpy(file).data];
    }),
  ];
  for (const [type, act] of read) {
    gc!();
    const before = process.memoryUsage().heapUsed;
    expect(act()).toHaveLength(count);
    expect(process.memoryUsage().heapUsed - before, type).toBeLessThan(10e6); // a list has 16 MB, and more
  }
});

test("bytes of another realm, Node's own and shared ones are bytes", () => {
  const bytes = encode({ model });
  const [buffer, view] = runInNewContext(
    "const copy = Uint8Array.from(bytes); [copy.buffer, new DataView(copy.buffer)]",
    { bytes },
  );
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  for (const given of [buffer, view, Buffer.from(bytes), shared, shared.buffer])
    expect(fingerprint(decode(given).model)).toBe(fingerprint(model));
  const csv = runInNewContext("Uint8Array.of(97, 10, 49, 10).buffer");
  expect(readCsv(csv).numeric("a")).toEqual(Float64Array.of(1));
  expect(readNpy(new DataView(writeNpy([1, 2]).buffer)).data).toEqual(Float32Array.of(1, 2));
});
