import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../build/page/assets/", import.meta.url));
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith(".js"))
  .map((name) => readFileSync(folder + name));

test("the page's scripts take at most 210 KB, compressed", () => {
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(210_000);
});

test("the page and its workers share one copy of the library", () => {
  const holding = scripts.filter((script) => script.includes("WebAssembly.Instance"));
  expect(holding.length).toBe(1);
});
