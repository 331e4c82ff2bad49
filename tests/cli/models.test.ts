import { beforeAll, describe, expect, test } from "vitest";
import { encodeTensors, Linear } from "../../src/index.js";
import { save } from "../../src/node/index.js";
import { NUMBERS, Place } from "./run.js";

const place = new Place();
const MODEL = "model.safetensors";

beforeAll(async () => {
  place.write("data.csv", NUMBERS);
  await place.done(["train", "data.csv", "--target", "y", "--epochs", "2", "--quiet"]);
});

async function expectFailure(args: readonly string[], message: string) {
  expect(await place.rprop(args)).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
}

/** The same of every command that reads a model. */
async function expectNoModel(path: string, message: string) {
  await expectFailure(["predict", path, "data.csv"], message);
  await expectFailure(["evaluate", path, "data.csv"], message);
  await expectFailure(["info", path], message);
  await expectFailure(["export", path, "--js", "never.js"], message);
  expect(() => place.read("never.js")).toThrow("ENOENT");
}

describe("what is no model", () => {
  test("no file, and no file of safetensors", async () => {
    place.write("empty", "");
    await expectNoModel("none", "none: no such file or folder");
    const again = "the file is cut short, download or copy it again";
    await expectNoModel("empty", `empty: expected at least 8 bytes, got 0: ${again}`);
    await expectNoModel(
      "data.csv",
      "data.csv: expected a model, as rprop train or encode writes it, got text, such as a table",
    );
  });

  test("a file that was cut, and one in which a byte is another", async () => {
    const bytes = place.bytes(MODEL);
    place.write("cut", bytes.subarray(0, -2));
    const other = Buffer.from(bytes);
    other[40] = 255;
    place.write("other", other);
    const { length } = bytes;
    const again = "the file is cut short, download or copy it again";
    await expectNoModel("cut", `cut: expected ${length} bytes, got ${length - 2}: ${again}`);
    await expectNoModel("other", "other: header: expected text in UTF-8, got other bytes");
  });

  test("tensors of another program", async () => {
    place.write("tensors", encodeTensors({ a: { shape: [2], data: Float32Array.of(1, 2) } }));
    await expectNoModel(
      "tensors",
      "tensors: expected a model of rprop (decodeTensors reads the tensors of any), got tensors alone",
    );
  });

  test("a model of a program, which knows no table, can be shown and exported", async () => {
    await save(place.path("program"), { model: new Linear(2, 1), metadata: { by: "me" } });
    const message =
      "program: a model, but not one of rprop train: it does not say which columns it reads. Train one on the table by " +
      "rprop train or trainTable; decode and load of rprop read this one";
    await expectFailure(["predict", "program", "data.csv"], message);
    await expectFailure(["evaluate", "program", "data.csv"], message);
    const { stdout } = await place.done(["info", "program"]);
    expect(stdout).toBe("program: 3 parameters\n\nlayers\n  Linear 2 → 1\n\nmetadata\n  by: me\n");
    expect((await place.done(["export", "program", "--js", "f.js"])).stdout).toBe("f.js\n");
  });
});

