import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter } from "node:path";
import { describe, expect, test } from "vitest";
import { CLI, Place } from "./run.js";
import { runInTerminal, screen } from "./terminal.js";

/** What a document shows of a terminal: a command behind $, and what it writes. */
interface Example {
  readonly command: string;
  readonly output: string;
}

function examplesIn(path: string): Example[] {
  const blocks = [...readFileSync(path, "utf8").matchAll(/^```console\n(.*?)^```/gms)];
  return blocks.flatMap(([, block]) =>
    block!
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const end = text.indexOf("\n");
        return { command: text.slice(0, end), output: text.slice(end + 1).trimEnd() };
      }),
  );
}

/** Speeds are what this machine made of them. */
function withoutSpeed(text: string): string {
  return text.replace(/\d+ epochs\/s {2}\d+ s left/g, "# epochs/s  # s left").trimEnd();
}

describe.each(["README.md", "docs/COMMAND.md"])("%s shows what a terminal does:", (document) => {
  const place = new Place();
  mkdirSync(place.path("bin"));
  chmodSync(CLI, 0o755); // as npm has it where it installs a package
  symlinkSync(CLI, place.path("bin/rprop"));
  copyFileSync("examples/data/penguins.csv", place.path("penguins.csv"));
  const examples = examplesIn(document);

  test("there are examples", () => {
    expect(examples.length).toBeGreaterThan(document === "README.md" ? 1 : 5);
  });

  test.each(examples)("$command", async ({ command, output }) => {
    const env = { PATH: [place.path("bin"), process.env.PATH].join(delimiter) };
    const { shown } = await runInTerminal(place, ["sh", "-c", command], { columns: 100, env });
    // A terminal wraps what is longer, which a document shows in one line.
    const lines = screen(shown, Infinity).join("\n");
    expect(withoutSpeed(lines)).toBe(withoutSpeed(output));
  });
});
