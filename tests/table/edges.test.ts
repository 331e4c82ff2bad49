import { describe, expect, test } from "vitest";
import { describeTable, TableModel, trainTable } from "../../src/table/index.js";

const CSV = `a,c,y\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${"uvw"[i % 3]},${2 * (i % 7)}.5\n`).join("")}`;
const trained = trainTable(CSV, { target: "y", epochs: 3 }).then(({ model }) => model);
const any = (value: unknown) => value as never;

/** What comes of a call, which has to be refused. */
async function refusal(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("not refused");
}

describe("a table that lacks a column is refused in every form", () => {
  test.each([
    ["rows", { rows: [{ A: 1, c: "u" }] }],
    ["columns", { columns: { A: [1], c: ["u"] } }],
    ["CSV", "A,c\n1,u\n"],
  ])("%s", async (_, source) => {
    const model = await trained;
    for (const call of [() => model.predict(source), () => model.evaluate(source)]) {
      const { name, message } = await refusal(call);
      expect(name).toBe("FormatError");
      expect(message).toContain('a column "a", got "A", "c" (is "A" meant?)');
    }
  });

  test("JSON", async () => {
    const { message } = await refusal(async () => (await trained).predict('[{"A":1,"c":"u"}]'));
    expect(message).toBe('file: expected rows with "a", got "A", "c"');
  });
});

describe("a table without rows is called so", () => {
  test.each([
    ["rows", { rows: [] }, "a table without rows: { rows } is empty"],
    ["columns", { columns: { a: [], c: [] } }, "a table without rows: { columns } is empty"],
    ["empty objects", { rows: [{}, {}] }, "a table without columns: its rows are objects without names"],
  ])("%s", async (_, source, message) => {
    for (const call of [
      () => trainTable(source, { target: "y" }),
      () => describeTable(source),
      async () => (await trained).predict(source),
    ])
      expect(await refusal(call)).toMatchObject({ name: "TableError", message });
  });
});

describe("sources that are none are refused at the edge", () => {
  test.each<[what: string, source: unknown, message: string]>([
    ["no columns", { columns: null }, '"columns": expected arrays by the names of columns, got null'],
    ["a column that is null", { columns: { x: null, y: [1] } }, '"columns.x": expected an array, got null'],
    [
      "rows that are no array",
      { rows: {} },
      '"rows": expected an array of objects such as { size: 3 }, got an object',
    ],
    ["an array", [{ a: 1 }], "{ rows: … } takes an array of rows"],
    ["a path", "german.csv", 'got "german.csv", a path: () => createReadStream("german.csv") reads a file'],
    ["an address", "https://a.example/t.csv", 'a path: () => fetch("https://a.example/t.csv")'],
  ])("%s", async (_, source, message) => {
    for (const call of [() => trainTable(any(source), { target: "y" }), () => describeTable(any(source))]) {
      const error = await refusal(call);
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain(message);
    }
  });

  test("a function that gives the same stream twice", async () => {
    const stream = new Blob([CSV]).stream();
    const error = await refusal(() =>
      trainTable(
        any(() => stream),
        { target: "y" },
      ),
    );
    expect(error.message).toContain("a function that returns a new stream at each call");
    async function* pieces() {
      yield CSV;
    }
    const once = pieces();
    expect((await refusal(() => trainTable(() => once, { target: "y" }))).message).toContain(
      "the same stream again",
    );
    const twice = [CSV];
    expect((await trainTable(() => twice, { target: "y", epochs: 1 })).history.rows.training).toBe(48);
  });

  test("rows of predictRows", async () => {
    const model = await trained;
    for (const rows of [undefined, { a: 1 }, "a\n1"]) {
      const error = await refusal(() => model.predictRows(any(rows)));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain('"rows": expected an array of objects such as { size: 3 }, got');
    }
    expect((await refusal(() => model.predictRows(any([null])))).message).toBe(
      "row 0: expected an object such as { size: 3 }, got null",
    );
  });

  test("what no model is made of", async () => {
    const error = await refusal(() => Reflect.construct(TableModel, []));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('"schema": expected');
  });
});

describe("options that are none are refused by name before anything is read", () => {
  const source = () => {
    throw new Error("it was read");
  };
  const calls = {
    trainTable: (options: object) => trainTable(source, { target: "y", ...options }),
    describeTable: (options: object) => describeTable(source, options),
    predict: async (options: object) => (await trained).predict(source, options),
    predictions: async (options: object) => (await trained).predictions(source, options),
    evaluate: async (options: object) => (await trained).evaluate(source, options),
  };
  const everywhere: [options: object, message: string][] = [
    [
      { csv: ";" },
      '"csv": expected { header, delimiter, decimal, encoding, comment, skip, missingValues, maxColumns }, got ";"',
    ],
    [{ csv: null }, '"csv": expected {'],
    [
      { csv: { x: ["z"] } },
      '"csv": expected options among header, delimiter, decimal, encoding, comment, skip, missingValues, maxColumns, got "x"',
    ],
    [{ csv: { missing: "drop" } }, 'got "missing"'],
    [{ csv: { decimal: ";" } }, '"csv.decimal": expected "." or ",", got ";"'],
    [
      { csv: { delimiter: ";;" } },
      '"csv.delimiter": expected one character that is no letter, digit, quote, sign or point, or "blanks", got ";;" (did you mean ";"?)',
    ],
    [{ csv: { encoding: "latin1" } }, 'got "latin1" (did you mean "windows-1252"?)'],
    [{ signal: true }, '"signal": expected an AbortSignal, got true'],
    [{ onProgress: 1 }, '"onProgress": expected a function, got 1'],
  ];
  const own: [call: keyof typeof calls, options: unknown, message: string][] = [
    ["describeTable", null, "got null"],
    ["describeTable", "csv", 'got "csv"'],
    ["describeTable", { categories: -5 }, '"categories": expected a whole number of at least 1, got -5'],
    ["describeTable", { categories: "x" }, '"categories": expected a whole number of at least 1, got "x"'],
    ["describeTable", { keepRowNumbers: "yes" }, '"keepRowNumbers": expected true or false, got "yes"'],
    ["describeTable", { optionText: 1 }, '"optionText": expected a function, got 1'],
    ["predict", { probabilites: true }, 'got "probabilites" (did you mean "probabilities"?)'],
    ["predict", { probabilities: "yes" }, '"probabilities": expected true or false, got "yes"'],
    ["predict", { strings: "id" }, '"strings": expected an array of texts, got "id"'],
    ["predict", { onNote: 1 }, '"onNote": expected a function, got 1'],
    ["evaluate", null, "got null"],
    ["evaluate", { strings: [] }, 'got "strings"'],
  ];
  const all = Object.keys(calls).flatMap((call) => everywhere.map((each) => [call, ...each] as const));
  test.each([...all, ...own] as typeof own)("%s %j", async (call, options, message) => {
    const error = await refusal(() => calls[call](any(options)));
    expect([TypeError, RangeError]).toContain(error.constructor);
    expect(error.message).toContain(message);
  });

  test.each([
    [{ folds: 1 }, '"folds": expected 0, or a whole number from 2 to 100'],
    [{ validation: 20 }, "to below 1, such as 0.2, got 20"],
    [{ validation: "5%" }, "to below 1, such as 0.05, got"],
    [{ validation: -0.5 }, "to below 1, got -0.5"],
    [{ loss: "mae" }, 'did you mean "l1"?'],
    [{ fold: 5 }, 'did you mean "folds"?'],
  ])("%j of training", async (options, message) => {
    const error = await refusal(() => trainTable(CSV, any({ target: "y", ...options })));
    expect(error.message).toContain(message);
  });

  test("probabilities of numbers", async () => {
    const error = await refusal(async () => (await trained).predict(CSV, { probabilities: true }));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe(
      '"probabilities": expected false for "y", which is a number and has no categories, got true',
    );
  });
});
