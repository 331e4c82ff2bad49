// Writes the compiled kernels as a module, so that the package holds them in its code and no bundler has to know
// about .wasm files. In hexadecimal: gzipped, that is a quarter smaller than base64, whose characters cut across bytes.
import { readFileSync, writeFileSync } from "node:fs";

const hex = readFileSync("build/kernels.wasm").toString("hex");
writeFileSync("build/kernels-hex.ts", `export const kernels =\n  "${hex}";\n`);
