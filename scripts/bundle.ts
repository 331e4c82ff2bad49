// Bundles src/ into the self-contained files of the package, the library with the wasm core, the one without, and what
// shows their results; into dist/, or into the folder named.
import { join } from "node:path";
import { build } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

for (const [name, entry, conditions] of [
  ["rprop.js", "src/index.ts", []],
  ["rprop-js.js", "src/index.ts", ["js-core"]],
  ["view.js", "src/view/index.ts", []],
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
