import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listed, listGiven } from "../../src/cli/shell/command-line.js";
import { optionsIn, type Result, type Setup } from "../support/hints/command/hint.js";
import { COMMAND } from "../support/hints/command/index.js";
import { CLI, Place } from "./run.js";

const place = new Place();

/** A line of a shell, in which rprop is the command. */
async function run({ files = {}, line }: Setup): Promise<Result> {
  for (const [name, content] of Object.entries(files)) {
    if (content === null) place.remove(name);
    else place.write(name, content);
  }
  const rprop = `rprop() { '${process.execPath}' '${CLI}' "$@"; }`;
  return place.run("sh", ["-c", `${rprop}; ${line}`]);
}

describe("advice that the command gives helps", () => {
  test.each(COMMAND.map((hint, i) => [`${i}: ${hint.name ?? hint.words}`, hint] as const))(
    "%s",
    async (_, { words, refused, never, followed, right }) => {
      const first = await run(refused);
      const parts = words.split("…");
      for (const part of parts) expect(first.stderr).toContain(part);
      if (never !== undefined) expect(first.stderr).not.toMatch(never);
      for (const setup of followed(first.stderr)) {
        const second = await run({ ...setup, files: { ...refused.files, ...setup.files } });
        expect(second).toMatchObject({ code: 0 });
        if (parts.every((part) => part.length > 3))
          expect(parts.every((part) => second.stderr.includes(part))).toBe(false);
        if (right === undefined) continue;
        const info = await run({ line: "rprop info model.safetensors --json" });
        right(second, info.code === 0 ? JSON.parse(info.stdout) : null);
      }
    },
  );
});

test("a list of texts that is named in a hint is read as these texts", () => {
  const cell = fc.string({ minLength: 1, unit: fc.constantFrom(..."ab,\"' -=\\$\n\u00a0") });
  const texts = fc.uniqueArray(cell, { minLength: 1 });
  fc.assert(
    fc.property(texts, (each) => {
      expect(listGiven({ missing: listed(each) }, "missing")).toEqual(each);
    }),
  );
});

test("options are found in messages as a shell takes them", () => {
  expect(optionsIn(`x (--missing 'it'\\''s, "a",b' takes, --decimal , reads; --delimiter ' ')`)).toEqual([
    `--missing 'it'\\''s, "a",b'`,
    "--decimal ,",
    "--delimiter ' '",
  ]);
});
