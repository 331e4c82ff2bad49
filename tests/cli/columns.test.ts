import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/data/index.js";
import { Tanh } from "../../src/index.js";
import { load, save } from "../../src/node/index.js";
import { CLASSES, NUMBERS, Place, table } from "./run.js";
import { inTerminal } from "./terminal.js";

const place = new Place();
/** What a terminal obeys, besides ends of lines and tabs. */
const OBEYED = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** The first column of these tables is often the number of the row. */
const QUICK = ["--target", "y", "--epochs", "2", "--keep-row-numbers"];

/** What train says of a table before it trains. */
async function saidOf(content: string, ...options: string[]): Promise<string[]> {
  place.write("data.csv", content);
  const { stderr } = await place.done(["train", "data.csv", ...QUICK, ...options]);
  const lines = stderr.split("\n");
  return lines.slice(
    1,
    lines.findIndex((line) => line.startsWith("training ")),
  );
}

describe("columns that are nearly numbers", () => {
  const stray = table("a,b,y", 300, (i) => `${i},${i === 200 ? "oops" : i * 1.5},${i}`);

  test("are numbers, and the others count as missing, which is said", async () => {
    const missing = "missing values, filled with the mean: b 1";
    const said = 'Column "b": 1 cell without a number counted as missing, "oops" in line 202.';
    expect(await saidOf(stray)).toEqual([said, missing]);
    expect(await saidOf(stray, "--missing", "oops")).toEqual([missing]);
  });

  test.each(["N/A", "n/a", "#N/A", "nan", "NULL"])("have %s where they are missing", async (text) => {
    expect(await saidOf(stray.replace("oops", text))).toEqual(["missing values, filled with the mean: b 1"]);
  });

  test("are ignored where there are many of other kinds", async () => {
    const tickets = table("a,b,y", 300, (i) => `${i},${i % 4 ? 330_000 + i : `A/5 ${i}`},${i}`);
    expect(await saidOf(tickets)).toEqual(['"b" ignored: not all numbers: "A/5 0" in line 2 is no number']);
  });

  test("are texts by name where they are few", async () => {
    const codes = table("a,b,y", 300, (i) => `${i},${i % 4 ? i % 20 : "x"},${i}`);
    expect(await saidOf(codes)).toEqual(['"b" taken as 16 texts: "x" in line 2 is no number']);
  });

  test("are no classes, as a target", async () => {
    place.write(
      "data.csv",
      table("a,y", 300, (i) => `${i},${i % 4 ? i % 20 : "x"}`),
    );
    const { code, stderr } = await place.rprop(["train", "data.csv", ...QUICK]);
    const why = '"x" in line 2 is no number; --task classify takes its texts as classes';
    expect([code, stderr]).toEqual([1, `data.csv: "y" is not all numbers: ${why}\n`]);
    await place.done(["train", "data.csv", ...QUICK, "--missing", "x"]);
    await place.done(["train", "data.csv", ...QUICK, "--task", "classify"]);
  });

  test("of a long text take no time to judge", async () => {
    const long = `1${".".repeat(100_000)}x`;
    expect(await saidOf(table("a,b,y", 60, (i) => `${i},${i % 3 ? 3 : long},${i}`))).toEqual([
      expect.stringMatching(/^"b" taken as 2 texts/),
    ]);
  });
});

describe("numbers that float32 cannot tell apart", () => {
  const times = table("a,t,y", 200, (i) => `${i},${1_700_000_000 + i},${2 * i}`);
  const words =
    "float32 cannot tell its numbers apart, from 1700000000 to 1700000199: subtract a number near their middle first";

  test("are left out as inputs, and refused as a target", async () => {
    expect(await saidOf(times)).toEqual([`"t" ignored: ${words}`]);
    place.write("data.csv", times.replace("a,t,y", "a,y,t"));
    const { code, stderr } = await place.rprop(["train", "data.csv", ...QUICK]);
    expect([code, stderr]).toEqual([1, `data.csv: "y": ${words}\n`]);
  });

  test("are numbers like others where what is lost is little beside their deviation", async () => {
    expect(await saidOf(table("a,t,y", 200, (i) => `${i},${1_700_000_000 + i * 86_400},${i}`))).toEqual([]);
  });

  test("nor square their errors are refused as a target", async () => {
    place.write(
      "data.csv",
      table("a,y", 60, (i) => `${i},${i}e-24`),
    );
    const { code, stderr } = await place.rprop(["train", "data.csv", ...QUICK]);
    expect([code, stderr]).toEqual([
      1,
      'data.csv: "y" has numbers too small for float32: give them in smaller units\n',
    ]);
  });
});

