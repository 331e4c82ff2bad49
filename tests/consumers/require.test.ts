import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { run } from "../package/program.js";
import { everyEntry, execute, wrapped } from "./program.js";
import { BUN, DENO, hasRuntimes, NODE_22, NODE_24, NODE_26, pathOf } from "./runtimes.js";
import { OLDEST_NODE } from "./tools.js";

const folder = inject("folder");
const imported = execute(process.execPath, ["program.js"], folder);

/** What a program prints, as JSON, that has the library by require and by import, as wasm and esm. */
function withBoth<T>(node: string, body: string): T {
  const head = 'const required = require("rprop"), view = require("rprop/view");';
  writeFileSync(join(folder, "both.cjs"), `${head} import("rprop").then((imported) => {${body}});`);
  return JSON.parse(run(node, ["both.cjs"], folder));
}

beforeAll(() => writeFileSync(join(folder, "required.cjs"), wrapped(everyEntry("node"), "require")));

describe("require gives every entry, with the bits that import gives, in", () => {
  test(`Node ${process.version}`, () => {
    expect(execute(process.execPath, ["required.cjs"], folder)).toEqual(imported);
  });

  test.skipIf(OLDEST_NODE === null)("the first Node that engines name", () => {
    expect(execute(OLDEST_NODE as string, ["required.cjs"], folder)).toEqual(imported);
    expect(execute(OLDEST_NODE as string, ["program.js"], folder)).toEqual(imported);
  });

  test.skipIf(!hasRuntimes).each([
    { ...NODE_22, args: [] },
    { ...NODE_24, args: [] },
    { ...NODE_26, args: [] },
    { ...DENO, args: ["run", "--no-remote", "--allow-all"] },
    { ...BUN, args: ["run"] },
  ])("$name of $package", (runtime) => {
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: `${folder}/.deno` };
    expect(execute(pathOf(runtime), [...runtime.args, "required.cjs"], folder, env)).toEqual(imported);
  });
});

describe("what require and import give in one program", () => {
  test("is one library where Node requires ES modules", () => {
    const same = "console.log(Object.keys(imported).every((name) => imported[name] === required[name]));";
    expect(withBoth(process.execPath, same)).toBe(true);
  });

  const alike = `
    const refusal = (act) => { try { act(); return "taken"; } catch (error) { return error.message; } };
    const { Linear, MSELoss, Rprop, Sequential } = imported;
    const model = new required.Linear(2, 1);
    const [x, y] = [[[1, 2], [3, 4]], [1, 2]];
    const values = imported.tensor(required.tensor([1, 2, 3])).toArray();
    required.fitSync(model, imported.tensor(x), imported.tensor(y), { epochs: 3 });
    const file = imported.decode(required.encode({ model }));
    console.log(JSON.stringify({
      values,
      passed: imported.fingerprint(file.model) === required.fingerprint(model),
      refusals: [
        () => new Rprop(model.parameters()),
        () => new Sequential(model),
        () => imported.fitSync(model, x, y),
        () => imported.predict(model, x),
        () => imported.encode({ model }),
        () => imported.fitSync(new Linear(2, 1), x, y, { loss: new required.MSELoss() }),
        () => imported.fitSync(new Linear(2, 1), x, y, { optimizer: new required.Rprop(model.parameters()) }),
        () => new Linear(2, 1, { generator: new required.Generator(0) }),
      ].map(refusal),
    }));`;

  test.skipIf(OLDEST_NODE === null)(
    "is two where it does not: values and files pass, the rest is refused by name",
    () => {
      const { values, passed, refusals } = withBoth<Record<string, unknown>>(OLDEST_NODE as string, alike);
      expect({ values, passed }).toEqual({ values: [1, 2, 3], passed: true });
      const message = (name: string) =>
        expect.stringMatching(new RegExp(`^"${name}": .* of this library.* got .*require`));
      const names = [
        "params\\[0\\]",
        "modules\\[0\\]",
        "model",
        "model",
        "model",
        "loss",
        "optimizer",
        "generator",
      ];
      expect(refusals).toEqual(names.map(message));
    },
  );
});