/** The model, with other words about its table. */
function described(text: (known: Record<string, never>) => string): Buffer {
  const bytes = place.bytes(MODEL);
  const size = Number(bytes.readBigUInt64LE());
  const { __metadata__, ...tensors } = JSON.parse(bytes.toString("utf8", 8, 8 + size));
  const other = text(JSON.parse(__metadata__["rprop.table"]));
  const header = JSON.stringify({ __metadata__: { ...__metadata__, "rprop.table": other }, ...tensors });
  const padded = Buffer.from(header.padEnd(header.length + ((8 - (Buffer.byteLength(header) % 8)) % 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, bytes.subarray(8 + size)]);
}

describe("a model that is wrong about its table", () => {
  /** The known words, with the value at a path replaced. */
  const replaced = (path: string, value: unknown) =>
    described((known) => {
      const keys = path.split(".");
      const last = keys.pop() as string;
      // biome-ignore lint/suspicious/noExplicitAny: any part of it
      const part = keys.reduce<any>((whole, key) => whole[key], known);
      part[last] = value;
      return JSON.stringify(known);
    });
  const wrong = "not as rprop train writes it";

  test("words that have changed nothing", async () => {
    place.write("same", described(JSON.stringify));
    const [of, as] = [
      await place.done(["predict", MODEL, "data.csv"]),
      await place.done(["predict", "same", "data.csv"]),
    ];
    expect(as).toEqual(of);
  });

  test("no JSON", async () => {
    place.write(
      "bad",
      described(() => "{"),
    );
    const { code, stderr } = await place.rprop(["predict", "bad", "data.csv"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^bad: metadata "rprop\.table": expected JSON, got .+\n$/),
    ]);
    const twice = described((known) => JSON.stringify(known).replace("{", '{"version":1,'));
    place.write("bad", twice);
    await expectNoModel("bad", 'bad: metadata "rprop.table": expected each name once, got "version" twice');
  });

  test.each<[path: string, value: unknown, message: string]>([
    ["version", 3, "of another version of rprop"],
    ["schema", null, wrong],
    ["schema.csv.decimal", ";", wrong],
    ["schema.csv.missing", [1], wrong],
    ["schema.inputs", [], wrong],
    ["schema.inputs.0.mean", null, wrong],
    ["schema.inputs.1.name", "a", wrong],
    ["schema.inputs.2.categories", ["u", "u", "w"], wrong],
    ["schema.inputs.2.categories", ["u", "w"], "its columns are not those of the model"],
    ["schema.target", { name: "y", kind: "category", categories: ["a"] }, wrong],
    ["schema.target.name", "a", wrong],
    ["schema.baseline", "5", wrong],
    ["history", {}, wrong],
    ["history.rows.validation", "many", wrong],
    ["history.epochs.stopped", 1, wrong],
    ["history.options", [], wrong],
    ["history.scores", { kind: "category" }, wrong],
    ["history.scores.rmse", "small", wrong],
  ])("%s: %j", async (path, value, message) => {
    place.write("bad", replaced(path, value));
    await expectFailure(["info", "bad"], `bad: metadata "rprop.table": ${message}`);
  });

  test("classes", async () => {
    const target = { name: "y", kind: "category", categories: ["p", "q"], labels: "text" };
    place.write("bad", replaced("schema.target", target));
    await expectNoModel("bad", `bad: metadata "rprop.table": ${wrong}`);
  });

  test("more classes than the model has outputs", async () => {
    const target = { name: "y", kind: "category", categories: ["p", "q"], labels: "text" };
    const words = ({ version, schema, history }: Record<string, object>) =>
      JSON.stringify({
        version,
        schema: { ...schema, target, baseline: 0 },
        history: { ...history, scores: null },
      });
    place.write("bad", described(words));
    await expectFailure(
      ["info", "bad"],
      'bad: metadata "rprop.table": its columns are not those of the model',
    );
  });
});

describe("a table that does not fit the model", () => {
  const both = (args: string, message: string) => async () => {
    await expectFailure(["predict", MODEL, ...args.split(" ")], message);
    await expectFailure(["evaluate", MODEL, ...args.split(" ")], message);
  };
  const written = (content: string) => place.write("new.csv", content);

  test("a text where a number should be counts as missing, which is said", async () => {
    written("a,b,c,y\n1,2,u,3\n1,many,v,3\n");
    const said = 'Column "b": 1 cell without a number counted as missing, "many" in line 3.\n';
    for (const command of ["predict", "evaluate"]) {
      const { stderr } = await place.done([command, MODEL, "new.csv"]);
      expect(stderr).toBe(`${said}missing values, filled with the mean: b 1\n`);
    }
  });

  test("a column that is absent", () => {
    written("a,c,y\n1,u,3\n");
    return both("new.csv", 'new.csv: expected a column "b", got "a", "c", "y"')();
  });

  test("no header", () => {
    written("1,2,u,3\n");
    return both("new.csv --no-header", 'new.csv: expected a column "a", got "1", "2", "3", "4"')();
  });

  test("no rows, no file", async () => {
    written("a,b,c,y\n");
    await both("new.csv", 'new.csv: expected at least one row, got the names "a", "b", "c", "y" alone')();
    await both("none.csv", "none.csv: no such file or folder")();
    await both("-", "stdin: expected a table, got nothing")();
  });

  test("no answers to measure by", async () => {
    written("a,b,c\n1,2,u\n");
    await expectFailure(["evaluate", MODEL, "new.csv"], 'new.csv: expected a column "y", got "a", "b", "c"');
    written("a,b,c,y\n1,2,u,\n");
    await expectFailure(
      ["evaluate", MODEL, "new.csv"],
      'new.csv: no row to measure\n1 row dropped, of which "y" is missing',
    );
    expect((await place.done(["predict", MODEL, "new.csv"])).stdout).toMatch(/^y\n-?[\d.]+\n$/);
  });
});
