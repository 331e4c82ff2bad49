// Writes compiled kernels as modules, so that the package holds them in its code and no bundler has to know about .wasm
// files. In hexadecimal: gzipped, that is a quarter smaller than base64, whose characters cut across bytes.
import { readFileSync, writeFileSync } from "node:fs";

for (const name of ["kernels", "robust", "standardization", "activations", "classification"]) {
  const hex = readFileSync(`build/${name}.wasm`).toString("hex");
  writeFileSync(`build/${name}-hex.ts`, `export const ${name} =\n  "${hex}";\n`);
}
