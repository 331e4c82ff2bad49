import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { csvRows, readCsv, readNpy } from "../../src/data/index.js";
import { MersenneTwister } from "../../src/random/mersenne.js";

const MILLISECONDS = 2500;
const SEED = 20;

/** Numbers below a limit, the same for the same seed. */
function random(seed: number): (limit: number) => number {
  const engine = new MersenneTwister(seed);
  return (limit) => engine.uint32() % limit;
}

/** Bytes with some of them changed, left out, doubled, or replaced by what is worth trying. */
function mutated(bytes: Uint8Array, draw: (limit: number) => number, morsels: readonly string[]): Uint8Array {
  let list = [...bytes];
  for (let times = 1 + draw(4); times > 0; times--) {
    const [at, length] = [draw(list.length + 1), draw(9)];
    const morsel = [...new TextEncoder().encode(morsels[draw(morsels.length)])];
    const change = draw(5);
    if (change === 0) list[at] = draw(256);
    else if (change === 1) list.splice(at, length);
    else if (change === 2) list.splice(at, 0, ...list.slice(at, at + length));
    else if (change === 3) list.splice(at, draw(2) * morsel.length, ...morsel);
    else list = list.slice(0, at);
  }
  return Uint8Array.from(list, (byte) => byte ?? 0);
}

/** Mutates files for some time, and counts what became of them. Anything else than a FormatError fails. */
function fuzz(
  files: readonly Uint8Array[],
  morsels: readonly string[],
  act: (bytes: Uint8Array, draw: (limit: number) => number) => void,
) {
  const draw = random(SEED);
  const counts = { read: 0, refused: 0 };
  for (const end = Date.now() + MILLISECONDS; Date.now() < end; ) {
    const bytes = mutated(files[draw(files.length)]!, draw, morsels);
    try {
      act(bytes, draw);
      counts.read++;
    } catch (error) {
      if ((error as Error).name !== "FormatError")
        throw new Error(`for ${JSON.stringify([...bytes])}`, { cause: error });
      counts.refused++;
    }
  }
  return counts;
}

const prototypes = [Object.prototype, Array.prototype, Map.prototype, Float64Array.prototype];
const keys = () => prototypes.map((prototype) => Reflect.ownKeys(prototype));

describe("damaged files are read or refused by FormatError, without a hang, and change no prototype", () => {
  const before = keys();

  test("CSV", () => {
    const files = [
      'a,b,c\n1,2.5,x\n-3e2,"4","y"\n5,6,"z\nq"\n',
      "\ufeffname;value\r\nж;1,5\r\n\r\n😀;NA\r\n",
      "1\t2\n3\t4\n",
      "__proto__,constructor,toString\n1,2,3\n4,5,6",
    ].map((text) => new TextEncoder().encode(text));
    const morsels = [
      '"',
      '""',
      ",",
      ";",
      "\t",
      "|",
      "\r",
      "\n",
      "\r\n",
      "NA",
      "-",
      "1e999",
      "0x1",
      "__proto__",
      "\0",
      " ",
    ];
    const options = [{}, { missing: "keep" }, { header: false }, { decimal: ",", missing: "drop" }] as const;
    const counts = fuzz(files, morsels, (bytes, draw) => {
      const option = options[draw(options.length)]!;
      if (draw(2) === 0) {
        const table = readCsv(bytes, option);
        expect(table.names.length).toBeGreaterThan(0);
        for (const column of table.columns.values()) expect(column.length).toBe(table.rows);
      } else {
        const at = draw(bytes.length + 1);
        for (const { x, rows } of csvRows([bytes.subarray(0, at), bytes.subarray(at)], option))
          expect(x.data.length).toBe(rows * x.shape[1]!);
      }
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
    expect(keys()).toEqual(before);
  });

  test(".npy", () => {
    const { cases } = JSON.parse(readFileSync("tests/golden/npy.json", "utf8"));
    const files = cases.map(({ file }: { file: string }) => new Uint8Array(Buffer.from(file, "base64")));
    const morsels = [
      "'",
      "(",
      ")",
      ",",
      "9",
      "99999999",
      "True",
      "'descr': '<f8', ",
      "<",
      ">",
      "}",
      "{",
      "-",
      "__proto__",
    ];
    const counts = fuzz(files, morsels, (bytes) => {
      const { shape, data } = readNpy(bytes);
      expect(data.length).toBe(shape.reduce((size, length) => size * length, 1));
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
    expect(keys()).toEqual(before);
  });
});