describe("names and classes of any characters", () => {
  test("a comma in a name", async () => {
    place.write("data.csv", NUMBERS.replace("a,b,c,y", '"a, in m",b,c,y'));
    const out = ["--out", "comma.safetensors"];
    await place.done(["train", "data.csv", ...QUICK, ...out, "--ignore", 'c,"a, in m"']);
    const { stdout } = await place.done(["info", "comma.safetensors"]);
    expect(stdout).toContain("\n  y, from\n    b: numbers\n\n");
    const kept = await place.done(["predict", "comma.safetensors", "data.csv", "--keep", '"a, in m",b']);
    expect(readCsv(kept.stdout).names).toEqual(["a, in m", "b", "y"]);
    const { stderr } = await place.rprop(["train", "data.csv", "--target", "z"]);
    expect(stderr).toBe('data.csv: no column "z"; it has "a, in m", b, c, y\n');
  });

  test("what a terminal obeys does nothing there", async () => {
    const texts = { yes: '"\x1b[2Jred\nline"', no: "\x1b]0;title\x07" };
    place.write(
      "data.csv",
      CLASSES.replaceAll(/yes|no/g, (word) => texts[word as "yes" | "no"]),
    );
    const outcomes = [
      await place.done(["train", "data.csv", ...QUICK]),
      await place.done(["evaluate", "model.safetensors", "data.csv"]),
      await place.done(["info", "model.safetensors"]),
      await place.done(["export", "model.safetensors", "--js", "model.js"]),
    ];
    for (const { stdout, stderr } of outcomes) expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]/u);
    expect(outcomes[0]?.stdout).toMatch(/^ +\\u001b\[2Jred\\nline +[\d.]+ +[\d.]+$/m);
    const { stdout } = await place.done(["predict", "model.safetensors", "data.csv"]);
    expect(stdout).toContain("\x1b"); // for programs: as it is in the table
  });

  test("ends of lines in quoted names: names in every file, escapes in every message", async () => {
    const names = { a: "a\r\nwidth", b: "b\nheight", y: "y\r\nof it" };
    const head = `"${names.a}","${names.b}",c,"${names.y}"`;
    const rows = NUMBERS.split("\n").slice(1).join("\r\n").replace(/^3,/m, ",");
    place.write("data.csv", `${head}\r\n${rows}`);
    const args = ["train", "data.csv", "--target", names.y, "--epochs", "5", "--out", "lines.safetensors"];
    const { stdout, stderr } = await place.done([...args, "--report", "lines.html"]);
    expect(stderr).toContain("missing values, filled with the mean: a\\r\\nwidth 1\n");
    expect(stdout).toContain('in the units of "y\\r\\nof it"');
    expect(place.read("lines.html")).toContain("<bdi>y\\r\\nof it</bdi>");
    const info = await place.done(["info", "lines.safetensors"]);
    expect(info.stdout).toContain("y\\r\\nof it, from\n    a\\r\\nwidth: numbers\n    b\\nheight: numbers\n");
    const keep = ["--keep", `"${names.a}",c`];
    const predicted = await place.done(["predict", "lines.safetensors", "data.csv", ...keep]);
    expect(readCsv(predicted.stdout, { missing: "keep" }).names).toEqual([names.a, "c", names.y]);
    const { stderr: wrong } = await place.rprop(["train", "data.csv", "--target", "z"]);
    expect(wrong).toBe('data.csv: no column "z"; it has "a\\r\\nwidth", "b\\nheight", c, "y\\r\\nof it"\n');
    const { stderr: twice } = await place.rprop([...args, "--ignore", `"${names.y}"`]);
    expect(twice).toBe('--ignore: expected columns other than the target, got "y\\r\\nof it"\n');
  });

  const HOSTILE = "\x01\x1b[31m\x7f\x85\x9b31m\u200e\u200f\u202e\u2066\u061c\u2028";
  const SHOWN = "\\u0001\\u001b[31m\\u007f\\u0085\\u009b31m\\u200e\\u200f\\u202e\\u2066\\u061c\\u2028";

  test("of any kind come back from JSON as they are, escaped, and are shown as escapes elsewhere", async () => {
    const [name, text] = [`n${HOSTILE}`, `t${HOSTILE}`];
    place.write("data.csv", CLASSES.replace("a,b,y", `${name},b,y${HOSTILE}`).replaceAll("yes", text));
    const out = ["--out", "hostile.safetensors"];
    const args = ["train", "data.csv", "--target", `y${HOSTILE}`, "--epochs", "5", ...out];
    const trained = await place.done([...args, "--report", "hostile.html"]);
    const commands = [
      ["info", "hostile.safetensors"],
      ["export", "hostile.safetensors", "--js", "hostile.js"],
      ["evaluate", "hostile.safetensors", "data.csv"],
    ];
    const outcomes = [trained, ...(await Promise.all(commands.map((each) => place.done(each))))];
    for (const { stdout, stderr } of outcomes) {
      expect(stdout + stderr).not.toMatch(OBEYED);
      expect(stdout).toContain(SHOWN.slice(0, 15)); // tables show the beginning of a class
    }
    expect(place.read("hostile.html")).not.toMatch(OBEYED);
    expect(place.read("hostile.html")).toContain(`<bdi>y${SHOWN}</bdi>`);
    const inJson = [
      ["info", "hostile.safetensors"],
      ["evaluate", "hostile.safetensors", "data.csv"],
      [...args, "--quiet"],
    ];
    for (const each of inJson) {
      const { stdout } = await place.done([...each, "--json"]);
      expect(stdout).not.toMatch(OBEYED);
      const { target, inputs } = JSON.parse(stdout);
      expect(target.name).toBe(`y${HOSTILE}`);
      expect(target.categories).toContain(text);
      if (inputs !== undefined) expect(inputs[0].name).toBe(name);
    }
    const messages = [
      ["train", "data.csv", "--target", `z${HOSTILE}`],
      ["train", `no${HOSTILE}.csv`, "--target", "y"],
      ["info", `no${HOSTILE}`],
      [`no${HOSTILE}`],
      ["info", `--no${HOSTILE}`],
      ["train", "data.csv", "--target", "b", "--out", `no${HOSTILE}/model`],
      ["evaluate", "hostile.safetensors", "hostile.js"],
    ];
    for (const each of messages) {
      const { code, stderr } = await place.rprop(each);
      expect(code).toBeGreaterThan(0);
      expect(stderr).not.toMatch(OBEYED);
    }
  });

  test("of cells and classes do nothing where predictions go to a terminal", async () => {
    place.write("data.csv", CLASSES.replaceAll("yes", `t${HOSTILE}`));
    await place.done(["train", "data.csv", ...QUICK]);
    const args = ["predict", "model.safetensors", "data.csv", "--keep", "y"];
    const { shown } = await inTerminal(place, args);
    expect(shown.replaceAll("\r\n", "\n")).not.toMatch(OBEYED);
    expect(shown).toContain(`t${SHOWN}`);
    expect((await place.done(args)).stdout).toContain(`t${HOSTILE}`);
  });

  test("file in the JSON of info is the model's own, and the table is there by its own name", async () => {
    place.write("data.csv", NUMBERS);
    await place.done(["train", "data.csv", ...QUICK]);
    const { file, table } = JSON.parse((await place.done(["info", "model.safetensors", "--json"])).stdout);
    expect([file, table]).toEqual(["model.safetensors", "data.csv"]);
  });

  test("a target that is kept beside its prediction", async () => {
    place.write("data.csv", NUMBERS);
    await place.done(["train", "data.csv", ...QUICK]);
    const { stdout } = await place.done(["predict", "model.safetensors", "data.csv", "--keep", "y,y"]);
    expect(readCsv(stdout).names).toEqual(["y", "predicted y"]);
  });
});

