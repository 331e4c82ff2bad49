import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The example data, as files and as text. */
export const irisFile = fileURLToPath(new URL("../../examples/data/iris.csv", import.meta.url));
export const longleyFile = fileURLToPath(new URL("../../examples/data/longley.csv", import.meta.url));
export const iris = readFileSync(irisFile, "utf8");
export const longley = readFileSync(longleyFile, "utf8");
