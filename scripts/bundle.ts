// Bundles src/ into the files of the package: the library with the wasm core and without one, and what is beside it; into
// dist/, or into the folder named.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

const papaLicense = readFileSync("node_modules/papaparse/LICENSE", "utf8").trim();

/** What is beside the library asks for it, rather than hold it again. */
const library: Plugin = {
  name: "library",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: "./rprop.js", external: true }));
  },
};

const BUNDLES: Record<string, BuildOptions> = {
  "rprop.js": { entryPoints: ["src/index.ts"] },
  "rprop-js.js": { entryPoints: ["src/index.ts"], conditions: ["js-core"] },
  "data.js": {
    entryPoints: ["src/data/index.ts"],
    banner: { js: `/*! With Papa Parse:\n\n${papaLicense}\n*/` },
    alias: { stream: "./src/data/no-stream.ts" },
  },
  "export.js": { entryPoints: ["src/export/index.ts"] },
  "node.js": { entryPoints: ["src/node/index.ts"], platform: "node", plugins: [library] },
};

for (const [name, options] of Object.entries(BUNDLES)) {
  await build({
    outfile: join(folder, name),
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    ...options,
  });
}
