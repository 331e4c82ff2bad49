import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { program, root } from "./program.js";

/** What a program takes, in bytes, minified and gzipped, at most; each is a row of the README's table. */
const PROGRAMS = [
  { row: "all of `rprop`", source: 'export * from "rprop";', budget: 52_300 },
  { row: "all of `rprop/js`", source: 'export * from "rprop/js";', budget: 41_900 },
  { row: "all of `rprop/view`", source: 'export * from "rprop/view";', budget: 5_900 },
  { row: "all of `rprop/data`", source: 'export * from "rprop/data";', budget: 24_800 },
  { row: "all of `rprop/export`", source: 'export * from "rprop/export";', budget: 9_900 },
  {
    row: "all of `rprop/table`, with `rprop` and `rprop/data`",
    source: 'export * from "rprop/table";',
    budget: 116_000,
  },
  { row: "what the first script above needs", source: program("rprop"), budget: 20_800 },
  { row: "`Rprop` alone", source: 'export { Rprop } from "rprop";', budget: 15_900 },
];

async function sizeOf(contents: string): Promise<number> {
  const stdin = { contents, resolveDir: root };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

describe.each(PROGRAMS)("$row, minified and gzipped,", ({ row, source, budget }) => {
  const size = sizeOf(source);

  it(`is smaller than ${budget} bytes`, async () => {
    expect(await size).toBeLessThan(budget);
  });

  it("is as large as the README says", async () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [, shown] = new RegExp(`^\\| ${row} \\| (\\d+\\.\\d) KB \\|$`, "m").exec(readme) ?? [];
    expect(Math.abs(Number(shown) - (await size) / 1000)).toBeLessThan(0.1);
  });
});
