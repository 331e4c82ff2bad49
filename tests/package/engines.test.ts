import { runInContext, runInThisContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { bareRealm, everything, NOTE, scriptOf, TEXTS, type Trained, TWO_CORES } from "./engines.js";
import { run } from "./program.js";

const scripts = {
  rprop: await scriptOf(everything("rprop")),
  js: await scriptOf(everything("rprop/js")),
  twoCores: await scriptOf(TWO_CORES),
};

/** What a script's program comes to in a realm of its own, after a prelude, and what it says on its console. */
async function inRealm(script: string, prelude: string) {
  const warnings: string[] = [];
  const context = bareRealm({ console: { warn: (text: string) => warnings.push(text) } });
  runInContext(prelude, context);
  const result: Trained = await runInContext(`${script}; program.result`, context);
  return { result, warnings };
}

let expected: Trained;
beforeAll(async () => {
  // As a script, what it declares is a global of Node's own realm: one name, which nothing else has.
  expected = await runInThisContext(`(() => { ${scripts.js}; return program.result; })()`);
  expect(expected).toMatchObject({ core: "js", decoded: expected.fingerprint, metadata: { note: NOTE } });
});

const SAYS_WHY = expect.stringMatching(/in JavaScript.*does not start.*'wasm-unsafe-eval'.*"rprop\/js"/);

/** Lets the first uses of a part of WebAssembly pass, and refuses the others. */
const refuseAfter = (part: string, passing: number) => `{
  const { ${part} } = WebAssembly;
  let uses = 0;
  WebAssembly.${part} = new Proxy(${part}, {
    construct(target, args) {
      if (uses++ >= ${passing}) throw new Error("refused");
      return Reflect.construct(target, args);
    },
  });
}`;

describe("where WebAssembly cannot start, JavaScript computes the same bits", () => {
  test.each(["Module", "Instance", "Memory"])("%s refuses: said once", async (part) => {
    const { result, warnings } = await inRealm(scripts.rprop, refuseAfter(part, 0));
    expect(result).toEqual({ ...expected, core: "js" });
    expect(warnings).toEqual([SAYS_WHY]);
  });

  test.each([
    ["has been deleted", "delete globalThis.WebAssembly;", []],
    ["is undefined", "WebAssembly = undefined;", []],
    ["is an empty object", "WebAssembly = {};", [SAYS_WHY]],
    ["throws whatever is asked of it", 'WebAssembly = new Proxy({}, { get() { throw "no"; } });', [SAYS_WHY]],
  ])("it %s", async (_, prelude, said) => {
    const { result, warnings } = await inRealm(scripts.rprop, prelude);
    expect(result).toEqual({ ...expected, core: "js" });
    expect(warnings).toEqual(said);
  });

  test("without a console, nothing is said", async () => {
    const prelude = `delete globalThis.console; ${refuseAfter("Module", 0)}`;
    const { result } = await inRealm(scripts.rprop, prelude);
    expect(result).toEqual({ ...expected, core: "js" });
  });

  // The kernels, and four families: a policy may come when the program is running.
  test.each([1, 2, 3, 4])("%i modules start, the next ones do not", async (passing) => {
    for (const part of ["Module", "Instance"]) {
      const { result, warnings } = await inRealm(scripts.rprop, refuseAfter(part, passing));
      expect(result).toEqual({ ...expected, core: "wasm" });
      expect(warnings).toEqual([SAYS_WHY]);
    }
  });

  test("the memory of a run is refused, which the library's was not", async () => {
    const allowed = await inRealm(scripts.twoCores, "");
    expect(allowed).toMatchObject({ result: { core: "wasm" }, warnings: [] });
    const refused = await inRealm(scripts.twoCores, refuseAfter("Memory", 1));
    expect(refused).toEqual({ ...allowed, warnings: [SAYS_WHY] });
  });
});

/** As `node --frozen-intrinsics` and lockdown() of Hardened JavaScript do it. */
const FREEZE = `{
  const seen = new Set();
  const freeze = (value) => {
    if (Object(value) !== value || seen.has(value)) return;
    seen.add(value);
    Object.freeze(value);
    freeze(Object.getPrototypeOf(value));
    for (const { value: held, get, set } of Object.values(Object.getOwnPropertyDescriptors(value)))
      [held, get, set].forEach(freeze);
  };
  Object.getOwnPropertyNames(globalThis).filter((name) => !["console", "globalThis"].includes(name)).forEach((name) => freeze(globalThis[name]));
}`;

describe("the globals of the language do", () => {
  test.each([
    ["rprop", "wasm", "as they are", ""],
    ["js", "js", "as they are", ""],
    ["rprop", "wasm", "frozen", FREEZE],
    ["js", "js", "frozen", FREEZE],
    ["rprop", "wasm", "with Object frozen alone", "Object.freeze(Object);"],
    ["rprop", "wasm", "with a frozen WebAssembly", "Object.freeze(WebAssembly);"],
    ["rprop", "wasm", "behind a Proxy of WebAssembly", "WebAssembly = new Proxy(WebAssembly, {});"],
    ["rprop", "wasm", "without FinalizationRegistry", "delete globalThis.FinalizationRegistry;"],
  ] as const)("for %s on %s, %s", async (library, core, _, prelude) => {
    const { result, warnings } = await inRealm(scripts[library], prelude);
    expect(result).toEqual({ ...expected, core });
    expect(warnings).toEqual([]);
  });

  test("for the texts of rprop/data, with the characters and refusals of TextEncoder and TextDecoder", async () => {
    const script = await scriptOf(TEXTS);
    const ours: string = await runInThisContext(`(() => { ${script}; return program.result; })()`);
    expect(await runInContext(`${script}; program.result`, bareRealm())).toBe(ours);
    expect(JSON.parse(ours)).toMatchObject({
      columns: [
        ["größe", expect.anything()],
        ["na\u0001me", ["é€𝄞", "\ufffd"]],
        ["t", ["x,\ufeff", "y"]],
      ],
      marked: [["a", ["é"]]],
      refusals: Array(5).fill(expect.stringContaining("expected text in UTF-8")),
    });
  });

  test("for rprop under node --frozen-intrinsics", () => {
    const source = `import { core } from "rprop"; console.log(core());`;
    const args = ["--frozen-intrinsics", "--no-warnings", "--input-type=module", "--eval", source];
    expect(run(process.execPath, args)).toBe("wasm\n");
  });

  test.each(["rprop", "rprop/js", "rprop/data", "rprop/export", "rprop/table", "rprop/view"])(
    "for the import of %s, which calls nothing",
    async (entry) => {
      const script = await scriptOf(
        `import * as entry from "${entry}"; export const names = Object.keys(entry);`,
      );
      const touched = new Set<string>();
      const names = [
        "TextEncoder",
        "TextDecoder",
        "MessageChannel",
        "performance",
        "setTimeout",
        "URL",
        "Blob",
      ];
      const context = bareRealm();
      for (const name of names)
        Object.defineProperty(context, name, { get: () => void touched.add(name), configurable: true });
      expect(runInContext(`${script}; program.names.length`, context)).toBeGreaterThan(1);
      expect([...touched]).toEqual([]);
    },
  );
});
