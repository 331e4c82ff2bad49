// biome-ignore-all lint/suspicious/noControlCharactersInRegex: they are what a terminal obeys
import { beforeAll, describe, expect, test } from "vitest";
import { CLI, NUMBERS, Place, table } from "./run.js";
import { CTRL_C, inTerminal, screen } from "./terminal.js";

const place = new Place();
const long = (epochs: number) =>
  `train data.csv --target y --networks 1 --folds 0 --patience 1000000 --epochs ${epochs}`.split(" ");

beforeAll(() => {
  place.write("data.csv", NUMBERS);
  place.write(
    "many.csv",
    table("a,b,c,y", 1000, (i) => NUMBERS.split("\n")[1 + (i % 60)] as string),
  );
  // Quotes make it slow to read: long enough for a person to see how far it has come.
  place.write(
    "large.csv",
    table("a,b,c,d,e,y", 400_000, (i) => `"${i}.125",${i}.25,${i}.5,${i},${i % 7},${i}`),
  );
});

/** An epoch on a terminal: at least percent and loss. */
const BAR = /^(\[.*\] +)?\d+% {2}(.*)loss \S+/;
const HUNDRED = /^(\[=+\] +)?100% {2}(.*)loss \S+/;

describe("the bar", () => {
  test.each([20, 40, 80, 200])("is one line of at most %d columns", async (columns) => {
    const args = "train many.csv --target y --networks 1 --folds 0 --epochs 6000 --patience 6000".split(" ");
    const { code, shown } = await inTerminal(place, args, { columns });
    expect(code).toBe(0);
    expect(shown.match(/\u001b\[1A\r/g)?.length).toBeGreaterThan(1); // it is drawn again
    const lines = screen(shown, columns);
    expect(lines.filter((line) => BAR.test(line))).toEqual([expect.stringMatching(HUNDRED)]);
    for (const [bar] of shown.matchAll(/(?<=\r)[^\r\n]*% {2}[^\r\n]*(?=\u001b\[K)/g))
      expect(bar.length, bar).toBeLessThan(columns);
  });

  test("becomes shorter with the terminal while it is drawn", async () => {
    const steps = [
      { wait: "/1000000", columns: 30 },
      { wait: "\\d+%  [^%]*\\d+%  ", type: CTRL_C },
    ];
    const { shown, waited } = await inTerminal(place, long(1_000_000), { columns: 120, steps });
    expect(waited).toEqual([]);
    const [wide, narrow] = shown.split("\0\x33\x30\0") as [string, string];
    expect(wide).toMatch(/\[>/);
    const bars = [...narrow.matchAll(/(?<=\r)[^\r\n]*% {2}[^\r\n]*(?=\u001b\[K)/g)].map(([bar]) => bar);
    expect(bars.length).toBeGreaterThan(0);
    expect(bars.slice(1).every((bar) => bar.length < 30)).toBe(true);
  });

  test("of reading is gone afterwards", async () => {
    const args = ["train", "large.csv", "--target", "y", "--hidden", "none", "--epochs", "1"];
    const { shown } = await inTerminal(place, args, { columns: 24 });
    expect(shown).toMatch(/\r +\d+% {2}(looking at|reading) large/);
    const text = screen(shown, 24).join("\n");
    expect(text).not.toMatch(/looking|reading/);
    expect(text.replaceAll("\n", "")).toContain("training 5 → 1 on");
  });

  test("has no colours", async () => {
    for (const env of [{ NO_COLOR: "1" }, { FORCE_COLOR: "3" }] as Record<string, string>[]) {
      const { shown } = await inTerminal(place, long(30), { env });
      expect(shown).not.toMatch(/\u001b\[[\d;]*m/);
    }
  });

  test.each<["stdout" | "stderr"]>([["stdout"], ["stderr"]])(
    "where %s alone is the terminal",
    async (stream) => {
      const args = long(200);
      const session = await inTerminal(place, args, { streams: ["stdin", stream] });
      expect(session.code).toBe(0);
      const [results, messages] =
        stream === "stdout" ? [session.shown, session.stderr] : [session.stdout, session.shown];
      expect(results).toMatch(/RMSE[\s\S]*model: model\.safetensors\r?\n$/);
      expect(results).not.toMatch(/\u001b|% {2}|epoch/);
      expect(messages).toMatch(/^data\.csv: 60 rows/);
      if (stream === "stderr") expect(messages).toContain("\u001b[1A");
      else
        expect(messages).toMatch(/^epoch 1 of 200 \(0%\), .*\nepoch 2 [\s\S]*\nepoch 200 of 200 \(100%\), /m);
      expect(messages?.includes("\u001b")).toBe(stream === "stderr");
    },
  );

  test("is lines where the terminal cannot move up, and where there is none", async () => {
    const { shown } = await inTerminal(place, long(30), { env: { TERM: "dumb" } });
    expect(shown).not.toContain("\u001b");
    const epochs = (text: string) =>
      [...text.matchAll(/^epoch (\d+) of/gm)].map(([, epoch]) => Number(epoch));
    expect(epochs(shown)).toEqual([1, 2, 5, 10, 20, 30]);
    const { stderr } = await place.done(long(30));
    expect(epochs(stderr)).toEqual([1, 2, 5, 10, 20, 30]);
    expect((await place.done([...long(30), "--quiet"])).stderr).toBe("");
  });
});

describe("results fit the terminal", () => {
  test("scores keep what they mean in 80 columns, and their names in 30", async () => {
    const args = ["train", "data.csv", "--target", "y", "--epochs", "30", "--quiet"];
    const wide = screen((await inTerminal(place, args)).shown, 80);
    expect(wide[1]).toMatch(/^ {2}RMSE +\S+ ± \S+ {3}root mean squared error, in the units of "y"$/);
    expect(wide[5]).toMatch(/^ {2}baseline +\S+ {2,}predicts the mean, \S+; the model is .*better$/);
    const narrow = screen((await inTerminal(place, args, { columns: 30 })).shown, 30);
    expect(narrow[3]).toMatch(/^ {2}RMSE +[\d.]+ ± [\d.]+$/);
    expect(narrow[7]).toMatch(/^ {2}baseline +[\d.]+$/);
  });

  test("a confusion matrix too wide for it is told by its mistakes", async () => {
    const names = ["first of three", "second of three", "third of three"];
    place.write(
      "names.csv",
      table("a,y", 60, (i) => `${i % 7},${names[(i * i) % 3]}`),
    );
    const args = ["train", "names.csv", "--target", "y", "--epochs", "5", "--quiet"];
    const matrix = (columns: number) =>
      inTerminal(place, args, { columns }).then(({ shown }) => screen(shown, columns).join("\n"));
    expect(await matrix(80)).toMatch(/ {2}actual +predicted\n +first of three/);
    expect(await matrix(49)).toMatch(
      /most frequent mistakes\n {2}\w+ of three predicted as \w+ of three: \d+\n/,
    );
  });
});

test("what nobody reads is no error", async () => {
  const run = (line: string) =>
    place.run("bash", [
      "-c",
      `rprop() { '${process.execPath}' '${CLI}' "$@"; }; ${line}; echo "\${PIPESTATUS[0]}"`,
    ]);
  await place.done(long(2));
  place.write("many-rows.csv", `a,b,c\n${"1,2,u\n".repeat(200_000)}`);
  const predicted = await run("rprop predict model.safetensors many-rows.csv | head -1");
  expect(predicted).toEqual({ code: 0, stdout: "y\n0\n", stderr: "" });
  const trained = await run("rprop train data.csv --target y --out piped 2>&1 | head -1");
  expect(trained).toEqual({ code: 0, stdout: "data.csv: 60 rows, 4 columns\n0\n", stderr: "" });
  expect(place.bytes("piped").length).toBeGreaterThan(1000);
});
