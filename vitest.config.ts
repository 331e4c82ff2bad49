import { defineConfig } from "vitest/config";
import { puppeteer } from "./tests/browser/provider.js";
import { EXPECTED } from "./tests/support/browsers.js";

/** Tests of one concern run once; tests of the public API run on either core, chosen as the package chooses it. */
const api = [
  "tests/*.test.ts",
  "tests/nn/*.test.ts",
  "tests/optim/*.test.ts",
  "tests/train/*.test.ts",
  "tests/moments/*.test.ts",
  "tests/io/*.test.ts",
];

const jsCore = { resolve: { conditions: ["js-core"] } };

/** What runs in Node and in browsers. */
const everywhere = [
  { test: { name: "wasm", include: api, provide: { core: "wasm" as const } } },
  { ...jsCore, ssr: jsCore, test: { name: "js", include: api, provide: { core: "js" as const } } },
  {
    test: {
      name: "core",
      include: [
        "tests/core/*.test.ts",
        "tests/random/*.test.ts",
        "tests/view/*.test.ts",
        "tests/export/{javascript,refusals}.test.ts",
      ],
    },
  },
];

const inBrowsers = everywhere.map(({ test: { name, ...test }, ...project }, i) => ({
  ...project,
  optimizeDeps: { noDiscovery: true, include: ["fast-check"] },
  test: {
    name: `${name} in browsers`,
    ...test,
    exclude: ["**/node.test.ts", "tests/faults.test.ts"], // in a page, mocks of one file would reach the others
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

export default defineConfig({
  test: {
    reporters: ["default", "./tests/count-reporter.ts"],
    projects: [
      ...everywhere,
      ...(EXPECTED.length > 0 ? inBrowsers : []),
      { test: { name: "data", include: ["tests/data/**/*.test.ts", "tests/fuzz/*.test.ts"] } },
      { test: { name: "table", include: ["tests/table/*.test.ts"] } },
      {
        test: {
          name: "page",
          include: ["tests/page/*.test.ts"],
          globalSetup: "tests/page/setup.ts",
          // Files wait for frames and workers more than they compute. A number of their own asks for a turn of their own.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "package",
          include: [
            "tests/package/*.test.ts",
            "tests/node/*.test.ts",
            "tests/pytorch/*.test.ts",
            "tests/export/{c,onnx}.test.ts",
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "cli",
          include: ["tests/cli/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "consumers",
          include: ["tests/consumers/*.test.ts"],
          globalSetup: "tests/consumers/setup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ].map((project) => ({
      ...project,
      test: { testTimeout: 30_000, ...project.test, execArgv: ["--expose-gc"] },
    })),
  },
});
