// Bundles src/ into the files of the package, into dist/ or the folder named: rprop.js with the wasm core, also minified;
// rprop-js.js without; rprop-workerd.js for environments that compile no wasm but what is imported: its modules are files
// beside it; and what is beside the library.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

const [folder = "dist"] = process.argv.slice(2);

const common: BuildOptions = {
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  charset: "utf8",
  minifySyntax: true, // numbers with names become numbers: V8 loads a module's variable anew in every turn of a loop (measured)
  legalComments: "inline",
};

/** A module of CommonJS runs where it is imported, and is kept, used or not, by bundlers that do not know it to be pure. */
const pure: Plugin = {
  name: "pure",
  setup({ initialOptions, onEnd }) {
    initialOptions.write = false;
    onEnd(({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles)
        writeFileSync(
          path,
          text.replace(/(?<== |\()(?=__commonJS\(|__toESM\(|require_\w+\()/g, "/* @__PURE__ */ "),
        );
    });
  },
};

/**
 * What the loader does besides what is asked of it here. At import it makes a TextDecoder, which AudioWorklets, jsdom and
 * QuickJS have not, and sets Object.hasOwn, which frozen intrinsics refuse although ES2022 has it. For each instance it
 * makes exports of its own, which nobody calls.
 */
const LOADER_EDITS = [
  { from: /const utf16 = .*\n/, to: "" },
  { from: /utf16(?=\.decode\(wtf16\))/, to: 'new TextDecoder("utf-16le", { fatal: true })' },
  { from: /Object\.hasOwn = Object\.hasOwn \|\| function[^}]*\};/, to: "" },
  { from: /const exports = postInstantiate\(extended, instance\);/g, to: "" },
  { from: /(?<=\{ module, instance), exports(?= \})/g, to: "" },
];

const loader: Plugin = {
  name: "loader",
  setup({ onLoad }) {
    onLoad({ filter: /@assemblyscript[\\/]loader[\\/]index\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const { from, to } of LOADER_EDITS) {
        const edited = contents.replace(from, to);
        if (edited === contents) throw new Error(`${path} has nothing like ${from}: is it another version?`);
        contents = edited;
      }
      return { contents };
    });
  },
};

const papaLicense = readFileSync("node_modules/papaparse/LICENSE", "utf8").trim();

/** What is beside the library asks for it, and for the other entries, rather than hold them again. */
const entries: Plugin = {
  name: "entries",
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+((data|export|node|view)\/)?index\.js$/ }, ({ path }) => {
      const [entry = "rprop"] = path.match(/\w+(?=\/)/) ?? [];
      return { path: `./${entry}.js`, external: true };
    });
  },
};

const BUNDLES: Record<string, [entry: string, options?: BuildOptions]> = {
  rprop: ["src/index.ts"],
  "rprop-js": ["src/index.ts", { conditions: ["js-core"] }],
  "rprop-workerd": [
    "src/index.ts",
    { conditions: ["workerd"], loader: { ".wasm": "copy" }, assetNames: "[name]" },
  ],
  data: [
    "src/data/index.ts",
    {
      banner: { js: `/*! With Papa Parse:\n\n${papaLicense}\n*/` },
      alias: { stream: "./src/data/no-stream.ts" },
      plugins: [pure],
    },
  ],
  export: ["src/export/index.ts"],
  node: ["src/node/index.ts", { platform: "node", plugins: [entries] }],
  cli: ["src/cli/index.ts", { platform: "node", plugins: [entries], banner: { js: "#!/usr/bin/env node" } }],
  view: ["src/view/index.ts"],
};

for (const [name, [entry, options]] of Object.entries(BUNDLES)) {
  await build({
    ...common,
    entryPoints: { [name]: entry },
    outdir: folder,
    mainFields: ["module", "main"],
    ...options,
    plugins: [loader, ...(options?.plugins ?? [])],
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
