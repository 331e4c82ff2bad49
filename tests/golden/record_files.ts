/** npx tsx tests/golden/record_files.ts: writes files.json. Files of a version have to be read by every later one. */
import { writeFileSync } from "node:fs";
import { encode, fingerprint } from "../../src/index.js";
import { begin, type FileRun, goOn, VARIANTS } from "./file-runs.js";

const runs = VARIANTS.map((variant): FileRun => {
  const begun = begin(variant);
  const { model, optimizer } = begun;
  const file = Buffer.from(encode({ model, optimizer })).toString("base64");
  goOn(model, optimizer, begun);
  return { variant, file, end: fingerprint(model) };
});
writeFileSync(new URL("files.json", import.meta.url), `${JSON.stringify(runs)}\n`);
