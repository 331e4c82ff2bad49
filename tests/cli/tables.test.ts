import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readOnce, UnchangingFile } from "../../src/cli/table/file-bytes.js";
import { CLI, NUMBERS, Place, table } from "./run.js";

const place = new Place();

/** Trains on a table, which must fail, with exit code 1, and leave nothing behind. */
async function expectFailure(path: string, message: string, options: readonly string[] = []) {
  const before = readdirSync(place.folder);
  const outcome = await place.rprop(["train", path, "--target", "y", "--keep-row-numbers", ...options]);
  expect(outcome).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
  expect(readdirSync(place.folder)).toEqual(before);
}

describe("what is no table", () => {
  const UTF8 = "expected text in UTF-8";
  const everyByte = Uint8Array.from({ length: 512 }, (_, i) => i);
  test.each<[what: string, content: string | Uint8Array, message: string]>([
    ["nothing", "", "expected a table, got nothing"],
    ["blank lines", "\n\r\n\n", "expected a table, got blank lines"],
    ["a header alone", "a,y\n", 'expected at least one row, got the names "a", "y" alone'],
    ["bytes of any kind", everyByte, `line 2: ${UTF8}, got other bytes`],
    [
      "zip",
      Buffer.from("PK\x03\x04\x14\0\xff\xfe\n", "latin1"),
      "expected a table, such as CSV, got an Excel workbook or another zip archive: save it as CSV, or unpack it",
    ],
    ["a row too short", `${NUMBERS}1,2,u\n`, "line 62: expected 4 cells, got 3"],
    ["a row too long", "a,y\n1,2\n3,4,5\n", "line 3: expected 2 cells, got 3"],
    ["an open quote", 'a,y\n1,2\n"3,4\n', "line 3: expected a quote that is closed, got none up to the end"],
  ])("%s", async (_, content, message) => {
    place.write("bad.csv", content);
    await expectFailure("bad.csv", `bad.csv: ${message}`);
  });
});

describe("what is a table in another form", () => {
  const rows = table("a,ü,y", 40, (i) => `${i % 7},${"äöü"[i % 3]},${i % 11}.5`);
  const json = Array.from({ length: 40 }, (_, i) => ({ a: i % 7, ü: "äöü"[i % 3], y: (i % 11) + 0.5 }));
  test.each<[what: string, content: string | Uint8Array]>([
    ["Latin-1", Buffer.from(rows, "latin1")],
    ["UTF-16", Buffer.from(`\ufeff${rows}`, "utf16le")],
    ["gzip", gzipSync(rows)],
    ["JSON lines", json.map((row) => `${JSON.stringify(row)}\n`).join("")],
    ["a JSON array", JSON.stringify(json)],
    ["decimal commas", rows.replaceAll(",", ";").replaceAll(".", ",")],
    ["blanks", rows.replaceAll(",", "   ")],
  ])("%s", async (_, content) => {
    const line = [
      "train",
      "table.csv",
      "--target",
      "y",
      "--epochs",
      "9",
      "--json",
      "--quiet",
      "--out",
      "form",
    ];
    place.write("table.csv", rows);
    const plain = JSON.parse((await place.done(line)).stdout);
    place.write("table.csv", content);
    const { scores, inputs } = JSON.parse((await place.done(line)).stdout);
    expect({ scores, inputs }).toEqual({ scores: plain.scores, inputs: plain.inputs });
    const predicted = await place.done(["predict", "form", "table.csv", "--keep", "ü"]);
    expect(predicted.stdout.split("\n").length).toBe(42);
  });

  test("stdin, which is kept in memory", async () => {
    const line = ["train", "-", "--target", "y", "--epochs", "9", "--json", "--quiet", "--memory", "0"];
    const { stdout } = await place.rprop(line, rows);
    expect(JSON.parse(stdout)).toMatchObject({ file: "-", rows: { training: 32, validation: 8 } });
    const piped = await place.run("sh", [
      "-c",
      `cat table.csv | '${process.execPath}' '${CLI}' ${line.join(" ")}`.replace(
        "train -",
        "train /dev/stdin",
      ),
    ]);
    expect(JSON.parse(piped.stdout).scores).toBeDefined();
  });
});

describe("what is no file", () => {
  test("none, a folder, below a file", async () => {
    place.write("data.csv", NUMBERS);
    mkdirSync(place.path("folder"));
    await expectFailure("none.csv", "none.csv: no such file or folder");
    await expectFailure("folder", "folder: a folder, where a file should be");
    await expectFailure("data.csv/y", "data.csv/y: not a folder");
  });

  test.skipIf(process.getuid?.() === 0)("one that must not be read", async () => {
    writeFileSync(place.path("secret.csv"), NUMBERS, { mode: 0 });
    await expectFailure("secret.csv", "secret.csv: this is not allowed");
  });
});

