import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { NOTICES, noticesOf, packagesOf } from "../scripts/notices.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Nothing that the page reads can leave it: its policy allows no connection. Vite's server needs some, and has none. */
const policy: Plugin = {
  name: "policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      injectTo: "head-prepend",
      attrs: {
        "http-equiv": "Content-Security-Policy",
        content:
          "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; " +
          "img-src 'self' data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
      },
    },
  ],
};

/**
 * uPlot writes numbers in the browser's language, and does not load where that is none: it is "C" in WebKitGTK under the
 * locale of containers. The page is in English.
 */
const language: Plugin = {
  name: "language",
  transform: {
    filter: { id: /uPlot\.esm\.js$/ },
    handler(code, id) {
      const english = code.replace("domEnv ? nav.language : 'en-US'", '"en"');
      if (english === code) throw new Error(`${id} has another way to find its language than was expected`);
      return { code: english, map: null };
    },
  },
};

/**
 * Workers share their modules with the page and with each other. By itself Vite gives each of them a copy of the library; its
 * server, which bundles nothing, does not need this.
 */
const workers: Plugin = {
  name: "workers",
  apply: "build",
  enforce: "pre",
  transform: {
    filter: { code: /new Worker\(new URL\(/ },
    handler(code, id) {
      const shared = code.replace(
        /(?<=new Worker\()new URL\("(.+?)", import\.meta\.url\)/g,
        (_, path: string) => {
          const chunk = this.emitFile({ type: "chunk", id: resolve(dirname(id), path) });
          return `import.meta.ROLLUP_FILE_URL_${chunk}`;
        },
      );
      return { code: shared, map: null };
    },
  },
};

/** The licences of what is bundled lie beside the page: of its own packages, and of what the library holds. */
const notices: Plugin = {
  name: "notices",
  apply: "build",
  generateBundle() {
    const library = readFileSync(at(`../dist/${NOTICES}`), "utf8");
    const source = `${library}\n${noticesOf(packagesOf(this.getModuleIds()))}`;
    this.emitFile({ type: "asset", fileName: NOTICES, source });
  },
};

/** The demonstration page: `npm run page` serves it, `npm run page:build` makes build/page, for any host and folder. */
export default defineConfig({
  root: at("."),
  base: "./",
  // The package as it is published.
  resolve: {
    alias: [
      { find: /^rprop$/, replacement: at("../dist/rprop.js") },
      { find: /^rprop\/js$/, replacement: at("../dist/rprop-js.js") },
      { find: /^rprop\/table$/, replacement: at("../dist/table.js") },
    ],
  },
  // The first versions with light-dark().
  build: {
    outDir: at("../build/page"),
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
  },
  // What is loaded beforehand passes by the plugins.
  optimizeDeps: { exclude: ["uplot"] },
  plugins: [policy, notices, language, workers],
});
