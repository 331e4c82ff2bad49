// Compiles every module to build/, and writes its bytes as a module of JavaScript, so that the package holds them in its
// code and no bundler has to know about .wasm files.
import { readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { textOf } from "../src/core/wasm/text.js";
import { compilerArguments, MODULES } from "./modules.js";

for (const name of Object.keys(MODULES) as (keyof typeof MODULES)[]) {
  const { error, stderr } = await asc.main(compilerArguments(name));
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const text = JSON.stringify(textOf(readFileSync(`build/${name}.wasm`)));
  writeFileSync(`build/${name}-text.ts`, `export default\n  ${text};\n`);
}
