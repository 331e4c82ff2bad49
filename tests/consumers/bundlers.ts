import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { rollup, VERSION } from "@rollup/wasm-node";
import { build as esbuild, version as esbuildVersion } from "esbuild";
import { build as vite, version as viteVersion } from "vite";
import webpack from "webpack";

export interface Bundler {
  name: string;
  version: string;
  /** Bundles a module of a project that has rprop installed, for browsers. */
  bundle(entry: string, outfile: string): Promise<void>;
}

export const BUNDLERS: readonly Bundler[] = [
  {
    name: "esbuild",
    version: esbuildVersion,
    async bundle(entry, outfile) {
      await esbuild({
        entryPoints: [entry],
        outfile,
        bundle: true,
        minify: true,
        format: "esm",
        logLevel: "error",
      });
    },
  },
  {
    name: "Rollup",
    version: VERSION,
    async bundle(entry, outfile) {
      const { resolve } = createRequire(entry);
      const bare = {
        name: "bare",
        resolveId: (id: string) => (id === "rprop" ? { id: resolve(id), moduleSideEffects: false } : null),
      };
      const built = await rollup({ input: entry, plugins: [bare] });
      await built.write({ file: outfile });
      await built.close();
    },
  },
  {
    name: "Vite",
    version: viteVersion,
    async bundle(entry, outfile) {
      await vite({
        root: dirname(entry),
        configFile: false,
        logLevel: "silent",
        build: {
          outDir: dirname(outfile),
          emptyOutDir: false,
          modulePreload: false,
          rolldownOptions: { input: entry, output: { entryFileNames: basename(outfile) } },
        },
      });
    },
  },
  {
    name: "webpack",
    version: webpack.version,
    bundle: (entry, outfile) =>
      new Promise((resolve, reject) => {
        const output = { path: dirname(outfile), filename: basename(outfile) };
        const context = dirname(entry);
        webpack({ mode: "production", context, entry, output }, (error, stats) => {
          if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
          else resolve();
        });
      }),
  },
];
