import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NumberFormat, parseFormatted } from "../../../src/data/cells/number-format.js";
import { csvRows, type DescribedNumbers, describeCsv, readCsv } from "../../../src/data/index.js";

/** A column of one file, whose cells are separated by tabs. */
async function columnOf(cells: readonly string[], options = {}) {
  const text = `a\tb\n${cells.map((cell, i) => `${cell}\t${(i % 3) + 0.5}`).join("\n")}\n`;
  const { columns, notes, dialect } = await describeCsv(() => text, { delimiter: "\t", ...options });
  const column = columns[0]!;
  if (column.kind !== "number") return { column, notes, numbers: null };
  const formats: Record<string, NumberFormat> = column.format === null ? {} : { a: column.format };
  const chunks = [...csvRows(text, { dialect, formats, x: ["a"], missing: "keep", unknown: "missing" })];
  return { column, notes, numbers: chunks.flatMap(({ x }) => [...x.data]) };
}

describe("formats of numbers", () => {
  test.each<[string, string[], Partial<NumberFormat>, number[]]>([
    ["small numbers beside thousands", ["963", "1,885", "3,024"], { thousands: "," }, [963, 1885, 3024]],
    ["two commas", ["1,234,567", "2,345,678"], { thousands: "," }, [1234567, 2345678]],
    ["a fraction behind a comma", ["1,885.5", "2,100"], { thousands: "," }, [1885.5, 2100]],
    ["points", ["1.234.567", "2.345.678"], { thousands: ".", decimal: "," }, [1234567, 2345678]],
    ["points and a fraction", ["1.234,5", "12,25"], { thousands: ".", decimal: "," }, [1234.5, 12.25]],
    ["spaces", ["1 885", "12 100"], { thousands: " " }, [1885, 12100]],
    ["spaces left out of four digits", ["1885", "12 100"], { thousands: " " }, [1885, 12100]],
    ["no-break spaces", ["1\u00a0885", "2\u202f100,5"], { thousands: " ", decimal: "," }, [1885, 2100.5]],
    ["apostrophes of Switzerland", ["1'885", "2’100.5"], { thousands: "'" }, [1885, 2100.5]],
    ["dollars", ["$22,178.75", "-$5.5", "$0"], { thousands: ",", unit: "$" }, [22178.75, -5.5, 0]],
    [
      "euros behind",
      ["5 €", "-7,5 €", "1.200 €"],
      { thousands: ".", decimal: ",", unit: "€" },
      [5, -7.5, 1200],
    ],
    ["a word", ["EUR 5", "EUR 7.5"], { unit: "EUR" }, [5, 7.5]],
    ["percent", ["54.5%", "7 %", "-1%"], { unit: "%" }, [54.5, 7, -1]],
    ["a typographic minus", ["\u22125.5", "7", "8"], {}, [-5.5, 7, 8]],
    ["losses of accountants", ["(62.75)", "10", "(1)"], {}, [-62.75, 10, -1]],
    ["a minus behind", ["5-", "12.5-", "7"], { minusBehind: true }, [-5, -12.5, 7]],
    [
      "a minus behind thousands, and in front of a unit",
      ["1.234,50- EUR", "7,25 EUR"],
      { thousands: ".", decimal: ",", unit: "EUR", minusBehind: true },
      [-1234.5, 7.25],
    ],
    ["no-break spaces around", ["\u00a05", "7\u00a0", "8"], {}, [5, 7, 8]],
    ["a decimal comma in one column", ["12,5", "0,25", "3,75"], { decimal: "," }, [12.5, 0.25, 3.75]],
  ])("%s", async (_, cells, format, expected) => {
    const { column, numbers } = await columnOf(cells);
    expect(column.kind).toBe("number");
    expect(numbers).toEqual(expected);
    const { format: found } = column as DescribedNumbers;
    expect(found === null ? {} : found).toMatchObject(
      found === null ? {} : { thousands: "", unit: "", ...format },
    );
    expect([
      ...readCsv(`a\n${cells.map((cell) => `"${cell}"`).join("\n")}\n`, { delimiter: "|" }).numeric("a"),
    ]).toEqual(expected);
  });

  test.each([
    ["with larger numbers that have no comma", ["1,885", "4500", "2,100", "12000"]],
    ["with nothing beside it", ["1,885", "2,100", "3,024"]],
  ])("1,885 %s is text, and a note says both readings", async (_, cells) => {
    const { column, notes } = await columnOf(cells);
    expect(column.kind).toBe("text");
    expect(notes).toEqual([
      'Column "a" is text: "1,885" is 1885 where the decimal is ".", and 1.885 where it is ","; { decimal: "." } or { decimal: "," } says which.',
    ]);
  });

  test("1,885 is what the decimal that is asked for says", async () => {
    const cells = ["1,885", "2,100", "3,024"];
    expect((await columnOf(cells, { decimal: "." })).numbers).toEqual([1885, 2100, 3024]);
    const { numbers } = await columnOf(
      cells.map((cell) => cell),
      { decimal: "," },
    );
    expect(numbers).toEqual([1885 / 1000, 2.1, 3.024].map(Math.fround));
  });

  test("numbers of two units, or with a unit now and then, are text", async () => {
    expect((await columnOf(["$5", "€6", "$7", "€8"])).column.kind).toBe("text");
    expect((await columnOf(["50%", "0.5", "25%", "0.25"])).column.kind).toBe("text");
    expect((await columnOf(["1,88", "2,100,000", "5", "12,5,5"])).column.kind).toBe("text");
  });

  test("a minus behind digits is none where another stands in front, however late", async () => {
    const many = Array.from({ length: 200_000 }, (_, i) => `${i % 900}`);
    expect((await columnOf(["5-", "7-", "-3"])).column.kind).toBe("text");
    expect((await columnOf(["5-", "7 -", "8 -"])).column.kind).toBe("text");
    expect((await columnOf(["-5-", "(7-)", "8-9"])).column.kind).toBe("text");
    expect((await columnOf(["5-", ...many, "-3"])).column).toMatchObject({
      format: null,
      strays: 1,
      min: -3,
    });
    const { column, notes } = await columnOf(["5-", ...many]);
    expect(column).toMatchObject({ format: { minusBehind: true }, strays: 0, min: -5 });
    expect(notes).toEqual(['Column "a": the minus of negative numbers stands behind them.']);
    expect(readCsv("a\n5-\n-3\n").labels("a")).toEqual(["5-", "-3"]);
    expect(() => [...csvRows("a\n5-\n", { otherFormats: true })]).toThrow("expected a number");
  });

  test("marks that come late are seen, and no number is read by a format that it does not fit", async () => {
    const small = Array.from({ length: 100_000 }, (_, i) => `${i % 900}`);
    const { column, numbers } = await columnOf([...small, "1,885"]);
    expect(column).toMatchObject({ kind: "number", format: { thousands: "," }, max: 1885, strays: 0 });
    expect(numbers?.at(-1)).toBe(1885);
    const mixed = await columnOf([...small, "1,885", ...Array(40_000).fill("4500")]);
    expect(mixed.column).toMatchObject({ kind: "number", format: null, strays: 1, max: 4500 });
  });

  test("is read in a stream as it was described, and nothing else is", () => {
    const formats = { a: { decimal: ".", thousands: ",", unit: "$" } } as const;
    expect([...csvRows('a\n"$1,885"\n', { formats })][0]!.x.data[0]).toBe(1885);
    for (const cell of ["1885", "$1885", "€1,885", '"$1,88"', '"$1,885,00"'])
      expect(() => [...csvRows(`a\n${cell}\n`, { formats, delimiter: ";" })]).toThrow("expected a number");
    expect(() => csvRows("", { formats: { a: { decimal: "," } } as never })).toThrow('"formats.a": expected');
    expect(() => [...csvRows("a\n1\n", { formats: { b: formats.a } })]).toThrow('expected a column "b"');
  });
});

