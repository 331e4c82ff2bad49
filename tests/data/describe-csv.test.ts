import { describe, expect, test } from "vitest";
import {
  type DescribeCsvOptions,
  type DescribedNumbers,
  type DescribedTexts,
  describeCsv,
  readCsv,
} from "../../src/data/index.js";
import { exactMoments } from "../support/exact-moments.js";

const encoder = new TextEncoder();

/** What the columns of a text hold, and how often it was read. */
async function described(text: string, options?: DescribeCsvOptions) {
  let readings = 0;
  const survey = await describeCsv(() => {
    readings++;
    return text;
  }, options);
  return { ...survey, readings };
}

async function numbersOf(lines: readonly (string | number)[], options?: DescribeCsvOptions) {
  const { columns } = await described(`a\n${lines.join("\n")}\n`, options);
  return columns[0] as DescribedNumbers;
}

/** The mean and the deviation in two passes. */
function moments(numbers: readonly number[]): [mean: number, std: number] {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / numbers.length)];
}

function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** A file of two columns, with a line of its own at some rows; beyond one block, which has a megabyte at first. */
function longFile(rows: number, others: Record<number, string>): string {
  const lines = Array.from({ length: rows }, (_, row) => others[row] ?? `${row % 7},${row}`);
  return `a,b\n${lines.join("\n")}\n`;
}

/** The same line for many rows. */
function manyFrom(start: number, end: number, line: string): Record<number, string> {
  return Object.fromEntries(Array.from({ length: end - start }, (_, i) => [start + i, line]));
}

