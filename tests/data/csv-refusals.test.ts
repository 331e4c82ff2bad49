import { describe, expect, test } from "vitest";
import { csvRows, FormatError, readCsv, readNpy, writeNpy } from "../../src/data/index.js";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)),
  );

const many = (columns: number) => Array.from({ length: columns }, (_, i) => `c${i}`).join(",");

describe("what is no table is refused, by line and column, in whole files and in streams", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "file: expected a table, got nothing"],
    ["a mark and nothing", "\ufeff", "file: expected a table, got blank lines"],
    ["blank lines", "\n \r\n  \n", "file: expected a table, got blank lines"],
    ["names and nothing else", "a,b\n\n", 'file: expected at least one row, got the names "a", "b" alone'],
    ["a path", "rows.csv", 'file: expected at least one row, got the names "rows.csv" alone'],
    [
      "a delimiter that is none",
      "sep=a\nb\n1\n",
      'line 1: expected a delimiter, another than decimal, behind sep=, got "a"',
    ],
    ["a short row", "a,b\n1,2\n\n3\n", "line 4: expected 2 cells, got 1"],
    ["a long row", "a,b\n1,2,3,4\n", "line 2: expected 2 cells, got 4"],
    ["a long row, quoted", '"a\n",b\n"1",2,3\n', "line 3: expected 2 cells, got 3"],
    [
      "a quote never closed",
      'a,b\n1,2\n3,"4\n5,6\n',
      "line 3: expected a quote that is closed, got none up to the end",
    ],
    ["a quote never closed in the names", '\na,"b\n1,2\n', "line 2: expected a quote that is closed"],
    ["text behind a quote", 'a,b\n"1\n",2\n"3"x,4\n', "line 4: expected a quote at the end of its cell"],
    [
      "lines ended by CR",
      "a,b\r1,2\r3,4",
      "line 1, column 2: expected lines that end with LF or CRLF, got CR alone",
    ],
    [
      "control characters",
      bytes("a,b\n1,2\n", [0, 0xe4], ",3\n"),
      "line 3: expected text in UTF-8, got other bytes",
    ],
    [
      "half of a character in UTF-16",
      bytes([0xff, 0xfe, 97, 0, 10, 0, 49]),
      "file: expected text in utf-16le",
    ],
    ["a mark of UTF-8 and other bytes", bytes("\ufeffa\n1\n", [0xe4]), "line 3: expected text in UTF-8"],
    [
      "a record of 2 MiB",
      `a\n"${"x\n".repeat(1 << 20)}"\n`,
      "line 2: expected a record of at most 1048576 bytes",
    ],
    ["names of 2 MiB", "x".repeat(1 << 21), "line 1: expected a record of at most 1048576 bytes"],
    [
      "more columns than anybody has",
      `${many(10_001)}\n`,
      "line 1: expected at most 10000 columns, got 10001",
    ],
  ])("%s", (_, csv, message) => {
    for (const act of [() => readCsv(csv), () => [...csvRows(csv)]]) {
      expect(act).toThrow(message);
      expect(act).toThrow(FormatError);
    }
  });

  test("a FormatError is known by its name, for there is one class in each file of the package", () => {
    try {
      readCsv("");
    } catch (error) {
      expect((error as Error).name).toBe("FormatError");
    }
    expect.assertions(1);
  });
});

describe("what the options do not allow is refused", () => {
  test.each([
    ["a\n1\n2\n3", { maxRows: 2 }, "file: expected at most 2 rows, got more"],
    ["a,b\n1,2", { maxColumns: 1 }, "line 1: expected at most 1 column, got 2"],
    ["a\n1", { maxBytes: 2 }, "file: expected at most 2 bytes, got 3"],
    ["1,2,3\n", { header: ["a", "b"] }, "line 1: expected 2 cells, got 3"],
    ["a,b\n1,2", { columns: ["a", "c"] }, 'file: expected a column "c", got "a", "b"'],
  ])("%j with %j", (csv, options, message) => {
    expect(() => readCsv(csv, options)).toThrow(message);
    expect(() => readCsv(csv, options)).toThrow(FormatError);
  });

  test.each([
    [{ y: ["c"] }, 'file: expected a column "c", got "a", "b"'],
    [{ x: ["a"], classes: { c: ["x"] } }, 'file: expected a column "c"'],
    [{ y: ["a", "b"] }, "file: expected a column besides those of y, got none"],
  ])("rows with %j", (options, message) => {
    expect(() => [...csvRows("a,b\n1,2\n", options)]).toThrow(message);
    expect(() => [...csvRows("a,b\n1,2\n", options)]).toThrow(FormatError);
  });
});

