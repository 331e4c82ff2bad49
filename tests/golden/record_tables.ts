/**
 * npx tsx tests/golden/record_tables.ts: writes tables.json again, for the tables and options that it has. It was first recorded
 * from the command before rprop/table was made of it: a change of its bits is one of results.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fingerprint } from "../../src/index.js";
import { trainTable } from "../../src/table/index.js";

const place = new URL("tables.json", import.meta.url);
const recorded = [];
for (const { file, options } of JSON.parse(readFileSync(place, "utf8"))) {
  const table = readFileSync(new URL(`../../examples/data/${file}.csv`, import.meta.url));
  const { model, fit, scores } = await trainTable(table, options);
  const score = scores.kind === "number" ? scores.rmse : scores.accuracy;
  recorded.push({ file, options, fingerprint: fingerprint(model.module), completed: fit.completed, score });
}
writeFileSync(place, `${JSON.stringify(recorded, null, 2)}\n`);
