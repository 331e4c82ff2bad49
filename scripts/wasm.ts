// Compiles every module to build/, and writes its bytes as a module of JavaScript, so that the package holds them in its
// code and no bundler has to know about .wasm files. With the argument "debug" the modules have names and assertions
// (docs/debugging.md).
import { readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { textOfBytes } from "../src/core/wasm/text.js";
import { compilerArguments, MODULES } from "./modules.js";

const [target] = process.argv.slice(2);

for (const name of Object.keys(MODULES) as (keyof typeof MODULES)[]) {
  const { error, stderr } = await asc.main(compilerArguments(name, target));
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const text = JSON.stringify(textOfBytes(readFileSync(`build/${name}.wasm`)));
  writeFileSync(`build/${name}-text.ts`, `export default\n  ${text};\n`);
}
