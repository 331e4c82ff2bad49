// Bundles src/ into the self-contained files of the package, rprop.js with the wasm core, rprop-js.js without it, and
// export.js without any core; into dist/, or into the folder named.
import { join } from "node:path";
import { build } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

for (const [name, entry, conditions] of [
  ["rprop.js", "src/index.ts", []],
  ["rprop-js.js", "src/index.ts", ["js-core"]],
  ["export.js", "src/export/index.ts", []],
] as const) {
  await build({
    entryPoints: [entry],
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