const formats: fc.Arbitrary<NumberFormat> = fc
  .record({
    decimal: fc.constantFrom(".", ",") as fc.Arbitrary<"." | ",">,
    thousands: fc.constantFrom("", ",", ".", " ", "'") as fc.Arbitrary<NumberFormat["thousands"]>,
    unit: fc.constantFrom("", "$", "€", "EUR", "%", "kr"),
  })
  .filter(({ decimal, thousands }) => decimal !== thousands);

test("a number that is written in a format is read from it, the same float64", () => {
  const number = fc
    .double({ noNaN: true, min: -1e15, max: 1e15 })
    .filter((value) => !/e/.test(String(value)));
  fc.assert(
    fc.property(formats, number, fc.nat(3), (format, value, style) => {
      const [whole = "", fraction] = String(Math.abs(value)).split(".");
      const grouped = format.thousands === "" ? whole : whole.replace(/\B(?=(\d{3})+$)/g, format.thousands);
      const digits = fraction === undefined ? grouped : grouped + format.decimal + fraction;
      const sign = value < 0 || Object.is(value, -0) ? "-" : "";
      const { unit } = format;
      const written = [
        `${sign}${unit}${digits}`,
        `${sign}${digits}\u00a0${unit}`,
        `${sign.replace("-", "\u2212")}${digits}${unit}`,
        sign === "" ? `${unit} ${digits}` : `(${unit}${digits})`,
      ][style] as string;
      expect(parseFormatted(written, format)).toBe(value);
    }),
    { numRuns: 2000 },
  );
});
