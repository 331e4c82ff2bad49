import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { run } from "./program.js";

test("npm run papers prints the rows of docs/PAPERS.md", () => {
  const shown = readFileSync("docs/PAPERS.md", "utf8").split("\n");
  const printed = run("npm", ["run", "--silent", "papers"]).split("\n");
  const rows = printed.filter((line) => line.startsWith("| "));
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter((row) => !shown.includes(row))).toEqual([]);
});
