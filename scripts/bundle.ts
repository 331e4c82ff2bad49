// Bundles src/ into the two self-contained files of the package, one with the wasm core and one without.
import { build } from "esbuild";

for (const [outfile, conditions] of [
  ["dist/rprop.js", []],
  ["dist/rprop-js.js", ["js-core"]],
] as const) {
  await build({
    entryPoints: ["src/index.ts"],
    outfile,
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
