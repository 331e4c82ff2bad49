import { parse } from "csv-parse/sync";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/data/index.js";

/** A column, and the texts of its cells without the blanks at their ends. */
type Cells = readonly (readonly string[])[];

const blanks = /^[ \t\r]+|[ \t\r]+$/g;
const trimmed = (cells: Cells) => cells.map((record) => record.map((cell) => cell.replace(blanks, "")));

/** Cells as they stand in a file: in quotes where they have to be, and now and then where not. */
function written(cell: string, delimiter: string, wantsQuotes: boolean): string {
  const needsQuotes = /["\r\n]/.test(cell) || cell.includes(delimiter);
  return needsQuotes || wantsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}

interface Written {
  text: string;
  delimiter: string;
  end: "\n" | "\r\n";
}

const character = fc.constantFrom(..."ab7ж😀 \t,;|\"'\\\r\n");
const text = fc.array(character, { maxLength: 6 }).map((characters) => characters.join(""));
// One that begins with blanks and a quote is in quotes for others, too: the test of blanks in front of quotes has it.
const cell = fc.oneof(text, fc.double().map(String)).filter((each) => !/^[ \t]+"|\r$/.test(each));

const files: fc.Arbitrary<Written> = fc
  .record({
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    end: fc.constantFrom<["\n", "\r\n"]>("\n", "\r\n"),
    columns: fc.integer({ min: 2, max: 5 }),
    isEnded: fc.boolean(),
  })
  .chain(({ delimiter, end, columns, isEnded }) => {
    const place = fc.tuple(cell, fc.boolean()).map(([each, quotes]) => written(each, delimiter, quotes));
    const record = fc.array(place, { minLength: columns, maxLength: columns });
    const records = fc.array(
      record.map((cells) => cells.join(delimiter)),
      { minLength: 1, maxLength: 12 },
    );
    return records.map((lines) => ({ text: lines.join(end) + (isEnded ? end : ""), delimiter, end }));
  });

/** All cells of a file as texts, record by record. */
function read({ text, delimiter }: Written): Cells {
  const table = readCsv(text, {
    delimiter,
    header: false,
    decimal: ".",
    missingValues: [],
  });
  const columns = [...table.columns.values()];
  return Array.from({ length: table.rows }, (_, row) => columns.map((column) => String(column[row])));
}

/** Numbers as readCsv shows them where the whole column is numbers; texts otherwise. */
function asColumns(cells: Cells): Cells {
  const isNumber = (cell: string) => /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(cell);
  const numeric = (cells[0] ?? []).map((_, column) => cells.every((record) => isNumber(record[column]!)));
  return cells.map((record) => record.map((each, i) => (numeric[i] ? String(Number(each)) : each)));
}

describe("the cells of any file are those of", () => {
  test("Papa Parse", () => {
    fc.assert(
      fc.property(files, (file) => {
        const options = { delimiter: file.delimiter, newline: file.end, skipEmptyLines: true } as const;
        const { data } = Papa.parse<string[]>(file.text, options);
        expect(read(file)).toEqual(asColumns(trimmed(data)));
      }),
      { numRuns: 1000 },
    );
  });

  test("csv-parse", () => {
    fc.assert(
      fc.property(files, (file) => {
        const options = {
          delimiter: file.delimiter,
          record_delimiter: ["\r\n", "\n"],
          skip_empty_lines: true,
        };
        const records: string[][] = parse(file.text, options);
        expect(read(file)).toEqual(asColumns(trimmed(records)));
      }),
      { numRuns: 1000 },
    );
  });
});
