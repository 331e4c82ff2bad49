/** Where tables are kept that R's packages hold. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BenchTable, DEBIAN_PACKAGES } from "./tables.js";

export const FOLDER = fileURLToPath(new URL("../../build/bench-tables", import.meta.url));

/** Writes tables as CSV that are not there yet. @throws where R or a package is missing */
export function exportTables(tables: readonly BenchTable[]): void {
  const missing = tables.filter((table) => !existsSync(`${FOLDER}/${table.package}/${table.name}.csv`));
  if (missing.length === 0) return;
  const script = fileURLToPath(new URL("export.R", import.meta.url));
  const names = missing.map((table) => `${table.package}/${table.name}`);
  mkdirSync(FOLDER, { recursive: true });
  const { status, stdout, stderr } = spawnSync("Rscript", [script, FOLDER, ...names], { encoding: "utf8" });
  console.error(stdout);
  if (status === 0) return;
  throw new Error(`${stderr ?? ""}
The tables come from Debian's packages: apt-get install --no-install-recommends ${DEBIAN_PACKAGES.join(" ")}`);
}
