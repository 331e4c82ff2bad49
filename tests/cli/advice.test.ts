import { describe, expect, test } from "vitest";
import { NUMBERS, Place, table } from "./run.js";

const place = new Place();

const DOLLARS = table("a,y", 60, (i) => `${i % 7},"$${173 + i},002"`);
const OBJECTS = table("a,y", 60, (i) => `${i % 7},${["yes", "no", "None"][i % 3]}`);
const LATIN = Buffer.from(
  table("ü,y", 60, (i) => `${i % 7},${i}.5`),
  "latin1",
);

describe("messages about a table name options as they are typed", () => {
  test.each<[what: string, content: string | Buffer, options: string[], words: string, cure: string[]]>([
    ["thousands", DOLLARS, [], "--decimal . or --decimal , says", ["--decimal", "."]],
    ["a title", `Sales\n${NUMBERS}`, [], "; --skip 1 leaves out what looks like a title", ["--skip", "1"]],
    ["a comment", `# mine\n${NUMBERS}`, [], "; --comment '#' leaves out lines", ["--comment", "#"]],
    ["another encoding", LATIN, ["--encoding", "utf-8"], ": --encoding windows-1252 reads them", []],
  ])("%s", async (_, content, options, words, cure) => {
    place.write("data.csv", content);
    const line = ["train", "data.csv", "--target", "y", "--epochs", "1"];
    const refused = await place.rprop([...line, ...options]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
    await place.done([...line, ...cure]);
  });

  test("words for missing cells", async () => {
    place.write("data.csv", OBJECTS);
    const line = ["train", "data.csv", "--target", "y", "--epochs", "1"];
    expect((await place.done(line)).stderr).toContain("; --missing None counts such cells as missing");
    expect((await place.done([...line, "--missing", "None"])).stderr).toContain("2 classes: no, yes");
  });
});

describe("options that are nearly right", () => {
  test.each<[args: string[], words: string]>([
    [["train", "d", "--target", "y", "--validation", "20"], "a share from 0 to below 1, such as 0.2, got"],
    [["train", "d", "--target", "y", "--validation", "20%"], "a share from 0 to below 1, such as 0.2, got"],
    [["train", "d", "--target", "y", "--encoding", "latin1"], '(did you mean "windows-1252"?)'],
    [["train", "d", "--target", "y", "--delimiter", ";;"], '(did you mean ";"?)'],
    [
      ["predict", "m", "d", "--out", "x.csv"],
      "unknown option --out: predictions are printed, and > FILE writes them",
    ],
  ])("%j", async (args, words) => {
    expect(await place.rprop(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});

test("a row whose only cell is empty has a line of its own", async () => {
  place.write(
    "data.csv",
    table("x,y", 40, (i) => `${i % 8},${i % 8}.5`),
  );
  place.write("new.csv", 'x\n1\n""\n3\n');
  await place.done(["train", "data.csv", "--target", "y", "--epochs", "5", "--keep-row-numbers"]);
  const { stdout } = await place.done(["predict", "model.safetensors", "new.csv"]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(4);
});

test("small whole amounts with a unit are classes", async () => {
  place.write(
    "fees.csv",
    table("size,fee", 80, (i) => `${i % 9},$${1 + (i % 3)}`),
  );
  const { stderr } = await place.done(["train", "fees.csv", "--target", "fee", "--epochs", "5"]);
  expect(stderr).toContain('"fee" has 3 classes: 1, 2, 3');
});

test("a model in the place of a table is called so", async () => {
  place.write("data.csv", NUMBERS);
  await place.done(["train", "data.csv", "--target", "y", "--epochs", "1"]);
  for (const args of [
    ["train", "model.safetensors", "--target", "y"],
    ["predict", "model.safetensors", "model.safetensors"],
  ])
    expect(await place.rprop(args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("got a model or other tensors (safetensors), no rows: rprop info says"),
    });
});
