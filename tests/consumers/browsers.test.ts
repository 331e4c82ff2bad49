import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { dataProgram, READ } from "../package/program.js";
import { BROWSERS, EXPECTED, launch } from "../support/browsers.js";
import { BUNDLERS } from "./bundlers.js";
import { html, open, serve } from "./pages.js";
import { consumer, execute, type Printed } from "./program.js";
import { inNode, worklet, workletStarter } from "./worklet.js";

const folder = inject("folder");
const dist = "./node_modules/rprop/dist";
const minified = `${dist}/rprop.min.js`;
const js = `${dist}/rprop-js.js`;

/** Modules of the folder besides program.js, which names the package and not a file. */
const modules = {
  "relative.js": consumer(minified),
  "js.js": consumer(js),
  "data.js": `${dataProgram(`${dist}/data.js`)} console.log("");`,
  "worklet.js": worklet(minified),
  "worklet-starter.js": workletStarter("worklet.js"),
  "worker.js": "console.log = (line) => postMessage(line); await import('./relative.js');",
  "starter.js": `
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => console.log(data);`,
};

const importMap = `<script type="importmap">{ "imports": { "rprop": "${minified}" } }</script>`;

const pages = {
  "relative.html": html("relative.js"),
  "js.html": html("js.js"),
  "data.html": html("data.js"),
  "import-map.html": html("program.js", importMap),
  "worker.html": html("starter.js"),
  "worklet.html": html("worklet-starter.js"),
  "program.html": html("program.js"),
  ...Object.fromEntries(BUNDLERS.map(({ name }) => [`${name}.html`, html(`bundles/${name}.js`)])),
};

const plain = [
  ["imports the minified file by a relative path", "relative.html"],
  ["imports by an import map", "import-map.html"],
  ["imports in a module worker", "worker.html"],
  ...BUNDLERS.map(({ name }) => [`is bundled by ${name}`, `${name}.html`]),
];

const said = expect.stringMatching(/does not start.*'wasm-unsafe-eval'.*"rprop\/js"/);

const policies = [
  ["rprop", "script-src 'self' 'wasm-unsafe-eval'", "relative.html", "wasm", []],
  ["rprop", "script-src 'self'", "relative.html", "js", [said, "blocked wasm-eval"]],
  ["rprop/js", "script-src 'self'", "js.html", "js", []],
] as const;

let served: Awaited<ReturnType<typeof serve>>;
let dev: ViteDevServer;
let expected: Printed["outcome"];

beforeAll(async () => {
  expected = execute(process.execPath, ["program.js"], folder).outcome;
  for (const [name, text] of Object.entries({ ...modules, ...pages }))
    writeFileSync(join(folder, name), text);
  const bundles = join(folder, "bundles");
  mkdirSync(bundles);
  for (const { name, bundle } of BUNDLERS)
    await bundle(join(folder, "program.js"), join(bundles, `${name}.js`));
  served = await serve(folder);
  dev = await createServer({
    root: folder,
    configFile: false,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0, watch: null },
    optimizeDeps: { entries: ["program.html"] },
  });
  await dev.listen();
});

afterAll(async () => {
  served.close();
  await dev.close();
});

describe.each(BROWSERS)("in %s", (name) => {
  describe.skipIf(!EXPECTED.includes(name))("a page", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch(name);
    });
    afterAll(() => browser?.close());

    test.each(plain)("that %s trains on wasm to the bits of Node", async (_, page) => {
      expect(await open(browser, `${served.url}/${page}`)).toEqual({ outcome: expected, warnings: [] });
    });

    test("of Vite's development server trains on wasm to the bits of Node", async () => {
      const { outcome, warnings } = await open(browser, `${dev.resolvedUrls?.local[0]}program.html`);
      expect({ outcome, warnings }).toEqual({ outcome: expected, warnings: [] });
    });

    test.each(policies)("of %s under %s trains to the same bits", async (_, policy, page, core, warnings) => {
      const url = `${served.url}/${page}?policy=${encodeURIComponent(policy)}`;
      expect(await open(browser, url)).toEqual({ outcome: { ...expected, core }, warnings });
    });

    test("that trains in an AudioWorklet gives the bits of Node", async () => {
      const printed = await open(browser, `${served.url}/worklet.html`);
      expect(printed).toEqual({ outcome: inNode(folder), warnings: [] });
    });

    test("of rprop/data reads rows where nothing is allowed but scripts", async () => {
      const policy = "default-src 'none'; img-src data:; script-src 'self'";
      const printed = await open(browser, `${served.url}/data.html?policy=${encodeURIComponent(policy)}`);
      expect(printed).toEqual({ outcome: { ...READ, fingerprint: "" }, warnings: [] });
    });
  });
});
