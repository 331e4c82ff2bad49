import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The example data. */
const at = (name: string) => fileURLToPath(new URL(`../../examples/data/${name}`, import.meta.url));
export const irisFile = at("iris.csv");
export const iris = readFileSync(irisFile, "utf8");
export const penguinsFile = at("penguins.csv");
export const penguins = readFileSync(penguinsFile, "utf8");
