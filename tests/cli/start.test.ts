import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("npm start trains on the data of the repository, as the README shows", () => {
  const printed = execFileSync("npm", ["start", "--silent"], { encoding: "utf8", stdio: "pipe" });
  const scores = printed.slice(0, printed.indexOf("\nmodel: "));
  expect(scores).toMatch(/^scores by 5-fold cross-validation on 342 rows\n {2}RMSE/);
  expect(readFileSync("README.md", "utf8")).toContain(scores);
  expect(readFileSync("build/penguins.html", "utf8")).toContain("<svg");
});
