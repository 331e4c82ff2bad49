import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { BUNDLERS } from "./bundlers.js";

const folder = inject("folder");

/** The bytes of the bundle of a module. */
async function size(bundler: (typeof BUNDLERS)[number], source: string): Promise<number> {
  const [entry, outfile] = ["entry", "bundle"].map((part) => join(folder, `${bundler.name}-${part}.js`));
  writeFileSync(entry!, source);
  await bundler.bundle(entry!, outfile!);
  return readFileSync(outfile!).length;
}

test.each(BUNDLERS.filter(({ name }) => name !== "Rollup"))(
  "$name takes an entry once where one module imports it and another requires it",
  async (bundler) => {
    writeFileSync(join(folder, "required.cjs"), 'module.exports = require("rprop/view");');
    const imported = 'import * as view from "rprop/view"; console.log(view);';
    const mixed = `import required from "./required.cjs"; ${imported} console.log(required);`;
    expect(await size(bundler, mixed)).toBeLessThan(1.1 * (await size(bundler, imported)));
  },
);

test.each(BUNDLERS)("$name leaves out what a program does not import", async (bundler) => {
  const all = await size(bundler, 'import * as rprop from "rprop"; console.log(rprop);');
  const one = await size(bundler, 'import { Rprop } from "rprop"; console.log(Rprop);');
  const none = await size(bundler, 'import "rprop"; console.log();');
  expect(one).toBeLessThan(0.4 * all);
  expect(none).toBeLessThan(100);
});
