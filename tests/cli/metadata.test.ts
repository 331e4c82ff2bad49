import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { evaluateCommand } from "../../src/cli/evaluate.js";
import { exportModel } from "../../src/cli/export.js";
import { info } from "../../src/cli/info.js";
import { predictCommand } from "../../src/cli/predict.js";
import type { Command, Given } from "../../src/cli/shell/command-line.js";
import { Failure } from "../../src/cli/shell/failure.js";
import { MersenneTwister } from "../../src/random/mersenne.js";
import { described } from "../../src/table/file/model-file.js";
import { TableError } from "../../src/table/table-error.js";
import type { Draw } from "../fuzz/fuzz.js";
import { mutate, OTHERS, opened, placesIn, replace, textOf } from "./metadata.js";
import { CLASSES, NUMBERS, Place, table } from "./run.js";

const place = new Place();
const DIGITS = table("a,c,y", 60, (i) => `${i % 7},${"uv"[i % 2]},${i % 3}`);
const TABLES = { numbers: NUMBERS, classes: CLASSES, digits: DIGITS };
type Kind = keyof typeof TABLES;
const KINDS = Object.keys(TABLES) as Kind[];

/** More tries than the tests make: RPROP_MUTATIONS=100000. */
const TRIES = Number(process.env.RPROP_MUTATIONS ?? 300);

beforeAll(async () => {
  for (const kind of KINDS) {
    place.write(`${kind}.csv`, TABLES[kind]);
    await place.done(["train", `${kind}.csv`, "--target", "y", "--epochs", "2", "--quiet", "--out", kind]);
  }
});

/** What the commands print goes nowhere; control characters would be seen. */
let printed = "";
beforeAll(() => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed += text;
      return true;
    });
});
afterAll(() => {
  vi.restoreAllMocks();
});

const isText = (value: unknown) => typeof value === "string" || typeof value === "number";
const kindOf = (value: unknown) => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

const OBEYED = /[^\P{Cc}\n\t]|[\u202e]/u;

/** The commands that read a model, on a file: each ends well, or with a line. */
async function commandsOn(path: string, csv: string): Promise<"read" | "refused"> {
  const file = place.path(path);
  const data = place.path(csv);
  const lines: [Command, string[], Given][] = [
    [info, [file], {}],
    [info, [file], { json: "" }],
    [predictCommand, [file, data], {}],
    [evaluateCommand, [file, data], {}],
    [exportModel, [file], { js: place.path("exported.js") }],
  ];
  let refused = 0;
  for (const [command, operands, given] of lines) {
    printed = "";
    try {
      expect(await command.run(operands, given, "")).toBe(0);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (command !== evaluateCommand) expect(error.message).not.toContain("\n");
      refused++;
    }
    if (command !== predictCommand) expect(printed).not.toMatch(OBEYED);
  }
  return refused > 0 ? "refused" : "read";
}

describe.each(KINDS)("a model of %s whose words about its table are changed", (kind) => {
  test("is refused for each value of another kind, and read for another of the same", async () => {
    const { text, model } = opened(place.bytes(kind));
    const counts = { read: 0, refused: 0 };
    const count = placesIn(JSON.parse(text)).length;
    for (let i = 0; i < count; i++)
      for (const other of OTHERS) {
        const json = JSON.parse(text);
        const [container, name] = placesIn(json)[i]!;
        const before = container[name];
        replace(container, name, other);
        try {
          described(JSON.stringify(json), model);
          counts.read++;
          const allowed = [
            kindOf(before),
            "null",
            "undefined",
            ...(before === null ? ["number"] : []), // a score that is not defined for these rows
            ...(isText(before) ? ["string", "number"] : []),
          ];
          expect(allowed, `${name}: ${JSON.stringify(other)}`).toContain(kindOf(other));
        } catch (error) {
          if (!(error instanceof TableError)) throw error;
          expect(error.message).toMatch(/^metadata "rprop\.table": [^\n]+$/);
          counts.refused++;
        }
      }
    expect(counts.refused).toBeGreaterThan(2 * counts.read);
    expect(counts.read).toBeGreaterThan(50);
  });

  test("is refused for what is there besides, anywhere", () => {
    const { text, model } = opened(place.bytes(kind));
    const records = [[], ["schema"], ["schema", "csv"], ["schema", "inputs", "0"], ["schema", "target"]];
    const others = [["history"], ["history", "rows"], ["history", "epochs"], ["history", "scores"]];
    for (const path of [...records, ...others])
      for (const name of ["file", "architecture", "toString"]) {
        const json = JSON.parse(text);
        // biome-ignore lint/suspicious/noExplicitAny: any part of it
        const part = path.reduce<any>((whole, key) => whole[key], json);
        if (Object.hasOwn(part, name)) continue;
        part[name] = "more";
        expect(() => described(JSON.stringify(json), model), path.join(".")).toThrow(
          "not as rprop train writes it",
        );
      }
  });

  test(`ends every command with a result or a line: ${TRIES} files changed at random`, async () => {
    const { text, withText } = opened(place.bytes(kind));
    const engine = new MersenneTwister(KINDS.indexOf(kind));
    const draw: Draw = (limit) => engine.uint32() % limit;
    const counts = { read: 0, refused: 0 };
    const prototypes = () =>
      JSON.stringify([Object, Array, String].map((each) => Object.getOwnPropertyNames(each.prototype)));
    const before = prototypes();
    for (let i = 0; i < TRIES; i++) {
      const json = JSON.parse(text);
      mutate(json, draw);
      place.write("changed", withText(textOf(json, draw)));
      counts[await commandsOn("changed", `${kind}.csv`)]++;
    }
    expect(prototypes()).toBe(before);
    expect(counts.refused).toBeGreaterThan(TRIES / 2);
    expect(counts.read).toBeGreaterThan(TRIES / 100);
    if (TRIES > 1000) process.emitWarning(`${kind}: ${JSON.stringify(counts)}`);
  }, 3_600_000);
});

test.each<[Kind, path: string, value: unknown]>([
  ["numbers", "history.options.seed", { toString: 1 }],
  ["classes", "schema.baseline", "length"],
  ["classes", "schema.baseline", "map"],
  ["classes", "schema.baseline", { toString: 1 }],
  ["digits", "schema.baseline", 3],
  ["digits", "schema.target.categories.0", "one"],
  ["numbers", "schema.inputs.0.mean", 1e39],
])("the command itself, of %s with another %s: %j", async (kind, path, value) => {
  const { text, withText } = opened(place.bytes(kind));
  const json = JSON.parse(text);
  const names = path.split(".");
  const last = names.pop() as string;
  // biome-ignore lint/suspicious/noExplicitAny: any part of it
  names.reduce<any>((part, name) => part[name], json)[last] = value;
  place.write("bad", withText(JSON.stringify(json)));
  const stderr = 'bad: metadata "rprop.table": not as rprop train writes it\n';
  const lines = [
    ["info", "bad"],
    ["predict", "bad", `${kind}.csv`],
    ["evaluate", "bad", `${kind}.csv`, "--json"],
  ];
  for (const line of [...lines, ["export", "bad", "--c", "never.c"]])
    expect(await place.rprop(line)).toEqual({ code: 1, stdout: "", stderr });
});