describe("describeCsv", () => {
  test("tells numbers and texts, as readCsv has it", async () => {
    const text = "n,t,m,big\n1,x,?,0x10\n-2.5,7,,1\n7e2,,NA,2\n";
    const { rows, columns } = await described(text);
    const table = readCsv(text, { missing: "keep" });
    expect(rows).toBe(3);
    expect(columns.map(({ name }) => name)).toEqual(table.names);
    for (const { name, kind } of columns)
      expect(table.columns.get(name) instanceof Float64Array, name).toBe(kind === "number");
    expect(columns[1]).toEqual({
      name: "t",
      kind: "text",
      missing: 1,
      text: "x",
      line: 2,
      values: new Map([
        ["7", 1],
        ["x", 1],
      ]),
      examples: ["x", "7"],
      numbers: 1,
      strays: 0,
      stray: null,
    });
    expect(columns[3]).toMatchObject({ kind: "text", text: "0x10", line: 2 });
  });

  test("knows nothing of a column whose cells are all missing", async () => {
    const { columns, readings } = await described("m,a\n?,1\nNA,2\n");
    expect(columns[0]).toEqual({
      name: "m",
      kind: "number",
      strays: 0,
      stray: null,
      format: null,
      counts: false,
      infinite: 0,
      missing: 2,
      mean: NaN,
      std: NaN,
      min: NaN,
      max: NaN,
      values: new Map(),
    });
    expect(readings).toBe(1);
  });

  test.each([
    ["small ones", Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 10)],
    ["ones far from 0", Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 10) / 16)],
    ["ones of all sizes", Array.from({ length: 1000 }, (_, i) => (i - 500) * 10 ** (i % 12))],
    ["one", [-3]],
  ])("has the mean and the deviation of numbers: %s", async (_, numbers) => {
    const column = await numbersOf(numbers);
    const [mean, deviation] = moments(numbers);
    expect(Math.abs(column.mean - mean)).toBeLessThanOrEqual(1e-14 * Math.max(Math.abs(mean), deviation));
    expect(Math.abs(column.std - deviation)).toBeLessThanOrEqual(
      2 ** -53 * Math.abs(mean) + 1e-12 * deviation,
    );
    expect(column.min).toBe(Math.min(...numbers));
    expect(column.max).toBe(Math.max(...numbers));
  });

  test.each([
    ["identifiers near 2⁵³", Array.from({ length: 60 }, (_, i) => 2 ** 53 - 2000 + i)],
    ["identifiers in another order", Array.from({ length: 60 }, (_, i) => 2 ** 53 - 1 - ((i * 37) % 61))],
    ["many identifiers near each other", Array.from({ length: 1e5 }, (_, i) => 1e15 + (i % 1000))],
    ["the ends of float64", [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE / 3]],
    ["numbers whose squares overflow", [1e200, 3e200, -1e180, 7]],
    ["numbers whose squares vanish", [3e-200, 1e-200, 2e-200, 2e-200]],
    ["subnormal numbers", [1e-320, 3e-320, 5e-324, -4e-322]],
    ["one large number, last", [5e-324, 1, 2 ** -500, 1e300]],
    ["one large number, first", [1e300, 1, 5e-324, 2 ** -500]],
    ["two numbers at the last digit", [1, 1 + Number.EPSILON]],
  ])("has the mean and the deviation of numbers to the last digits: %s", async (_, numbers) => {
    const { mean, std } = await numbersOf(numbers);
    const exact = exactMoments(numbers);
    expect(Math.abs(mean - exact.mean)).toBeLessThanOrEqual(1e-15 * Math.abs(exact.mean) + 5e-324);
    expect(Math.abs(std - exact.std)).toBeLessThanOrEqual(1e-13 * exact.std + 5e-324);
  });

  test.each([0, -3, 0.1, 2 ** 53 - 1, 1e308, -5e-324])(
    "finds no deviation in a million times %d",
    async (value) => {
      const column = await numbersOf(new Array(1e6).fill(value));
      expect(column).toMatchObject({ mean: value, std: 0, min: value, max: value });
    },
  );

  test("has the mean that readCsv puts in the place of missing cells", async () => {
    const ends = [1e308, 1.7e308, -1e308, 3];
    const identifiers = Array.from({ length: 60 }, (_, i) => 2 ** 53 - 2000 + i);
    for (const numbers of [ends, identifiers]) {
      const text = `a\n${numbers.join("\n")}\nNA\n`;
      const filled = readCsv(text, { missing: "mean" }).numeric("a").at(-1);
      expect(filled).toBe((await numbersOf([...numbers, "NA"])).mean);
      expect(filled! / exactMoments(numbers).mean).toBeCloseTo(1, 14);
    }
  });

  test("counts missing cells apart from numbers", async () => {
    const column = await numbersOf([4, "?", 8, "NA", "null"]);
    expect(column).toMatchObject({ missing: 3, mean: 6, std: 2, min: 4, max: 8 });
    expect(await numbersOf([4, -9, 8], { missingValues: ["-9"] })).toMatchObject({ missing: 1, mean: 6 });
  });

  test("lists different values in order, with their counts", async () => {
    const numbers = [10, 9, -1, 10, 9, 10, 0];
    expect([...(await numbersOf([...numbers, "9.0", "-0"])).values!]).toEqual([
      [-1, 1],
      [0, 2],
      [9, 3],
      [10, 3],
    ]);
    const { columns } = await described("t\nb\nB\nä\nb\n10\n9\n");
    expect([...columns[0]!.values!]).toEqual([
      ["10", 1],
      ["9", 1],
      ["B", 1],
      ["b", 2],
      ["ä", 1],
    ]);
  });

  test("lists as many values as are asked for, and no more", async () => {
    const values = async (lines: (string | number)[], maxValues?: number) => {
      const options = maxValues === undefined ? {} : { maxValues };
      return (await numbersOf(lines, options)).values?.size;
    };
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
    const named = (count: number) => upTo(count).map((i) => `t${i}`);
    for (const lines of [upTo, named]) {
      expect(await values(lines(3), 3)).toBe(3);
      expect(await values([...lines(3), ...lines(3)], 3)).toBe(3);
      expect(await values(lines(4), 3)).toBeUndefined();
      expect(await values(lines(1000))).toBe(1000);
      expect(await values(lines(1001))).toBeUndefined();
    }
  });

  test("goes on with the other columns where one has too many values", async () => {
    const lines = Array.from({ length: 90_000 }, (_, i) => `n${i},${i},${i % 2 === 0 ? "even" : "odd"}`);
    const { rows, columns } = await described(`id,n,t\n${lines.join("\n")}`);
    expect(rows).toBe(90_000);
    expect(columns[0]).toMatchObject({ kind: "text", text: "n0", line: 2, values: null });
    expect(columns[1]).toMatchObject({ kind: "number", mean: 44_999.5, max: 89_999, values: null });
    expect(Object.fromEntries(columns[2]!.values as Map<string, number>)).toEqual({
      even: 45_000,
      odd: 45_000,
    });
  });

  test("counts missing cells of texts up to the value that is too many", async () => {
    const early = ["x", "?", "y", "?", "?", "z", "?", "x", "?"];
    const { columns } = await described(`t\n${early.join("\n")}\n`, { maxValues: 2 });
    expect(columns[0]).toMatchObject({ missing: 3, values: null });
    const all = await described(`t\n${early.join("\n")}\n`, { maxValues: 3 });
    expect(all.columns[0]).toMatchObject({ missing: 5 });
  });

  test("begins again where a column turns out to be texts, once for all that do so together", async () => {
    const one = await described(longFile(150_000, manyFrom(140_000, 150_000, "x,1")));
    expect(one.readings).toBe(2);
    expect(one.rows).toBe(150_000);
    const [a, b] = one.columns as [DescribedTexts, DescribedNumbers];
    const texts = Array.from({ length: 150_000 }, (_, row) => (row >= 140_000 ? "x" : `${row % 7}`));
    expect(a).toMatchObject({ kind: "text", missing: 0, text: "x", line: 140_002, numbers: 140_000 });
    expect(a.values).toEqual(counted(texts));
    const numbers = Array.from({ length: 150_000 }, (_, row) => (row >= 140_000 ? 1 : row));
    expect(b.mean).toBeCloseTo(moments(numbers)[0], 6);
    expect(b.std).toBeCloseTo(moments(numbers)[1], 6);

    const both = await described(
      longFile(150_000, { ...manyFrom(130_000, 140_000, "1,y"), ...manyFrom(140_000, 150_000, "x,1") }),
    );
    expect(both.readings).toBe(2);
    expect(both.columns).toMatchObject([
      { text: "x", line: 140_002 },
      { text: "y", line: 130_002 },
    ]);
  });

  test("begins again once for all columns that do so late, wherever they do", async () => {
    const { readings, columns } = await described(
      longFile(400_000, { ...manyFrom(200_000, 230_000, "x,1"), ...manyFrom(370_000, 400_000, "1,y") }),
    );
    expect(readings).toBe(2);
    expect(columns).toMatchObject([
      { kind: "text", text: "x", line: 200_002 },
      { kind: "text", text: "y", line: 370_002, values: null },
    ]);
  });

  test("keeps nothing of a file but what it found", async () => {
    function* rows() {
      yield encoder.encode("t\n");
      for (let i = 0; i < 40; i++) yield encoder.encode(`a text of its own: ${i}\n${"a\n".repeat(1 << 17)}`);
    }
    const held = () => {
      gc!();
      return process.memoryUsage().heapUsed;
    };
    const before = held();
    const { columns } = await describeCsv(rows);
    expect(held() - before).toBeLessThan(3e6); // of 10 MB
    expect(columns[0]?.values?.size).toBe(41);
  });

  test("begins again at once for what is seen at once, and once more for what is late", async () => {
    const text = longFile(400_000, { ...manyFrom(5, 300_000, "x,1"), ...manyFrom(370_000, 400_000, "x,y") });
    const { readings, columns } = await described(text);
    expect(readings).toBe(3);
    expect(columns).toMatchObject([
      { kind: "text", text: "x", line: 7 },
      { kind: "text", text: "y", line: 370_002, values: null },
    ]);
  });

  test("closes a reading that it ends early", async () => {
    let closed = 0;
    const text = longFile(400_000, manyFrom(5, 300_000, "x,1"));
    async function* pieces() {
      try {
        for (let at = 0; at < text.length; at += 1 << 16) yield text.slice(at, at + (1 << 16));
      } finally {
        closed++;
      }
    }
    expect((await describeCsv(pieces)).columns[0]!.kind).toBe("text");
    expect(closed).toBe(2);
  });
});