describe("options out of range are refused before anything is read", () => {
  const refused = (options: object, message: string) => {
    expect(() => readCsv("", options)).toThrow(message);
    if (!/maxRows|maxBytes|columns/.test(message)) expect(() => csvRows("", options)).toThrow(message);
  };

  test("of both", () => {
    refused({ delimeter: "," }, 'got "delimeter" (did you mean "delimiter"?)');
    refused({ header: "a" }, '"header": expected true, false, "detect" or an array of names, got "a"');
    refused({ header: ["a", "a"] }, '"header": expected each name once, got "a" twice');
    for (const delimiter of ["", ",,", '"', "\n", "\r", "a", "1", "-", "+", ".", "é"])
      refused(
        { delimiter },
        '"delimiter": expected one character that is no letter, digit, quote, sign or point',
      );
    refused({ delimiter: 3 }, '"delimiter": expected one character');
    refused({ delimiter: ",", decimal: "," }, '"delimiter": expected another than decimal, got ","');
    refused({ decimal: ";" }, '"decimal": expected "." or ",", got ";"');
    refused({ missing: "skip" }, '"missing": expected "error" or "drop"');
    refused({ missingValues: "NA" }, '"missingValues": expected an array of texts, got "NA"');
    refused({ missingValues: [NaN] }, '"missingValues": expected an array of texts, got NaN');
    for (const maxColumns of [0, 1.5, NaN, Infinity, -1])
      refused({ maxColumns }, '"maxColumns": expected a whole number of at least 1');
  });

  test("of tables", () => {
    refused({ maxRows: 0 }, '"maxRows": expected a whole number of at least 1, got 0');
    refused({ maxBytes: "1" }, '"maxBytes": expected a whole number of at least 1, got "1"');
    refused({ columns: "a" }, '"columns": expected an array of texts, got "a"');
    for (const csv of [null, 3, [1], new Float32Array(3)])
      expect(() => readCsv(csv as unknown as string)).toThrow(/^"csv": expected text or bytes, got /);
  });

  test("of streams", async () => {
    const rows = (options: object) => () => csvRows("", options);
    expect(rows({ missing: "mean" })).toThrow('"missing": expected "error" or "drop" or "keep", got "mean"');
    expect(rows({ x: ["a"], y: ["a"] })).toThrow('"x and y": expected each name once, got "a" twice');
    for (const name of ["x", "y", "strings"])
      expect(rows({ [name]: "a" })).toThrow(`"${name}": expected an array of texts, got "a"`);
    expect(rows({ classes: { a: ["b", "b"] } })).toThrow(
      '"classes.a": expected each name once, got "b" twice',
    );
    expect(rows({ classes: 3 })).toThrow('"classes": expected arrays of texts by name, got 3');
    for (const chunks of [null, undefined, 3, {}])
      expect(() => csvRows(chunks as unknown as string)).toThrow(
        '"chunks": expected an iterable of Uint8Array or text',
      );
    expect(() => [...csvRows([1] as unknown as string[])]).toThrow(
      '"chunks": expected Uint8Arrays or texts, got 1',
    );
  });
});

test("bytes that were transferred to a worker are refused by name", () => {
  const transferred = <T extends ArrayBufferView<ArrayBuffer>>(view: T): T => {
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  };
  const table = () => transferred(Uint8Array.of(97, 10, 49, 10));
  const acts: [() => unknown, string][] = [
    [() => readCsv(table()), '"csv": expected text or bytes, got a detached Uint8Array (transferred,'],
    [
      () => readCsv(table().buffer),
      '"csv": expected text or bytes, got a detached ArrayBuffer (transferred,',
    ],
    [() => [...csvRows([table()])], '"chunks": expected Uint8Arrays or texts, got a detached Uint8Array'],
    [() => readNpy(transferred(writeNpy([1, 2]))), "or ArrayBuffer, got a detached Uint8Array (transferred,"],
    [
      () => writeNpy(transferred(Float32Array.of(1))),
      '"values": expected numbers, got a detached Float32Array',
    ],
  ];
  for (const [act, message] of acts) expect(act).toThrow(message);
});