describe("what was decided", () => {
  test("is in the report, in info and in JSON", async () => {
    place.write(
      "data.csv",
      table("id,a,y", 60, (i) => `n${i},${i % 7 ? i : ""},${i === 9 ? "" : i}`),
    );
    const notes = [
      '1 row without "y" dropped',
      '"id" ignored: 60 distinct values in 60 rows',
      "missing values, filled with the mean: a 9",
    ];
    await place.done(["train", "data.csv", ...QUICK, "--report", "notes.html"]);
    for (const line of notes) {
      expect(place.read("notes.html")).toContain(`<li>${line}</li>`);
      expect((await place.done(["info", "model.safetensors"])).stdout).toContain(`\n  ${line}\n`);
    }
    expect(JSON.parse((await place.done(["info", "model.safetensors", "--json"])).stdout).notes).toEqual(
      notes,
    );
  });

  test("a report of many classes names mistakes in the place of a table", async () => {
    const many = table("a,y", 400, (i) => `${(i * i) % 97},class ${i % 40} ${"long ".repeat(9)}`);
    await saidOf(many, "--report", "many.html");
    const html = place.read("many.html");
    expect(html).toMatch(/<li>most frequent mistakes<\/li>\n<li>class \d+ long long l?… predicted as class/);
    expect(html.length).toBeLessThan(30_000);
  });

  test("there are validation rows whatever the memory", async () => {
    place.write(
      "rows.csv",
      table("a,y", 60_000, (i) => `${i % 100},${(i % 100) + (i % 7)}`),
    );
    const { stderr } = await place.done(["train", "rows.csv", ...QUICK, "--memory", "0"]);
    expect(stderr).toContain("\n10,000 validation rows, not 12,000: there is no memory for more\n");
  });
});