describe("describeCsv reads files as csvRows does", () => {
  const text = '\ufeffsize,"colour, ""seen"""\r\n\r\n1,"ж\r\nq"\r\n 2.5 ,😀\r\n?,"a ""b"""\r\n1,😀';
  const [name, line] = ['colour, "seen"', 3];

  test("quoted cells, CRLF, a byte order mark, blank lines, no end of the last line", async () => {
    const { rows, columns } = await described(text);
    expect(rows).toBe(4);
    expect(columns[0]).toMatchObject({ name: "size", missing: 1, mean: 1.5, min: 1, max: 2.5 });
    expect(columns[1]).toMatchObject({ name, text: "ж\r\nq", line });
    expect([...columns[1]!.values!]).toEqual([
      ['a "b"', 1],
      ["ж\r\nq", 1],
      ["😀", 2],
    ]);
  });

  test("in chunks of bytes or of text that are cut anywhere", async () => {
    const whole = await describeCsv(() => text);
    const bytes = encoder.encode(text);
    for (let at = 0; at <= bytes.length; at++)
      expect(await describeCsv(() => [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    for (let at = 0; at <= text.length; at++)
      expect(await describeCsv(() => [text.slice(0, at), "", text.slice(at)])).toEqual(whole);
    expect(await describeCsv(() => text.split(""))).toEqual(whole);
  });

  test("of texts gives the first hundred for examples, however many there are", async () => {
    const text = `t\n${Array.from({ length: 3000 }, (_, i) => `t${i}\nt${i >> 1}\n`).join("")}`;
    const { columns } = await described(text);
    expect(columns[0]).toMatchObject({
      values: null,
      examples: Array.from({ length: 100 }, (_, i) => `t${i}`),
    });
  });

  test("takes a promise of a file's chunks", async () => {
    const { rows } = await describeCsv(async () => [encoder.encode("a\n1\n")]);
    expect(rows).toBe(1);
  });

  test("without a header, with other delimiters and points", async () => {
    const { rows, columns } = await described("1,5;x\n2,5;y\n", { header: false, decimal: "," });
    expect(rows).toBe(2);
    expect(columns).toMatchObject([
      { name: "1", kind: "number", mean: 2 },
      { name: "2", kind: "text", line: 1 },
    ]);
    const named = await described("1|2\n", { header: ["p", "q"], delimiter: "|" });
    expect(named.columns).toMatchObject([
      { name: "p", mean: 1 },
      { name: "q", mean: 2 },
    ]);
  });
});

describe("describeCsv refuses", () => {
  test.each([
    [{ maxValues: 0 }, '"maxValues": expected a whole number of at least 1, got 0'],
    [{ maxValues: "9" }, '"maxValues": expected a whole number of at least 1, got "9"'],
    [{ values: 3 }, '"options": expected'],
    [{ decimal: ";" }, '"decimal": expected'],
    [null, '"options": expected'],
  ])("the options %j before anything is read", async (options, message) => {
    const source = () => {
      throw new Error("was read");
    };
    await expect(describeCsv(source, options as DescribeCsvOptions)).rejects.toThrow(message);
  });

  test.each([null, undefined, 5, {}])("a source that gives %j", async (chunks) => {
    await expect(describeCsv(() => chunks as never)).rejects.toThrow(
      '"chunks": expected an iterable of Uint8Array or text, got',
    );
  });

  test.each(["a\n1\n", encoder.encode("a\n1\n"), null])("a source that is no function", async (source) => {
    await expect(describeCsv(source as unknown as () => string)).rejects.toThrow(
      '"source": expected a function that returns the file\'s chunks, got',
    );
  });

  test.each([undefined, null, 5])("a source that returns %s, now or later", async (returned) => {
    const message = '"chunks": expected an iterable of Uint8Array or text, got';
    for (const source of [() => returned, async () => returned])
      await expect(describeCsv(source as never)).rejects.toThrow(message);
  });

  test.each([
    ["", "file: expected a table, got nothing"],
    ["a,b\n", 'file: expected at least one row, got the names "a", "b" alone'],
    ["a,b\n1,2\n3\n", "line 3: expected 2 cells, got 1"],
    ['a\n"1\n', "line 2: expected a quote that is closed, got none up to the end"],
  ])("%j", async (text, message) => {
    await expect(described(text)).rejects.toThrow(message);
    await expect(described(text)).rejects.toMatchObject({ name: "FormatError" });
  });

  test("chunks that are neither bytes nor text", async () => {
    for (const chunk of [1, null, new Uint16Array(1)])
      await expect(describeCsv(() => ["a\n", chunk as unknown as string])).rejects.toThrow(TypeError);
  });

  test("nothing that a source throws, now or later", async () => {
    const broken = new Error("broken");
    const now = () => {
      throw broken;
    };
    await expect(describeCsv(now)).rejects.toBe(broken);
    async function* later() {
      yield "a\n1\n";
      throw broken;
    }
    await expect(describeCsv(later)).rejects.toBe(broken);
  });
});
