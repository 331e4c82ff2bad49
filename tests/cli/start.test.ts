import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("npm start shows the first script's loss on both cores, then trains as the README shows", () => {
  const printed = execFileSync("npm", ["start", "--silent"], { encoding: "utf8", stdio: "pipe" });
  const [wasm, js, ...rest] = printed.split("\n");
  expect(wasm).toMatch(/^wasm {2}loss: 1\.3083192110061646, an epoch of training takes [\d,]+ ns$/);
  expect(js).toMatch(/^js {4}loss: 1\.3083192110061646, an epoch of training takes [\d,]+ ns$/);
  const scores = rest.slice(0, rest.indexOf("")).join("\n");
  expect(scores).toMatch(/^scores by 5-fold cross-validation on 342 rows\n {2}RMSE/);
  expect(readFileSync("README.md", "utf8")).toContain(scores);
  expect(readFileSync("build/penguins.html", "utf8")).toContain("<svg");
});
