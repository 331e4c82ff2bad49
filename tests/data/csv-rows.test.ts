import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvRows, type CsvRowsOptions, csvRows, readCsv } from "../../src/data/index.js";
import {
  evaluate,
  fingerprint,
  fit,
  fitSync,
  Linear,
  Moments,
  MSELoss,
  manualSeed,
} from "../../src/index.js";

/** All rows of some chunks, one after another. */
function joined(chunks: Iterable<CsvRows>): { x: number[]; y: number[]; rows: number; dropped: number } {
  const whole = { x: [] as number[], y: [] as number[], rows: 0, dropped: 0 };
  for (const { x, y, rows, dropped } of chunks) {
    whole.x.push(...x.data);
    whole.y.push(...y.data);
    whole.rows += rows;
    whole.dropped += dropped;
  }
  return whole;
}

const rowsOf = (text: string, options?: CsvRowsOptions) => joined(csvRows(text, options));

/** Pieces of bytes between these places, over and over. */
function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  const piece = new Uint8Array(bytes.length);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = Math.min(bytes.length, at + sizes[i % sizes.length]!);
    piece.set(bytes.subarray(at, end));
    yield piece.subarray(0, end - at); // the same memory each time, as some readers have it
    at = end;
  }
}

async function* later<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) {
    await null;
    yield value;
  }
}

/** Rows of 16 bytes, the names among them. */
const ofBytes = (bytes: number) => `abcdefghijklmno\n${"123456789012345\n".repeat(bytes / 16 - 1)}`;

