import { describe, expect, test } from "vitest";
import { csvRows, type NumberFormat } from "../../../src/data/index.js";

const read = (cells: readonly string[], format: NumberFormat | null, otherFormats = true) => {
  const text = `x\n${cells.map((cell) => `"${cell}"\n`).join("")}`;
  const formats: Record<string, NumberFormat> = format === null ? {} : { x: format };
  const options = { formats, otherFormats, missing: "keep", unknown: "missing" } as const;
  return [...csvRows(text, options)].flatMap(({ x }) => Array.from(x.data));
};

const DOLLARS: NumberFormat = { decimal: ".", thousands: ",", unit: "$" };
const EUROS: NumberFormat = { decimal: ",", thousands: ".", unit: "EUR" };
const COMMAS: NumberFormat = { decimal: ",", thousands: "", unit: "" };
const POINTS: NumberFormat = { decimal: ",", thousands: ".", unit: "" };

describe("a number that is written otherwise than its column's is read where it can be but one", () => {
  test.each<[format: string, NumberFormat | null, cells: string[], numbers: number[]]>([
    [
      "$1,234.50",
      DOLLARS,
      ["$1,234.50", "4000", "$4000", "1234.5", "-12", "$ 3"],
      [1234.5, 4000, 4000, 1234.5, -12, 3],
    ],
    ["$1,234.50", DOLLARS, ["USD 1,000", "1,234,567", "1234,5"], [1000, 1234567, 1234.5]],
    [
      "150.000,00 EUR",
      EUROS,
      ["150000", "150.000,00 €", "150000.5", "150000,5"],
      [150000, 150000, 150000.5, 150000.5],
    ],
    ["0,5", COMMAS, ["50,5", "3.5", "1 234,5"], [50.5, 3.5, 1234.5]],
    ["1.234", POINTS, ["1.234", "4000", "4000,5"], [1234, 4000, 4000.5]],
    ["0.5", null, ["50,5", "1,234,567", "1 234"], [50.5, 1234567, 1234]],
  ])("beside %s: %j", (_, format, cells, numbers) => {
    expect(read(cells, format)).toEqual(numbers);
  });

  test.each<[format: string, NumberFormat | null, cells: string[]]>([
    ["$1,234.50", DOLLARS, ["1,885", "150.000", "€5", "5 kr", "five"]],
    ["150.000,00 EUR", EUROS, ["150.000", "1,885", "$5"]],
    ["0,5", COMMAS, ["1.885"]],
    ["1.234", POINTS, ["12.5"]],
    ["0.5", null, ["1,885", "$5", "5%"]],
  ])("beside %s none of %j is", (_, format, cells) => {
    expect(read(cells, format)).toEqual(cells.map(() => NaN));
  });

  test("and only where that is asked for", () => {
    expect(read(["4000", "$4,000"], DOLLARS, false)).toEqual([NaN, 4000]);
    expect(() => csvRows("", { otherFormats: 1 as never })).toThrow('"otherFormats": expected true or false');
  });
});
