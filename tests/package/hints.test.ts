import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { COMMAND } from "../support/hints/command/index.js";
import { DATA } from "../support/hints/data.js";
import { LIBRARY } from "../support/hints/library.js";
import { textsOfSources } from "../support/hints/sources.js";

/** What tells people to do something, rather than what is the case. */
const ADVICE =
  /did you mean|meant\?|(?<!^)--[a-z]|\bnew [A-Z]|(?:^|[:;(,.] ?|\bor )(?:use|give|call|run|make|change|import|write|remove|leave|add|put|take away|wait for|compute|allow|read|dispose)\b|per place|reads? (?:the|them|numbers)|takes? (?:its|them|it|such|fewer)|made by \w+\(|which takes/i;

/** Advice that is followed elsewhere: where, and what is there. */
const ELSEWHERE: readonly { words: string; file: string; says: string }[] = [
  {
    words: "an ARFF file of Weka: remove all lines up to @data",
    file: "data/bytes/file-kinds.test.ts",
    says: "an ARFF file of Weka",
  },
  {
    words: "Ctrl-C ends training with the best model so far; a second one ends at once.",
    file: "cli/interruption.test.ts",
    says: "training that is interrupted keeps the best model so far",
  },
  {
    words: "write it as in the table that was trained on, or as",
    file: "table/values.test.ts",
    says: "which may be 1.885 or 1885: write it",
  },
  {
    words: "one object with a table in …: give the array in it alone",
    file: "table/advice.test.ts",
    says: "give the array in it alone",
  },
  {
    words: "one object of arrays: write an object for each row",
    file: "table/advice.test.ts",
    says: "one object of arrays",
  },
  {
    words: "a function that returns a new stream at each call",
    file: "table/edges.test.ts",
    says: "a function that returns a new stream at each call",
  },
  { words: "reads them, and so does no encoding", file: "cli/advice.test.ts", says: "another encoding" },
  { words: "Read as ….", file: "data/bytes/encoding.test.ts", says: "Read as windows-1252." },
  {
    words: "; read a copy that stays as it is",
    file: "cli/tables.test.ts",
    says: "a table that changes while it is read anew",
  },
  {
    words: "dispose() of what is no longer needed",
    file: "core/exhaustion.test.ts",
    says: "ends when something is freed",
  },
  {
    words: "Allow it, in a Content-Security-Policy by script-src 'wasm-unsafe-eval', or import \"rprop/js\"",
    file: "consumers/browsers.test.ts",
    says: "script-src 'self' 'wasm-unsafe-eval'",
  },
  {
    words: "make it first, as by mkdir",
    file: "package/node/files.test.ts",
    says: "// What to do helps.\n  await mkdir(",
  },
  {
    words: "Ctrl-C again leaves at once",
    file: "cli/interruption.test.ts",
    says: "a second Ctrl-C leaves at once",
  },
];

/** Files whose texts are code and pages. */
const CODE = /^(?:export|cli\/results\/report)\b/;

const known = [...LIBRARY, ...DATA, ...COMMAND, ...ELSEWHERE].map(({ words }) => words);
const texts = textsOfSources().filter(({ where, text }) => text.includes(" ") && !CODE.test(where));

describe("advice in the sources", () => {
  test("is followed by a test, each", () => {
    const isKnown = (text: string) => known.some((words) => text.includes(words));
    expect(texts.filter(({ text }) => ADVICE.test(text) && !isKnown(text))).toEqual([]);
  });

  test("is all that tests follow", () => {
    expect(known.filter((words) => !texts.some(({ text }) => text.includes(words)))).toEqual([]);
  });

  test.each(ELSEWHERE)("$words: in $file", ({ file, says }) => {
    expect(readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), "utf8")).toContain(says);
  });
});
