// Bundles src/ into the files of the package, into dist/ or the folder named: rprop.js with the wasm core, also minified;
// rprop-js.js without; rprop-workerd.js for environments that compile no wasm but what is imported: its modules are files
// beside it; and what is beside the library. cjs/ has the same for require. Each says at its head whose code it holds.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { banner, NOTICES, noticesOf, packagesOf } from "./notices.js";

const [folder = "dist"] = process.argv.slice(2);

const common = {
  target: "es2022",
  charset: "utf8",
  minifySyntax: true, // numbers with names become numbers: V8 loads a module's variable anew in every turn of a loop (measured)
  legalComments: "inline",
} satisfies BuildOptions;

/** A module of CommonJS runs where it is imported, and is kept, used or not, by bundlers that do not know it to be pure. */
const pure = (text: string) =>
  text.replace(/(?<== |\()(?=__commonJS\(|__toESM\(|require_\w+\()/g, "/* @__PURE__ */ ");

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

/** What is beside the library asks for it, and for the other entries, rather than hold them again. */
const entries: Plugin = {
  name: "entries",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/.*index\.js$/ }, ({ path, resolveDir }) => {
      const [, entry] = /^src\/(?:(data|export|node|table|view)\/)?index\.js$/.exec(
        relative(".", join(resolveDir, path)),
      ) ?? [null];
      return entry === null ? null : { path: `./${entry ?? "rprop"}.js`, external: true };
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
  data: ["src/data/index.ts"],
  export: ["src/export/index.ts"],
  node: ["src/node/index.ts", { platform: "node", plugins: [entries] }],
  table: ["src/table/index.ts", { plugins: [entries] }],
  cli: ["src/cli/index.ts", { platform: "node", plugins: [entries] }],
  view: ["src/view/index.ts"],
};

mkdirSync(join(folder, "cjs"), { recursive: true });
const bundled = new Set<string>();

for (const [name, [entry, options]] of Object.entries(BUNDLES)) {
  const { outputFiles, metafile } = await build({
    ...common,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    entryPoints: { [name]: entry },
    outdir: folder,
    ...options,
    plugins: [loader, ...(options?.plugins ?? [])],
    write: false,
    metafile: true,
  });
  const packages = packagesOf(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  for (const part of packages) bundled.add(part);
  const head = (name === "cli" ? "#!/usr/bin/env node\n" : "") + banner(packages);
  for (const { path, contents, text } of outputFiles)
    writeFileSync(path, path.endsWith(".js") ? head + pure(text) : contents);
}
writeFileSync(join(folder, NOTICES), noticesOf(bundled));

// Its map leads to rprop.js, which lies beside it.
await build({
  ...common,
  bundle: true,
  format: "esm",
  entryPoints: [join(folder, "rprop.js")],
  outfile: join(folder, "rprop.min.js"),
  minify: true,
  sourcemap: true,
  sourcesContent: false,
});

// The same code as CommonJS; imports of each other stay what they are, and find each other there.
await build({
  ...common,
  format: "cjs",
  platform: "node", // lists the names that import finds in them
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } }, // as modules are, whatever tsconfig.json is above the folder
  entryPoints: ["rprop", "rprop-js", "view", "data", "export", "node", "table"].map((name) =>
    join(folder, `${name}.js`),
  ),
  outdir: join(folder, "cjs"),
});
writeFileSync(join(folder, "cjs/package.json"), '{ "type": "commonjs", "sideEffects": false }\n');
