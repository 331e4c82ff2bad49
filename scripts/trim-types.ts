// Deletes the declarations that no entry of the package reaches, and makes the library's ask for the lib that declares
// Symbol.dispose, which a program's own may lack.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const types = "dist/types";
const index = join(types, "src/index.d.ts");
const program = ts.createProgram([index, join(types, "src/data/index.d.ts")], {
  noLib: true,
  module: ts.ModuleKind.NodeNext,
});
const reached = new Set(program.getSourceFiles().map((file) => resolve(file.fileName)));

for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
  const file = resolve(entry.parentPath, entry.name);
  if (entry.isFile() && !reached.has(file)) rmSync(file);
}
writeFileSync(index, `/// <reference lib="esnext.disposable" />\n${readFileSync(index, "utf8")}`);
