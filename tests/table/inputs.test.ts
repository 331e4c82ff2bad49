import { describe, expect, test } from "vitest";
import { decode, type NumberScores, type TrainTableOptions, trainTable } from "../../src/table/index.js";

const QUICK = { target: "y", epochs: 2, networks: 1, folds: 0 } as const;

/** A table of so many rows. */
function table(head: string, rows: number, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join("")}`;
}

describe("columns that are read as categories", () => {
  const zips = ["01234", "1234", "90210"];
  const csv = table("zip,b,y", 60, (i) => `${zips[i % 3]},${i % 7},${[5, 1, 3][i % 3]}`);

  test("have one for each value, as it is written", async () => {
    const { schema, model, scores } = await trainTable(csv, {
      target: "y",
      hidden: [],
      categorical: ["zip"],
      task: "regress",
    });
    expect(schema.inputs[0]).toEqual({
      name: "zip",
      kind: "category",
      categories: ["01234", "1234", "90210"],
    });
    expect(scores.kind === "number" && scores.rmse).toBeLessThan(0.01);
    expect(
      model.predictRows([{ zip: "01234" }, { zip: 1234 }, { zip: 90210 }]).map((y) => Math.round(Number(y))),
    ).toEqual([5, 1, 3]);
    expect(model.history?.options.categorical).toBe("zip");
    expect(decode(model.encode()).schema).toEqual(schema);
  });

  test("are ordered by number, and know no words for missing numbers", async () => {
    const codes = table("code,y", 60, (i) => `${["10", "9", "-", "1.5"][i % 4]},${i % 13}`);
    const { schema, notes } = await trainTable(codes, { ...QUICK, categorical: ["code"] });
    expect(schema.inputs[0]).toMatchObject({ categories: ["1.5", "9", "10"] });
    expect(notes).toContain("missing values, of no category: code 15");
  });

  test("may be those of dates, of texts that are mostly different, of yes and no, and a first column of numbers", async () => {
    const rows = table(
      "id,day,who,on,y",
      40,
      (i) => `${i + 1},202${i % 4}-01-01,n${i % 30},${i % 2 ? "yes" : "no"},${i % 7}`,
    );
    const { schema } = await trainTable(rows, { ...QUICK, categorical: ["id", "day", "who", "on"] });
    expect(
      schema.inputs.map((input) => [
        input.name,
        input.kind,
        "categories" in input && input.categories.length,
      ]),
    ).toEqual([
      ["id", "category", 40],
      ["day", "category", 4],
      ["who", "category", 30],
      ["on", "boolean", false],
    ]);
  });

  test.each<[what: string, options: Partial<TrainTableOptions>, message: RegExp]>([
    ["no column", { categorical: ["zap"] }, /^no column "zap" \(did you mean "zip"\?\); it has zip, b, y/],
    [
      "too many values",
      { categorical: ["b"], categories: 6 },
      /^categorical: \["b"\]: "b" has 7 distinct values, more than 6: categories: 7 takes more$/,
    ],
    [
      "the target",
      { categorical: ["y"] },
      /"categorical": expected columns other than the target, of which task: "classify" makes classes, got "y"/,
    ],
  ])("are refused: %s", async (_, options, message) => {
    await expect(trainTable(csv, { ...QUICK, ...options })).rejects.toThrow(message);
  });
});

describe("a target that is learned by its logarithm", () => {
  const csv = table(
    "a,b,y",
    120,
    (i) => `${(i * 7) % 40},${i % 5},${Math.exp(0.2 * ((i * 7) % 40)).toPrecision(7)}`,
  );
  const options = { target: "y", hidden: [], log: true, folds: 5 } as const;

  test("is predicted in its own units, by the exponential of what the model gives", async () => {
    const { model, schema, scores, pairs, measure } = await trainTable(csv, options);
    expect(schema.target).toEqual({ name: "y", kind: "number", scale: "log" });
    const [value] = model.predictRows([{ a: 10, b: 2 }]);
    expect(value).toBeCloseTo(Math.exp(2), 3);
    expect(scores.kind === "number" && scores.r2).toBeGreaterThan(0.9999);
    const actual = csv
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(",")[2]));
    const mean = actual.reduce((a, b) => a + b) / 120;
    // One network: the mean of its training rows.
    expect(schema.baseline).toBeGreaterThan(0.8 * mean);
    expect(schema.baseline).toBeLessThan(1.2 * mean);
    for (const [truth] of pairs) expect(actual.some((y) => Math.abs(y / truth - 1) < 1e-5)).toBe(true);
    const { scores: evaluated } = await model.evaluate(csv);
    const baseline = Math.sqrt(
      actual.reduce((sum, y) => sum + (y - (schema.baseline as number)) ** 2, 0) / 120,
    );
    expect(evaluated.kind === "number" && evaluated.baselineRmse).toBeCloseTo(baseline, 1);
    expect((await measure("training")).scores).toMatchObject({ kind: "number", rows: 96 });
    const again = decode(model.encode());
    expect(again.schema).toEqual(schema);
    expect(again.history?.options.scale).toBe("log");
    expect((await again.predict("a,b\n10,2\n")).values).toEqual([value]);
  });

  test("is the same from memory as from a file that does not fit into it", async () => {
    const settings = { ...options, hidden: [4], networks: 1, decay: 0, epochs: 20 };
    const [whole, streamed] = await Promise.all([
      trainTable(csv, { ...settings, folds: 2 }),
      trainTable(csv, { ...settings, memory: 0 }),
    ]);
    expect(streamed.schema.baseline).toBeCloseTo(whole.schema.baseline as number, 3);
    const { scores } = await whole.measure("validation");
    expect(scores.kind).toBe("number");
    expect((streamed.scores as NumberScores).rmse).toBeCloseTo((scores as NumberScores).rmse, 3);
  });

  test("of several networks is the exponential of the mean of the logarithms", async () => {
    const { model } = await trainTable(csv, { ...options, hidden: [3], networks: 2, folds: 0, epochs: 30 });
    const { predict } = await import("../../src/index.js");
    const output = predict(model.module, { shape: [1, 2], data: Float32Array.of(10, 2) }).data[0] as number;
    expect(model.predictRows([{ a: 10, b: 2 }])[0]).toBeCloseTo(Math.exp(output), 4);
  });

  test("has to be positive everywhere, and the first cell that is not is named", async () => {
    const zero = `${csv}1,2,0\n1,2,-3\n`;
    await expect(trainTable(zero, options)).rejects.toThrow(
      /^"y" has no logarithm everywhere: "0" in line 122 is not above 0; leave out log: true, or add a constant/,
    );
    const { model } = await trainTable(csv, options);
    const { dropped, notes } = await model.evaluate(zero);
    expect(dropped).toEqual({ missing: 0, unknown: 2 });
    expect(notes[0]).toBe('2 rows dropped, of which "y" is no positive number, such as "0"');
  });

  test("is no class", async () => {
    await expect(trainTable(csv, { ...options, task: "classify" })).rejects.toThrow(
      /"log": expected false for task: "classify"/,
    );
    const texts = csv.replaceAll(/\n(\d+),(\d),.*/g, "\n$1,$2,c$2");
    await expect(trainTable(texts, options)).rejects.toThrow('"y" has texts: "c0" in line 2 is no number');
    // Few whole numbers are classes without it.
    const few = await trainTable(
      table("a,y", 60, (i) => `${i % 7},${1 + (i % 3)}`),
      { ...options },
    );
    expect(few.schema.target).toMatchObject({ kind: "number", scale: "log" });
  });

  test("is offered where it is clearly skewed, and its logarithm is not", async () => {
    const { notes } = await trainTable(csv, { ...QUICK });
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^"y" is skewed \(a skewness of 2\.\d, its logarithm of -0\.1\): log: true makes errors ratios, by learning the logarithm$/,
      ),
    );
    const isOffered = (all: readonly string[]) => all.some((note) => note.includes("skewed"));
    expect(isOffered((await trainTable(csv, { ...QUICK, log: true })).notes)).toBe(false);
    expect(isOffered((await trainTable(`${csv}1,1,0\n`, QUICK)).notes)).toBe(false);
    expect(
      isOffered(
        (
          await trainTable(
            table("a,y", 60, (i) => `${i % 7},${i}`),
            QUICK,
          )
        ).notes,
      ),
    ).toBe(false);
  });
});

describe("classes of which one has most rows", () => {
  test.each<[what: string, row: (i: number) => string, note: string | null]>([
    [
      "two, one rare",
      (i) => (i % 20 ? "no" : "yes"),
      '"y" is no in 95.0 % of the rows and yes in 5.0 %: accuracy says little here, balanced accuracy and recall say more; threshold: 0.05 finds more rows of yes',
    ],
    [
      "two texts",
      (i) => (i % 20 ? "a" : "b"),
      '"y" is a in 95.0 % of the rows and b in 5.0 %: accuracy says little here, balanced accuracy and recall say more; threshold: 0.05 finds more rows of b',
    ],
    [
      "three",
      (i) => (i % 8 ? "2" : i % 16 ? "1" : "3"),
      '"y" is 2 in 87.5 % of the rows: accuracy says little here, balanced accuracy and recall say more',
    ],
    ["two, both frequent", (i) => (i % 5 ? "no" : "yes"), null],
  ])("are named: %s", async (_, row, note) => {
    const { notes } = await trainTable(
      table("a,y", 160, (i) => `${i % 7},${row(i)}`),
      QUICK,
    );
    const found = notes.filter((each) => each.includes("accuracy"));
    expect(found).toEqual(note === null ? [] : [note]);
  });
});

test("unknown categories, dates, numbers and classes never stop predict and evaluate", async () => {
  const row = (i: number) =>
    `202${i % 4}-0${1 + (i % 9)}-1${i % 9},${"abc"[i % 3]},${i % 2 ? "yes" : "no"},${i % 7},${i % 2 ? "x" : "z"}`;
  const { model } = await trainTable(table("day,c,on,n,y", 80, row), QUICK);
  const other = "day,c,on,n,y\nsome day,q,maybe,many,new\n2021-02-03,a,yes,1,x\n,,,,\n";
  const { rows, notes } = await model.predict(other);
  expect(rows).toBe(3);
  expect(notes).toEqual([
    'Column "day": 1 cell without a date (year-month-day) counted as missing, "some day" in line 2.',
    expect.stringContaining('Column "on": 1 cell without a number counted as missing, "maybe" in line 2'),
    expect.stringContaining('Column "n": 1 cell without a number counted as missing, "many" in line 2'),
    "missing values, filled with the mean: day 2, on 2, n 2",
    "missing or unknown values, of no category: c 2",
  ]);
  const { scores, dropped } = await model.evaluate(other);
  expect(scores.rows).toBe(1);
  expect(dropped).toEqual({ missing: 1, unknown: 1 });
  expect(model.predictRows([{ day: "never", c: "q", on: "?", n: "?" }])).toHaveLength(1);
});
