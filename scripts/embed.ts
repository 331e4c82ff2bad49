// Writes the compiled kernels as a module, so that the package holds them in its code and no bundler has to know
// about .wasm files.
import { readFileSync, writeFileSync } from "node:fs";

const base64 = readFileSync("build/kernels.wasm").toString("base64");
writeFileSync("build/kernels-base64.ts", `export const kernels =\n  "${base64}";\n`);
