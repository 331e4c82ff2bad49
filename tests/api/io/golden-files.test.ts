import { expect, test } from "vitest";
import { decode, encode, fingerprint, type Rprop } from "../../../src/index.js";
import { begin, type FileRun, goOn, VARIANTS } from "../../golden/file-runs.js";
import text from "../../golden/files.json?raw";

const runs: readonly FileRun[] = JSON.parse(text);
const bytesOf = ({ file }: FileRun) => Uint8Array.from(atob(file), (character) => character.charCodeAt(0));

test("every variant has its file", () => {
  expect(runs.map(({ variant }) => variant)).toEqual(VARIANTS);
  expect(new Set(runs.map(({ end }) => end)).size).toBe(VARIANTS.length);
});

test.each(runs)("a run of $variant makes the same file everywhere", (run) => {
  const { model, optimizer } = begin(run.variant);
  expect(encode({ model, optimizer })).toEqual(bytesOf(run));
});

test.each(runs)("a run of $variant goes on from a file of elsewhere as if it had never stopped", (run) => {
  const { model, optimizer } = decode(bytesOf(run));
  goOn(model, optimizer as Rprop, begin(run.variant));
  expect(fingerprint(model)).toBe(run.end);
});
