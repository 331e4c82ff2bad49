import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/data/index.js";
import { decode, describeTable, type TrainTableOptions, trainTable } from "../../src/table/index.js";

const rows = (head: string, row: (i: number) => string) =>
  `${head}\n${Array.from({ length: 60 }, (_, i) => `${row(i)}\n`).join("")}`;
const train = (table: unknown, options: object = {}) =>
  trainTable(table as string, { target: "y", epochs: 1, ...options } as TrainTableOptions);
const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "not refused",
    (error: Error) => error.message,
  );

describe("what databases write for a missing cell", () => {
  test.each(["\\N", "<NA>"])("%s is missing everywhere", async (word) => {
    const { schema, notes } = await train(rows("a,y", (i) => `${i % 7},${["yes", "no", word][i % 3]}`));
    expect(schema.target).toMatchObject({ categories: ["no", "yes"], labels: "boolean" });
    expect(notes).toContain('20 rows without "y" dropped');
    expect(() => readCsv(`a\n${word}\n`)).toThrow("a missing one");
  });

  test("None and - in columns of text are named, with the option that counts them as missing", async () => {
    const csv = rows("a,y", (i) => `${["u", "-", "."][i % 3]},${["yes", "no", "None"][i % 3]}`);
    const { notes } = await train(csv);
    expect(notes).toContain(
      '"y": "None" is taken as a category; csv: { missingValues: […, "None"] } counts such cells as missing',
    );
    expect(notes.join()).toContain(
      '"a": "-", "." are taken as categories; csv: { missingValues: […, "-", "."] }',
    );
  });
});

describe("marks that may separate thousands or fractions", () => {
  const fee = (i: number) => `"$${173 + i},002"`;

  test("name the option that says which", async () => {
    const csv = rows("a,y", (i) => `${i % 7},${fee(i)}`);
    expect(await messageOf(train(csv))).toBe(
      '"y" has numbers such as "$173,002", in which a mark separates thousands or fractions: csv: { decimal: "." } or csv: { decimal: "," } says what fractions are behind',
    );
    const { schema } = await train(csv, { csv: { decimal: "." } });
    expect(schema.target).toMatchObject({ kind: "number", format: { thousands: "," } });
  });

  test("are settled by another column", async () => {
    const { schema } = await train(rows("b,y", (i) => `"$1,${432 + i}.17",${fee(i)}`));
    expect(schema.target).toEqual({
      name: "y",
      kind: "number",
      format: { decimal: ".", thousands: ",", unit: "$" },
    });
    expect((schema.baseline as number) > 1e5).toBe(true);
  });
});

describe("a title above the names is named in messages, with the option that skips it", () => {
  test.each<[what: string, title: string, head: string, advice: string, csv: object]>([
    ["more columns", "Sales 2024", "a,b,y", "{ skip: 1 } leaves out what looks like a title", { skip: 1 }],
    ["two columns", "Sales 2024", "a,y", "{ skip: 1 } leaves out what looks like a title", { skip: 1 }],
    ["empty cells", "Sales 2024,,", "a,b,y", "{ skip: 1 }", { skip: 1 }],
    ["a blank line", "Sales 2024\n", "a;b;y", "{ skip: 2 }", { skip: 2 }],
    ["a comment", "# made by me", "a,y", '{ comment: "#" } leaves out lines that begin so', { comment: "#" }],
  ])("%s", async (_, title, head, advice, csv) => {
    const mark = head.includes(";") ? ";" : ",";
    const names = head.split(mark);
    const table = `${title}\n${rows(head, (i) => names.map((_, j) => `${(i * (j + 3)) % 17}.5`).join(mark))}`;
    expect(await messageOf(train(table))).toContain(advice);
    expect((await train(table, { csv })).schema.target.name).toBe("y");
  });

  test("and no message about a table without one has that advice", async () => {
    expect(await messageOf(train("a,y\n1,2\n3,4,5\n"))).toBe("line 3: expected 2 cells, got 3");
    expect(await messageOf(train(",name,z\n1,bob,3\n2,amy,4\n"))).toBe('no column "y"; it has 1, name, z');
  });
});

test("JSON that is no array of objects is told from one", async () => {
  expect(await messageOf(train("[1,2]"))).toContain(
    'a table in JSON is an array of objects, such as [{"size": 3}]',
  );
  expect(await messageOf(train('{"data":[{"a":1,"y":2}]}'))).toContain(
    'a table in "data": give the array in it alone',
  );
  expect(await messageOf(train('{"a":[1,2],"y":[3,4]}'))).toContain(
    "one object of arrays: write an object for each row",
  );
});

describe("options that are missing or nearly right are named", () => {
  test.each<[call: unknown[], message: string]>([
    [
      ["a,y\n1,2\n"],
      '"options": expected { target: "…" }, the name of the column that is predicted, got undefined',
    ],
    [
      [{ target: "y" }, "a,y\n1,2\n"],
      'expected { target: "…" }, the name of the column that is predicted, got "a,y',
    ],
    [["a,y\n1,2\n", {}], 'expected { target: "…" }, the name of the column that is predicted, got no target'],
    [["a,y\n1,2\n", { taget: "y" }], '(did you mean "target"?)'],
    [["", { target: "y", task: "classification" }], '(did you mean "classify"?)'],
    [["", { target: "y", activation: "Tanh" }], '(did you mean "tanh"?)'],
    [["", { target: "y", loss: "MSELoss" }], '(did you mean "mse"?)'],
    [["", { target: "y", variant: "iRprop-" }], '(did you mean "irprop-"?)'],
  ])("%j", async (call, message) => {
    expect(await messageOf(Reflect.apply(trainTable, null, call))).toContain(message);
  });
});

test("bytes of another kind than a model are called what they are", () => {
  const expected = "file: expected a model, as rprop train or encode writes it, got";
  const excel = Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0);
  expect(() => decode(excel)).toThrow(`${expected} an Excel workbook or another zip archive`);
  expect(() => decode(new TextEncoder().encode("a,b,y\n1,2,3\n"))).toThrow(
    `${expected} text, such as a table`,
  );
});

test("a model in the place of a table is called so", async () => {
  const { model } = await train(rows("a,y", (i) => `${i % 7},${i}.5`));
  const bytes = model.encode();
  for (const message of [await messageOf(train(bytes)), await messageOf(model.predict(bytes))])
    expect(message).toContain("got a model or other tensors (safetensors), no rows");
});

test("a share of validation rows that leaves few to train on is noted", async () => {
  const csv = rows("a,y", (i) => `${i % 7},${i}.5`);
  const note = "only 1 of 60 rows trained on, the others are for validation: validation: 0.2 trains on more";
  expect((await train(csv, { validation: 0.999 })).notes).toEqual([note]);
  expect((await train(csv, { validation: 0.5 })).notes).toEqual([]);
});

test("what a column holds is said in few digits", async () => {
  const { columns } = await describeTable(rows("a,c", (i) => `${1 + (i % 5)},${"abc"[i % 3]}`));
  expect(columns.map(({ holds }) => holds)).toEqual(["numbers, 1 to 5", "text, 3 distinct values: a, b, c"]);
});
