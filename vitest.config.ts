import { defineConfig } from "vitest/config";
import { puppeteer } from "./tests/support/browser/provider.js";
import { EXPECTED } from "./tests/support/browsers.js";

/** The tests of a project are those of its folder: tests/package/house.test.ts checks that there are no others. */
const inFolder = (name: string) => ({ name, include: [`tests/${name}/**/*.test.ts`] });

const jsCore = { resolve: { conditions: ["js-core"] } };

/** What runs in Node and in browsers. Tests of the public API run on either core, chosen as the package chooses it. */
const everywhere = [
  { test: { ...inFolder("api"), name: "wasm", provide: { core: "wasm" as const } } },
  { ...jsCore, ssr: jsCore, test: { ...inFolder("api"), name: "js", provide: { core: "js" as const } } },
  { test: inFolder("core") },
  { test: inFolder("entries") },
];

const inBrowsers = everywhere.map(({ test: { name, ...test }, ...project }, i) => ({
  ...project,
  optimizeDeps: { noDiscovery: true, include: ["fast-check"] },
  test: {
    name: `${name} in browsers`,
    ...test,
    exclude: ["**/*.node.test.ts"],
    browser: {
      enabled: true,
      provider: puppeteer(),
      headless: true,
      api: 63315 + i,
      isolate: false, // one page for all files: a page for each takes four times as long
      screenshotFailures: false,
      instances: EXPECTED.map((browser) => ({ browser, name: `${name} in ${browser}` })),
    },
  },
}));

/** Tests that start processes or browsers of their own. */
const slow = (seconds: number) => ({ testTimeout: 1000 * seconds, hookTimeout: 1000 * seconds });

export default defineConfig({
  test: {
    reporters: ["default", "./tests/support/count-reporter.ts"],
    projects: [
      ...everywhere,
      ...(EXPECTED.length > 0 ? inBrowsers : []),
      { test: inFolder("data") },
      { test: inFolder("fuzz") },
      { test: inFolder("table") },
      {
        test: {
          ...inFolder("page"),
          globalSetup: "tests/page/setup.ts",
          // Files wait for frames and workers more than they compute. A number of their own asks for a turn of their own.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          ...slow(60),
        },
      },
      { test: { ...inFolder("package"), ...slow(120) } },
      { test: { ...inFolder("cli"), ...slow(120) } },
      { test: { ...inFolder("consumers"), globalSetup: "tests/consumers/setup.ts", ...slow(120) } },
    ].map((project) => ({
      ...project,
      test: { testTimeout: 30_000, ...project.test, execArgv: ["--expose-gc"] },
    })),
  },
});