test.each([0, 1, 2, 5])("a file that ends where the %dth window does is read once", (windows) => {
  const text = ofBytes(2 ** 20 + windows * 2 ** 18);
  const rows = text.length / 16 - 1;
  expect(readCsv(text).rows).toBe(rows);
  expect([...csvRows(text)].reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(rows);
});

describe("csvRows", () => {
  test("gives texts as they are written, beside numbers or not", () => {
    const plain = "id,a,b\n 7 ,1,x\n\n008,2, y z\t\nä,3,\n";
    const quoted = plain.replace("ä", '"ä, ""x"').replaceAll("\n", "\r\n");
    for (const [text, name] of [
      [plain, "ä"],
      [quoted, 'ä, "x'],
    ] as const) {
      const [chunk] = csvRows(text, { x: ["a"], strings: ["b", "id", "a"] });
      expect(chunk!.x.data).toEqual(Float32Array.of(1, 2, 3));
      expect(chunk!.strings).toEqual([
        ["x", "7", "1"],
        ["y z", "008", "2"],
        ["", name, "3"],
      ]);
    }
    expect([...csvRows("id,a\np,1\n", { strings: ["id"] })]).toMatchObject([{ x: { shape: [1, 1] } }]);
  });

  test("counts each row that is dropped in one chunk", () => {
    const chunks = [...csvRows(`a\n?\n${"1\n".repeat(2 ** 20)}`, { missing: "drop" })];
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.map(({ dropped }) => dropped)).toEqual(chunks.map((_, i) => (i === 0 ? 1 : 0)));
  });

  test("leaves out the texts of rows that are dropped", () => {
    const text = "id,a\np,1\nq,?\nr,3\n";
    const [chunk] = csvRows(text, { x: ["a"], strings: ["id"], missing: "drop" });
    expect(chunk).toMatchObject({ rows: 2, strings: [["p"], ["r"]] });
  });

  test("gives each chunk its own texts", () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `row ${i},${i}\n`);
    let rows = 0;
    for (const { strings, x } of csvRows(`id,a\n${lines.join("")}`, { x: ["a"], strings: ["id"] })) {
      expect(strings.length).toBe(x.data.length);
      expect(strings.findIndex(([id], i) => id !== `row ${rows + i}`)).toBe(-1);
      rows += strings.length;
    }
    expect(rows).toBe(lines.length);
  });

  test("gives x and y in the order that is asked for", () => {
    const text = "a,b,c\n1,2,3\n4,5,6\n";
    const [chunk, ...others] = csvRows(text, { x: ["c", "a"], y: ["b"] });
    expect(others).toEqual([]);
    expect(chunk).toEqual({
      rows: 2,
      x: { shape: [2, 2], data: Float32Array.of(3, 1, 6, 4) },
      y: { shape: [2], data: Float32Array.of(2, 5) },
      strings: [],
      lines: Float64Array.of(2, 3),
      dropped: 0,
    });
    expect(rowsOf(text, { y: ["a"] })).toMatchObject({ x: [2, 3, 5, 6], y: [1, 4] });
    expect([...csvRows(text)][0]).toMatchObject({ x: { shape: [2, 3] }, y: { shape: [2, 0] } });
    expect([...csvRows(text, { y: ["a", "b"] })][0]!.y.shape).toEqual([2, 2]);
  });

  test("leaves columns alone that are not asked for", () => {
    expect(rowsOf('a,b,c\n1,"x,y",\n2,ж,z\n', { x: ["a"] }).x).toEqual([1, 2]);
  });

  test("reads texts as their classes", () => {
    const classes = { kind: ["no", "yes", "7", ""] };
    const text = 'kind,v\nyes,1\n"no" ,2\n7,3\n,4\n';
    expect(rowsOf(text, { y: ["kind"], classes, missing: "keep" }).y).toEqual([1, 0, 2, 3]);
    expect(() => rowsOf("kind,v\nmaybe,1", { classes })).toThrow(
      'line 2, column "kind": expected one of its classes "no", "yes", "7", "", got "maybe"',
    );
  });

  test("takes texts that are none of their classes as missing cells, if told to", () => {
    const options = { classes: { kind: ["no", "yes"] }, unknown: "missing" } as const;
    const text = 'kind,v\nyes,1\nmaybe,2\n?,3\n"no",4\nYES,?\n';
    expect(rowsOf(text, { ...options, missing: "keep" }).x).toEqual([1, 1, NaN, 2, NaN, 3, 0, 4, NaN, NaN]);
    expect(rowsOf(text, { ...options, missing: "drop" })).toMatchObject({ x: [1, 1, 0, 4], dropped: 3 });
    const plain = "kind,v\nmaybe,1\nyes,2\n";
    expect(rowsOf(plain, { ...options, missing: "drop" })).toMatchObject({ x: [1, 2], dropped: 1 });
    expect(() => rowsOf(plain, options)).toThrow(
      'line 2, column "kind": expected a value (or the option "missing"), got a missing one, "maybe"',
    );
    expect(() => rowsOf(plain, { ...options, unknown: "error", missing: "keep" })).toThrow(
      'line 2, column "kind": expected one of its classes "no", "yes", got "maybe"',
    );
  });

  test("takes cells that are no numbers as missing cells, if told to, and tells of each", () => {
    const told: unknown[] = [];
    const onUnknown = (...cell: unknown[]) => told.push(cell);
    const options = { classes: { kind: ["yes"] }, unknown: "missing", onUnknown } as const;
    const text = "kind,v\nyes,x\nyes,0x10\nno,2\n";
    const { x } = rowsOf(text, { ...options, missing: "keep" });
    expect(x).toEqual([0, NaN, 0, NaN, NaN, 2]);
    expect(told).toEqual([
      ["v", "x", 2],
      ["v", "0x10", 3],
      ["kind", "no", 4],
    ]);
    expect(() => rowsOf(text, options)).toThrow(
      'line 2, column "v": expected a value (or the option "missing")',
    );
    for (const cell of ["x", "0x10"])
      expect(() => rowsOf(`v\n${cell}\n`, { missing: "keep" })).toThrow(
        `line 2, column "v": expected a number, got "${cell}"`,
      );
  });

  test("leaves rows with missing cells out, keeps them, or refuses them", () => {
    const text = "a,b\n1,2\n,3\n4,NA\n5,6\n";
    expect(() => rowsOf(text)).toThrow(
      'line 3, column "a": expected a value (or the option "missing"), got a missing one, ""',
    );
    expect(rowsOf(text, { missing: "drop" })).toEqual({ x: [1, 2, 5, 6], y: [], rows: 2, dropped: 2 });
    expect(rowsOf(text, { missing: "keep" }).x).toEqual([1, 2, NaN, 3, 4, NaN, 5, 6]);
    expect(rowsOf(text, { missing: "drop", x: ["a"] })).toMatchObject({ x: [1, 4, 5], dropped: 1 });
    expect(rowsOf("a\n1\n-9\n", { missingValues: ["-9"], missing: "drop" }).x).toEqual([1]);
    expect(() => rowsOf("a\nNA\n", { missing: "drop" })).toThrow(
      "file: expected a row without missing cells, got none",
    );
  });

  test("takes texts that are cut within a character", () => {
    const text = "a,😀\n1,2\n";
    const halves = [...text].flatMap((character) => character.split(""));
    expect(joined(csvRows(halves, { x: ["😀"] })).x).toEqual([2]);
  });

  test("feeds fit, and Moments, to the bits of the whole table", async () => {
    const lines = Array.from({ length: 700 }, (_, i) => `${i / 700},${Math.sin(i)},${Math.cos(i) + i / 500}`);
    const text = `a,b,y\n${lines.join("\n")}\n`;
    const bytes = new TextEncoder().encode(text);
    const source = () => csvRows(later(cut(bytes, [1000, 7])), { y: ["y"] });
    const table = readCsv(text);
    const [x, y] = [table.matrix(["a", "b"]), table.numeric("y")];
    const trained = () => {
      manualSeed(3);
      return new Linear(2, 1);
    };
    const [streamed, whole] = [trained(), trained()];
    await fit(streamed, source, { epochs: 20 });
    fitSync(whole, x, y, { epochs: 20 });
    expect(fingerprint(streamed)).toBe(fingerprint(whole));
    const moments = new Moments(2, 1);
    for await (const rows of source()) moments.add(rows.x, rows.y);
    const { weight, bias } = moments.solve();
    const solved = new Linear(2, 1);
    solved.weight.data.set(weight);
    solved.bias!.data.set(bias);
    const best = evaluate(solved, x, y, new MSELoss());
    expect(best).toBeLessThanOrEqual(evaluate(whole, x, y, new MSELoss()));
  });
});

