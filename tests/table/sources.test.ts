import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/index.js";
import { type TableSource, trainTable } from "../../src/table/index.js";

const ROWS = Array.from({ length: 40 }, (_, i) => ({
  size: i % 7 === 3 ? null : (i % 11) / 4,
  colour: ["red", "blue, dark", 'a "green"'][i % 3] as string,
  price: (i % 11) * 2 + (i % 3) + ((i * 37) % 10) / 100,
}));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const CSV = `size,colour,price\n${ROWS.map(({ size, colour, price }) => `${size ?? ""},${quoted(colour)},${price}\n`).join("")}`;
const LINES = ROWS.map((row) => `${JSON.stringify(row)}\n`).join("");
const OPTIONS = { target: "price", epochs: 20 };

/** Pieces of so many bytes, all in the memory of one. */
async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(length);
  for (let at = 0; at < bytes.length; at += length) {
    const piece = bytes.subarray(at, at + length);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
  }
}
const encode = (text: string) => new TextEncoder().encode(text);

const expected = trainTable(CSV, OPTIONS);

describe("one table in all forms gives one model", () => {
  const columns = {
    size: ROWS.map(({ size }) => size),
    colour: ROWS.map(({ colour }) => colour),
    price: Float64Array.from(ROWS, ({ price }) => price),
  };
  test.each<[form: string, source: TableSource]>([
    ["bytes", encode(CSV)],
    ["an ArrayBuffer", encode(CSV).buffer],
    ["a function that returns text", () => CSV],
    ["a function that returns pieces", () => pieces(encode(CSV), 1000)],
    ["pieces of a byte, in one memory", () => pieces(encode(CSV), 1)],
    ["a stream", () => new Blob([CSV]).stream() as unknown as AsyncIterable<Uint8Array>],
    ["columns", { columns }],
    ["rows", { rows: ROWS }],
    ["JSON lines", LINES],
    ["JSON lines with a mark and blank lines", `\ufeff\n${LINES.replaceAll("\n", "\r\n\r\n")}`],
    ["JSON lines in pieces of three bytes", () => pieces(encode(LINES), 3)],
    ["JSON lines of which some lack a name", LINES.replaceAll('"size":null,', "")],
    ["a JSON array", JSON.stringify(ROWS)],
    ["a JSON array over many lines", () => pieces(encode(JSON.stringify(ROWS, null, 2)), 64)],
    ["gzip", gzipSync(CSV)],
    ["gzip in pieces, in one memory", () => pieces(gzipSync(CSV), 10)],
    ["gzip of JSON lines", gzipSync(LINES)],
  ])("%s", async (_, source) => {
    const { model, schema } = await trainTable(source, OPTIONS);
    const first = await expected;
    expect(schema).toEqual(first.schema);
    expect(fingerprint(model.module)).toBe(fingerprint(first.model.module));
  });
});

test("objects within JSON objects are columns, too", async () => {
  const rows = ROWS.map(({ size, price }) => ({ at: { size, deep: { er: price } } }));
  const { schema } = await trainTable({ rows }, { target: "at.deep.er", epochs: 1 });
  expect(schema.inputs.map(({ name }) => name)).toEqual(["at.size"]);
});

describe("what is no table is refused in words", () => {
  test.each<[what: string, source: TableSource, message: string | RegExp]>([
    ["cut gzip", gzipSync(CSV).subarray(0, 60), "a gzip file that is damaged or cut off"],
    ["JSON that ends in an object", LINES.slice(0, -10), /^row 40: expected an object that is closed/],
    ["JSON with a number between objects", `${LINES}17\n`, /^row 41: expected a JSON object such as /],
    ["JSON that is none", '{"a": 1}\n{"a": x}\n', /^row 2: expected a JSON object, got /],
    ["an empty array", "[]", "file: expected at least one row, got none"],
    ["no columns", { columns: {} }, "a table without columns"],
    [
      "columns of different lengths",
      { columns: { a: [1, 2], price: [1] } },
      'columns of different lengths: "a" has 2, "price" has 1',
    ],
    [
      "rows that are no objects",
      { rows: [3 as never] },
      /^row 0: expected an object such as { size: 3 }, got 3/,
    ],
  ])("%s", async (_, source, message) => {
    const names = ["TableError", "FormatError"];
    const error = await trainTable(source, OPTIONS).catch((reason) => reason);
    expect(names).toContain(error.name);
    expect(error.message).toMatch(message);
  });

  test("what a function throws comes back as it is", async () => {
    const own = new Error("mine");
    const failing = async function* () {
      yield gzipSync(CSV).subarray(0, 50);
      throw own;
    };
    await expect(trainTable(failing, OPTIONS)).rejects.toBe(own);
    await expect(trainTable(() => Promise.reject(own), OPTIONS)).rejects.toBe(own);
  });

  test("a table that changes between two readings", async () => {
    let times = 0;
    const lines = CSV.split("\n");
    const changing = () => (times++ < 2 ? CSV : lines.slice(0, -3).join("\n"));
    const trained = trainTable(changing, { ...OPTIONS, memory: 0 });
    await expect(trained).rejects.toThrow("the table has changed while it was read");
  });

  test("another kind of source", async () => {
    await expect(trainTable(7 as never, OPTIONS)).rejects.toThrow(TypeError);
  });
});
