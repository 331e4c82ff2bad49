import { describe, expect, inject, test } from "vitest";
import { execute } from "./program.js";
import { BUN, DENO, hasRuntimes, NODE_22, NODE_24, NODE_26, pathOf } from "./runtimes.js";

const folder = inject("folder");
const inNode = execute(process.execPath, ["program.js"], folder);

test(`Node ${process.version} trains on wasm, without a word`, () => {
  expect(inNode).toMatchObject({ outcome: { core: "wasm" }, warnings: [] });
});

describe.skipIf(!hasRuntimes)("runtimes", () => {
  test.each([
    { ...NODE_22, args: [] },
    { ...NODE_24, args: [] },
    { ...NODE_26, args: [] },
    { ...DENO, args: ["run", "--no-remote"] },
    { ...BUN, args: ["run"] },
  ])("$name of $package trains on wasm to the bits of Node", (runtime) => {
    const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: `${folder}/.deno` };
    const printed = execute(pathOf(runtime), [...runtime.args, "program.js"], folder, env);
    expect(printed).toEqual(inNode);
  });
});
