// Prints every source file with the first sentence of its first comment: the map that ARCHITECTURE.md leaves out.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";

const FOLDERS = ["assembly", "src", "page", "workloads", "bench", "scripts", "tests"];
const WIDTH = 120;

const files = execFileSync("git", ["ls-files", ...FOLDERS], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file.endsWith(".ts"));
let folder = "";
for (const file of files) {
  if (dirname(file) !== folder) {
    folder = dirname(file);
    console.log(`\n${folder}/`);
  }
  const name = file.slice(folder.length + 1);
  console.log(`  ${name.padEnd(28)} ${firstSentence(readFileSync(file, "utf8"))}`.slice(0, WIDTH).trimEnd());
}

/** Of a block comment, or of the lines of comment that a file begins with; empty where it has neither. */
function firstSentence(text: string): string {
  const [, block = ""] = /\/\*\*(.*?)\*\//s.exec(text) ?? [];
  const lines = /^(\/\/.*\n)+/.exec(text)?.[0] ?? block;
  const words = lines.replaceAll(/^\s*(\/\/|\*)?/gm, "").replaceAll(/\s+/g, " ");
  return words.trim().split(/(?<=\.)\s/)[0] ?? "";
}
