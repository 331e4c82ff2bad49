// Bundles src/ into the two self-contained files of the package, one with the wasm core and one without; into dist/,
// or into the folder named.
import { join } from "node:path";
import { build } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

for (const [name, conditions] of [
  ["rprop.js", []],
  ["rprop-js.js", ["js-core"]],
] as const) {
  await build({
    entryPoints: ["src/index.ts"],
    outfile: join(folder, name),
    conditions: [...conditions],
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
  });
}