describe("a table with nothing to learn", () => {
  const numbers = table("a,y", 1500, (i) => `${i},${i}`);
  const texts = table("a,y", 1500, (i) => `${i},t${i}`);
  const strays = table("a,y", 40, (i) => `${i},${i % 4 === 1 ? "many" : i}`);
  const manyNames = table("id,one,none,y", 30, (i) => `n${i},1,,${i * 1.5}`);
  test.each<[content: string, message: string, options?: string]>([
    ["a,y\n1,\n2,NA\n", '"y" has no value to learn from'],
    ["a,y\n1,5\n2,?\n", '"y" has one value only to learn from'],
    ["a,y\n1,5\n2,5\n3,\n", '"y" is 5 in every row: there is nothing to learn'],
    ["a,y\n1,x\n2,x\n3,\n", '"y" is "x" in every row: there is nothing to learn'],
    ["a,Y\n1,2\n2,3\n", 'no column "y" (did you mean "Y"?); it has a, Y'],
    ["a,b\n1,2\n2,3\n", 'no column "y"; it has a, b'],
    [NUMBERS, 'no column "bb"; it has a, b, c, y', "--ignore a,bb"],
    [NUMBERS, 'no column is left to learn "y" from', "--ignore a,b,c"],
    ["y\n1\n2\n", 'no column is left to learn "y" from'],
    [
      manyNames,
      'no column is left to learn "y" from\n"id" ignored: 30 distinct values in 30 rows\n' +
        '"one" ignored: the same wherever it is known\n"none" ignored: no values',
    ],
    [strays, '"y" has texts: "many" in line 3 is no number', "--task regress"],
    [
      strays,
      '"y" is not all numbers: "many" in line 3 is no number; --task classify takes its texts as classes',
    ],
    [
      table("a,y", 30, (i) => `${i},t${i}`),
      '"y" has 30 distinct values in 30 rows ("t0" in line 2 is no number); --task classify takes them as classes',
    ],
    [
      table("a,y", 60, (i) => `${i},${i % 2 ? 0 : "1e-50"}`),
      '"y" has classes that are one number in float32: give them other names',
      "--task classify",
    ],
    [texts, '"y" has too many distinct values for classes ("t0" in line 2 is no number)'],
    [numbers, '"y" has too many distinct values for classes', "--task classify"],
    [
      "a,y\n1,2\n-1e39,3\n",
      '"a" has numbers too large for float32, such as -1e+39: give them in larger units, or leave the column out (--ignore)',
    ],
    [
      "a,y\n1,2\n2,1e39\n",
      '"y" has numbers too large for float32, such as 1e+39: give them in larger units',
      "--task regress",
    ],
  ])("%#: %.40j %s", async (content, message, options = "") => {
    place.write("poor.csv", content);
    await expectFailure("poor.csv", `poor.csv: ${message}`, options === "" ? [] : options.split(" "));
  });
});

