// Deletes the declarations that no entry reaches, and makes the entries ask for the lib that declares Symbol.dispose, which
// a program's own may lack. The types of what is required are the same files where they count as CommonJS.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const types = "dist/types";
const entries = ["", "data/", "export/", "node/", "table/", "view/"].map((folder) =>
  join(types, `src/${folder}index.d.ts`),
);
const program = ts.createProgram(entries, { noLib: true, module: ts.ModuleKind.NodeNext });
const reached = new Set(program.getSourceFiles().map((file) => resolve(file.fileName)));

for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
  const file = resolve(entry.parentPath, entry.name);
  if (entry.isFile() && !reached.has(file)) rmSync(file);
}
for (const file of entries) {
  writeFileSync(file, `/// <reference lib="esnext.disposable" />\n${readFileSync(file, "utf8")}`);
}
cpSync(types, "dist/cjs/types", { recursive: true });
