// Bundles src/ into the self-contained files of the package: the library with the wasm core and without one, and what is
// beside it; into dist/, or into the folder named.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

const papaLicense = readFileSync("node_modules/papaparse/LICENSE", "utf8").trim();

const BUNDLES: Record<string, BuildOptions> = {
  "rprop.js": { entryPoints: ["src/index.ts"] },
  "rprop-js.js": { entryPoints: ["src/index.ts"], conditions: ["js-core"] },
  "data.js": {
    entryPoints: ["src/data/index.ts"],
    banner: { js: `/*! With Papa Parse:\n\n${papaLicense}\n*/` },
    alias: { stream: "./src/data/no-stream.ts" },
  },
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