/** Rows of some cells each, as a file; some of them in quotes, over lines too. */
const table = fc
  .record({ columns: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 30 }) })
  .chain(({ columns, rows }) => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }),
      fc.integer(),
    );
    const cell = fc.tuple(number.map(String), fc.constantFrom("", '"', " "));
    const text = fc.oneof(
      { weight: 4, arbitrary: cell.map(([value, around]) => `${around}${value}${around}`) },
      { weight: 1, arbitrary: fc.constantFrom("", "NA", "?") },
      { weight: 1, arbitrary: fc.constant('"\r\n 5"') },
    );
    const line = fc.array(text, { minLength: columns, maxLength: columns }).map((cells) => cells.join(","));
    const end = fc.constantFrom("\n", "\r\n", "\n\n");
    return fc.record({
      names: fc.constant(["a", "ж", '"c,\nc"', "d"].slice(0, columns).join(",")),
      lines: fc.array(fc.tuple(line, end), { minLength: rows, maxLength: rows }),
    });
  })
  .map(({ names, lines }) => `${names}\n${lines.flat().join("")}`);

/** What an act gives, or the message of what it throws. */
function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return String(error);
  }
}

describe("cuts anywhere change nothing", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

  test("in small files, of which rows are those of readCsv", () => {
    fc.assert(
      fc.property(table, sizes, fc.constantFrom("keep", "drop", "error"), (text, sizes, missing) => {
        const bytes = new TextEncoder().encode(text);
        const whole = outcome(() => rowsOf(text, { missing }));
        expect(outcome(() => joined(csvRows(cut(bytes, sizes), { missing })))).toEqual(whole);
        const read = outcome(() => [...Float32Array.from(readCsv(text, { missing }).matrix().data)]);
        if (typeof whole === "object") expect(read).toEqual((whole as { x: number[] }).x);
      }),
      { numRuns: 300 },
    );
  });

  test("in a file of many blocks, with quotes and ragged ends", () => {
    const lines = Array.from({ length: 90_000 }, (_, i) => {
      const quoted = i % 20_000 === 19_999 ? '"1\n2"' : i % 1000 === 0 ? `"${i}"` : i;
      return `${quoted},${(i * 0.37).toFixed(4)},${i % 3 === 0 ? "NA" : -i}`;
    });
    const text = `a,b,c\r\n${lines.join("\r\n")}`;
    const bytes = new TextEncoder().encode(text);
    const columns = { x: ["b", "c"], missing: "drop" } as const;
    const whole = rowsOf(text, columns);
    expect(whole.rows).toBe(60_000);
    expect(whole.x.slice(0, 4)).toEqual([0.37, -1, 0.74, -2].map(Math.fround));
    for (const sizes of [[65_536], [1 << 18], [999_983], [1, 100_003]]) {
      expect(joined(csvRows(cut(bytes, sizes), columns))).toEqual(whole);
      expect(() => joined(csvRows(cut(bytes, sizes), { x: ["a"] }))).toThrow(
        'line 20001, column "a": expected a number, got "1\\n2"',
      );
    }
    const ends = text.replace(/,-89999$/, ",-89999,5");
    const last = 1 + 90_000 + 4; // and the lines within quotes
    expect(() => rowsOf(ends, columns)).toThrow(`line ${last}: expected 3 cells, got 4`);
  });
});

test("chunks are bytes wherever they are, in pieces or in one", () => {
  const bytes = new TextEncoder().encode("a,b\n1,2\n3,4\n");
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const whole = rowsOf("a,b\n1,2\n3,4\n", {});
  for (const chunk of [bytes.buffer, new DataView(bytes.buffer), shared, shared.buffer])
    for (const chunks of [chunk, [chunk]]) expect(joined(csvRows(chunks, {}))).toEqual(whole);
});