describe("a table that changes while it is read anew for each epoch", () => {
  const CHANGED = "changing.csv: changed while it was read";
  const COPY = `${CHANGED}; read a copy that stays as it is`;
  const lines = NUMBERS.split("\n");
  const path = place.path("changing.csv");
  const replace = (content: string) => {
    place.write("other.csv", content);
    renameSync(place.path("other.csv"), path);
  };
  test.each<[what: string, change: () => void, message: string]>([
    ["that loses its last row", () => place.write("changing.csv", lines.slice(0, -2).join("\n")), COPY],
    ["that is replaced by one of as many rows", () => replace(NUMBERS.replace(/^3,/gm, "4,")), COPY],
    [
      "of which one digit changes in place",
      () => place.write("changing.csv", NUMBERS.replace(/\d\n$/, "7\n")),
      COPY,
    ],
    [
      "of which rows change places",
      () => replace([lines[0], ...lines.slice(1, -1).reverse(), ""].join("\n")),
      COPY,
    ],
    ["that grows by a row", () => appendFileSync(path, `${lines[1]}\n`), COPY],
    ["that is damaged", () => place.write("changing.csv", Buffer.alloc(NUMBERS.length)), COPY],
    ["that is emptied", () => place.write("changing.csv", ""), COPY],
    ["that is removed", () => rmSync(path), `${CHANGED}: no such file or folder`],
    [
      "that becomes a folder",
      () => {
        rmSync(path); // and for a moment there is nothing
        mkdirSync(path);
      },
      CHANGED,
    ],
    [
      "that becomes a pipe, which nobody writes to",
      () => renameSync(place.path("pipe"), path),
      `${CHANGED}: it is no file any more`,
    ],
  ])("%s", async (_, change, message) => {
    rmSync(path, { recursive: true, force: true });
    place.write("changing.csv", NUMBERS);
    execFileSync("mkfifo", [place.path("pipe")]);
    const args = ["train", "changing.csv", "--target", "y", "--memory", "0", "--out", "changed.safetensors"];
    const endless = ["--epochs", "1000000", "--patience", "1000000"];
    const { code, stderr } = await place.acting([...args, ...endless], [/^epoch 2 /m, change]);
    place.remove("pipe");
    expect([code, stderr.trimEnd().split("\n").at(-1)]).toEqual([1, expect.stringContaining(message)]);
    expect(readdirSync(place.folder).filter((name) => name.startsWith("changed"))).toEqual([]);
  });

  test("but not in its bytes is the same", async () => {
    rmSync(path, { recursive: true, force: true });
    place.write("changing.csv", NUMBERS);
    const args = ["train", "changing.csv", "--target", "y", "--memory", "0", "--epochs", "200"];
    const replaceBySame = () => {
      replace(NUMBERS);
      utimesSync(path, 1, 1);
    };
    expect((await place.acting(args, [/^epoch 2 /m, replaceBySame])).code).toBe(0);
  });
});

describe("the bytes of a file", () => {
  const path = place.path("bytes");
  const PIECE = 2 ** 18;
  const bytes = Buffer.from(Uint8Array.from({ length: 2.5 * PIECE }, (_, i) => i % 251));
  /** What a reading gives; before a piece, an act may change the file. */
  const read = async (
    pieces: AsyncIterable<Uint8Array>,
    before: Readonly<Record<number, () => void>> = {},
  ) => {
    const copies: Uint8Array[] = [];
    for await (const piece of pieces) {
      copies.push(piece.slice());
      before[copies.length]?.();
    }
    return Buffer.concat(copies);
  };
  const begun = () => {
    place.write("bytes", bytes);
    return new UnchangingFile(path, "bytes");
  };

  test("that stays the same can be read any number of times, and be left at any time", async () => {
    const file = begun();
    for await (const _ of file.read()) break;
    for (let time = 0; time < 3; time++) expect((await read(file.read())).equals(bytes)).toBe(true);
  });

  const put = (at: number) => () => {
    const other = Buffer.from(bytes);
    other[at] = 255;
    place.write("bytes", other);
  };
  test.each<[what: string, change: () => void, whole: number]>([
    ["in the first piece", put(0), 0],
    ["in the last byte", put(bytes.length - 1), 2],
    ["by a byte more", () => appendFileSync(path, "a"), 2],
    ["by a byte less", () => truncateSync(path, bytes.length - 1), 2],
    ["at the end of a piece", () => truncateSync(path, 2 * PIECE), 2],
  ])("that changed %s is refused before the piece is read", async (_, change, whole) => {
    const file = begun();
    await read(file.read());
    change();
    let pieces = 0;
    const reading = async () => {
      for await (const _ of file.read()) pieces++;
    };
    await expect(reading()).rejects.toThrow("bytes: changed while it was read");
    expect(pieces).toBe(whole);
  });

  test("that ended with a whole piece, and has one more now", async () => {
    place.write("bytes", bytes.subarray(0, PIECE));
    const file = new UnchangingFile(path, "bytes");
    await read(file.read());
    place.write("bytes", bytes);
    await expect(read(file.read())).rejects.toThrow("changed while it was read");
  });

  test("changed during the first reading is refused by the second", async () => {
    const file = begun();
    await read(file.read(), { 1: put(5) });
    await expect(read(file.read())).rejects.toThrow("changed while it was read");
  });

  test("that is read once", async () => {
    begun();
    expect((await read(readOnce(path, "bytes"))).equals(bytes)).toBe(true);
    const changes = [
      put(bytes.length - 1),
      () => appendFileSync(path, "a"),
      () => truncateSync(path, PIECE + 1),
    ];
    for (const change of changes) {
      begun();
      utimesSync(path, 1, 1);
      await expect(read(readOnce(path, "bytes"), { 1: change })).rejects.toThrow("changed while it was read");
    }
  });
});