describe("what cannot be done is told in a line", () => {
  const told = async (args: readonly string[], message: string | RegExp) => {
    const { code, stderr } = await place.rprop(args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr.trimEnd()).not.toContain("\n");
  };

  test("a network that is too large", async () => {
    place.write("data.csv", NUMBERS);
    const { code, stderr } = await place.rprop(["train", "data.csv", ...QUICK, "--hidden", "100000,100000"]);
    const last = stderr.trimEnd().split("\n").at(-1);
    expect([code, last]).toEqual([
      1,
      "there is no memory for a network of 5 → 100000 → 100000 → 1: --hidden takes fewer units",
    ]);
  });

  test("a model of no fixed width as C", async () => {
    await save(place.path("tanh.safetensors"), { model: new Tanh() });
    await told(
      ["export", "tanh.safetensors", "--c", "tanh.c"],
      /^tanh\.safetensors: "model": expected a layer that fixes the number of columns, got /,
    );
  });

  test("results that find no room", async () => {
    place.write("data.csv", NUMBERS);
    await place.done(["train", "data.csv", ...QUICK]);
    const rprop = `'${process.execPath}' '${new URL("../../dist/cli.js", import.meta.url).pathname}'`;
    const { stdout, stderr } = await place.run("sh", [
      "-c",
      `${rprop} predict model.safetensors data.csv > /dev/full; echo $?`,
    ]);
    expect([stdout, stderr]).toEqual(["1\n", "stdout: no space left\n"]);
  });

  test("a class that the model does not know is told from one that is missing", async () => {
    place.write("data.csv", CLASSES);
    await place.done(["train", "data.csv", ...QUICK]);
    place.write("new.csv", `${CLASSES}1,2,maybe\n1,2,perhaps\n3,4,\n`);
    const args = ["evaluate", "model.safetensors", "new.csv"];
    const { stderr } = await place.done(args);
    expect(stderr).toBe(
      '1 row dropped, of which "y" is missing\n' +
        '2 rows dropped, of which "y" is no class of the model, such as "maybe"\n',
    );
    const { stdout } = await place.done([...args, "--json"]);
    expect(JSON.parse(stdout).dropped).toEqual({ missing: 1, unknown: 2 });
    place.write("new.csv", "a,b,y\n1,2,maybe\n");
    const { code, stderr: none } = await place.rprop(args);
    expect([code, none]).toEqual([
      1,
      'new.csv: no row to measure\n1 row dropped, of which "y" is no class of the model, such as "maybe"\n',
    ]);
  });
});

test("a model is told what its columns' means are, for programs without them", async () => {
  place.write("data.csv", NUMBERS);
  await place.done(["train", "data.csv", ...QUICK]);
  const { stdout } = await place.done(["export", "model.safetensors", "--js", "model.js"]);
  expect(stdout).toMatch(/^ {2}x\[0\] {2}a; 2\.\d+ where it is missing$/m);
  expect((await load(place.path("model.safetensors"))).model.width).toBe(5);
});
