// Compiles every module to build/, and writes its bytes as a module of JavaScript, so that the package holds them in its
// code and no bundler has to know about .wasm files. In hexadecimal: gzipped, that is a quarter smaller than base64,
// whose characters cut across bytes.
import { readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { MODULES } from "./modules.js";

for (const [name, entry] of Object.entries(MODULES)) {
  const { error, stderr } = await asc.main([entry, "--target", name]);
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const hex = readFileSync(`build/${name}.wasm`).toString("hex");
  writeFileSync(`build/${name}-hex.ts`, `export default "${hex}";\n`);
}
