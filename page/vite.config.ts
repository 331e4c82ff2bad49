import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

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

/** The demonstration page: `npm run page` serves it, `npm run page:build` makes build/page, for any host and folder. */
export default defineConfig({
  root: at("."),
  base: "./",
  // The package as it is published.
  resolve: {
    alias: [
      { find: /^rprop$/, replacement: at("../dist/rprop.js") },
      { find: /^rprop\/js$/, replacement: at("../dist/rprop-js.js") },
      { find: /^rprop\/data$/, replacement: at("../dist/data.js") },
    ],
  },
  // The first versions with light-dark().
  build: {
    outDir: at("../build/page"),
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
  },
  worker: { format: "es" },
  plugins: [policy],
});
