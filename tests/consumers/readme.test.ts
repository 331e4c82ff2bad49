import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { run } from "../package/program.js";
import { BROWSERS, EXPECTED, findBrowser } from "../support/browsers.js";
import { BUNDLERS } from "./bundlers.js";
import { hasRuntimes, RUNTIMES, versionOf } from "./runtimes.js";
import { TOOLS } from "./tools.js";

/** Environments and versions of the README's table under "Where it runs". */
function table(): Map<string, string[]> {
  const [, section = ""] = readFileSync("README.md", "utf8").split("\n## Where it runs\n");
  const rows = [...section.matchAll(/^\| ([\w-]+) \| (\d[\d., ]*) \|/gm)];
  return new Map(rows.map(([, name = "", versions = ""]) => [name.toLowerCase(), versions.split(", ")]));
}

const stated = table();

/** Of 2.9.5 the 2.9, as the README states it. */
const asStated = (version: string, like = "") =>
  version.split(".").slice(0, like.split(".").length).join(".");

describe("the README's versions", () => {
  test("are of what is tested, and of nothing else", () => {
    const names = [...BUNDLERS, ...RUNTIMES].map(({ name }) => name);
    const others = [...BROWSERS, "WebKitGTK", ...Object.keys(TOOLS)];
    const tested = new Set([...names, ...others].map((name) => name.toLowerCase()));
    expect(new Set(stated.keys())).toEqual(tested);
  });

  test.each([...new Set([...Object.keys(TOOLS), ...BUNDLERS.map(({ name }) => name)])])(
    "are those of the installed %s",
    (name) => {
      const versions = stated.get(name.toLowerCase()) ?? [];
      const bundlers = BUNDLERS.filter((bundler) => bundler.name === name).map(({ version }) => version);
      const installed = [...(TOOLS[name] ?? []), ...bundlers];
      expect(installed.map((version, i) => asStated(version, versions[i]))).toEqual(versions);
    },
  );

  test.skipIf(!hasRuntimes)("are those of the installed runtimes", () => {
    for (const name of ["Deno", "Bun", "workerd", "QuickJS", "Node"]) {
      // The first of Node is the one that runs the tests.
      const versions = stated.get(name.toLowerCase())?.slice(name === "Node" ? 1 : 0) ?? [];
      const installed = RUNTIMES.filter((runtime) => runtime.name === name).map(versionOf);
      expect(installed.map((version, i) => asStated(version, versions[i]))).toEqual(versions);
    }
  });

  test("begin with a Node that is not newer than the one that runs the tests", () => {
    const [oldest] = stated.get("node") ?? [];
    expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(Number(oldest));
  });

  test.each(EXPECTED)("name no newer %s than the one here", (name) => {
    const [, major] = / (\d+)\./.exec(run(findBrowser(name) ?? name, ["--version"])) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(Number(stated.get(name)?.[0]));
  });
});
