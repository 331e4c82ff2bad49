import { defineConfig } from "vitest/config";

/** Tests of one concern run once; tests of the public API run on either core, chosen as the package chooses it. */
const api = [
  "tests/*.test.ts",
  "tests/nn/*.test.ts",
  "tests/optim/*.test.ts",
  "tests/train/*.test.ts",
  "tests/moments/*.test.ts",
  "tests/view/*.test.ts",
];

export default defineConfig({
  test: {
    reporters: ["default", "./tests/count-reporter.ts"],
    projects: [
      { test: { name: "wasm", include: api } },
      {
        resolve: { conditions: ["js-core"] },
        ssr: { resolve: { conditions: ["js-core"] } },
        test: { name: "js", include: api },
      },
      { test: { name: "core", include: ["tests/core/*.test.ts", "tests/random/*.test.ts"] } },
      {
        test: {
          name: "page",
          include: ["tests/page/*.test.ts"],
          globalSetup: "tests/page/setup.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "package",
          include: ["tests/package/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ].map((project) => ({ ...project, test: { ...project.test, execArgv: ["--expose-gc"] } })),
  },
});
