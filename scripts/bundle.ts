// Bundles src/ into the self-contained files of the package, into dist/ or the folder named: rprop.js with the wasm core,
// also minified; rprop-js.js without; view.js, which shows the results of either. rprop-workerd.js is for environments that
// compile no wasm but what is imported: its modules are files beside it.
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

const common: BuildOptions = {
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
};

for (const [name, entry, conditions] of [
  ["rprop", "src/index.ts", []],
  ["rprop-js", "src/index.ts", ["js-core"]],
  ["rprop-workerd", "src/index.ts", ["workerd"]],
  ["view", "src/view/index.ts", []],
] as const) {
  await build({
    ...common,
    entryPoints: { [name]: entry },
    outdir: folder,
    conditions: [...conditions],
    mainFields: ["module", "main"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
}

// Its map leads to rprop.js, which lies beside it.
await build({
  ...common,
  entryPoints: [join(folder, "rprop.js")],
  outfile: join(folder, "rprop.min.js"),
  minify: true,
  sourcemap: true,
  sourcesContent: false,
});
