import { describe, expect, test } from "vitest";
import { MOST_CELLS, MOST_COLUMNS, readCells } from "../../page/data/cells.js";
import { checkSize, decode, LARGEST_FILE } from "../../page/data/decode.js";
import { readNumber } from "../../page/data/numbers.js";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a number", () => {
  test.each([
    ["0", 0],
    ["-12", -12],
    ["+3.5", 3.5],
    [".5", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["-2.5E-3", -0.0025],
    ["3.4e38", 3.4e38],
    ["007", 7],
  ])("%s is one", (text, value) => expect(readNumber(text, ".")).toBe(value));

  test.each([
    "",
    " ",
    "0x10",
    "0b1",
    "1e400",
    "-1e39",
    "Infinity",
    "NaN",
    "1,5",
    "1 000",
    "1_000",
    "--1",
    "1e",
    ".",
    "e5",
    "½",
    "12abc",
  ])("“%s” is none", (text) => expect(readNumber(text, ".")).toBeNaN());

  test("may have a comma where it is said so, and then no point", () => {
    expect(readNumber("3,25", ",")).toBe(3.25);
    expect(readNumber("-,5e2", ",")).toBe(-50);
    expect(readNumber("1,234,567", ",")).toBeNaN();
    expect(readNumber("3.25", ",")).toBeNaN();
  });
});

describe("a file's bytes", () => {
  test("are UTF-8, with a mark or without", () => {
    expect(decode(bytes("größe"))).toBe("größe");
    expect(decode(bytes("\ufeffa,b"))).toBe("a,b");
  });

  test("are UTF-16 that says so", () => {
    expect(decode(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0))).toBe("a,");
    expect(decode(Uint8Array.of(0xfe, 0xff, 0, 0x61, 0, 0x2c))).toBe("a,");
  });

  test("are Latin letters where they are no UTF-8", () => {
    expect(decode(Uint8Array.of(0x67, 0x72, 0xf6, 0xdf, 0x65))).toBe("größe");
  });

  test.each([
    ["nothing", new Uint8Array(), "The file is empty."],
    ["an archive", Uint8Array.of(0x50, 0x4b, 3, 4), /spreadsheet or an archive.*save the sheet as CSV/],
    ["an image", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0), /binary/],
  ])("that are %s are refused", (_, file, message) => expect(() => decode(file)).toThrow(message));

  test("are refused unread where they are too many", () => {
    expect(() => checkSize(LARGEST_FILE)).not.toThrow();
    expect(() => checkSize(LARGEST_FILE * 1.5)).toThrow("The file has 30 MB; up to 20 MB can be read here.");
  });
});

describe("cells", () => {
  test("have names, rows, and the lines where rows begin", () => {
    expect(readCells("a,b\n1,2\n\n3, 4 \n")).toEqual({
      names: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
      lines: [2, 4],
      delimiter: ",",
      header: true,
    });
  });

  test.each([
    ["semicolons", "a;b\n1;2\n3;4", ";"],
    ["tabs", "a\tb\n1\t2\n3\t4", "\t"],
    ["bars", "a|b\n1|2\n3|4", "|"],
  ])("may be separated by %s", (_, text, delimiter) => {
    const cells = readCells(text);
    expect([cells.names, cells.rows[1], cells.delimiter]).toEqual([["a", "b"], ["3", "4"], delimiter]);
  });

  test("are separated by semicolons where commas stand before every fraction", () => {
    for (const header of ["a;b\n", ""]) {
      const { rows, delimiter } = readCells(`${header}1,5;2,5\n3,5;4,5\n`);
      expect([rows, delimiter]).toEqual([
        [
          ["1,5", "2,5"],
          ["3,5", "4,5"],
        ],
        ";",
      ]);
    }
  });

  test("are separated by commas where some of them hold semicolons", () => {
    expect(readCells("a,b\nx;y,1\nz,2\n").delimiter).toBe(",");
  });

  test.each([
    ["\\r\\n", "a,b\r\n1,2\r\n3,4\r\n"],
    ["\\r", "a,b\r1,2\r3,4\r"],
    ["both and \\n", "a,b\r\n1,2\n3,4\r"],
  ])("lines may end with %s", (_, text) => {
    expect(readCells(text).rows).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("may be in quotation marks, with separators, marks and lines inside; lines are still the file's", () => {
    const cells = readCells('name,"a ""b"""\n"x, y\nz",1\n"w",2\n');
    expect(cells.names).toEqual(["name", 'a "b"']);
    expect(cells.rows).toEqual([
      ["x, y\nz", "1"],
      ["w", "2"],
    ]);
    expect(cells.lines).toEqual([2, 4]);
  });

  test("without names are called by their places", () => {
    const cells = readCells("1,2\n3,4\n");
    expect([cells.header, cells.names, cells.rows.length, cells.lines]).toEqual([
      false,
      ["column 1", "column 2"],
      2,
      [1, 2],
    ]);
    expect(readCells("1,2\n3,4\n", true).names).toEqual(["1", "2"]);
    expect(readCells("a,b\n3,4\n", false).rows.length).toBe(2);
  });

  test("have a name of their own where the file has none for them", () => {
    expect(readCells("a,,b\n1,2,3").names).toEqual(["a", "column 2", "b"]);
  });

  test.each([
    ["blanks", " \n\n,,\n", "The file is empty: there is nothing but blanks in it."],
    ["a short row", "a,b,c\n1,2,3\n\n1,2\n", "Line 4 has 2 values, but line 1 has 3 values."],
    ["a long row", 'a,b\n"1\n2",3\n1,2,3\n', "Line 4 has 3 values, but line 1 has 2 values."],
    ["two columns of one name", "\nx,y, x\n1,2,3\n", "Line 2: columns 1 and 3 are both called “x”"],
    [
      "an open quotation mark",
      'a,b\n1,2\n"3,4\n5,6\n',
      "Line 3: a quotation mark opens a value and none closes it.",
    ],
    ["something behind a quotation mark", 'a,b\n1,2\n"3"x,4\n', "Line 3: something stands between"],
    [
      "many columns",
      `${"1,".repeat(MOST_COLUMNS)}1\n`,
      "The file has 201 columns; up to 200 can be used here.",
    ],
    [
      "many values",
      "1,2,3,4\n".repeat(MOST_CELLS / 4 + 1),
      "The file has 500,001 rows of 4 values; up to 2,000,000 values can be used here.",
    ],
  ])("of %s are refused", (_, text, message) => expect(() => readCells(text)).toThrow(message));
});
