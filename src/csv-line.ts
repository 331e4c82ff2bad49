/** Cells as text of CSV. */
import { predictionText } from "./format-number.js";

/**
 * Writes a line of CSV (RFC 4180).
 *
 * @param cells texts, in quotes where they would be read as something else without, and predicted numbers, in the fewest digits that
 * are read as the same float32
 * @returns the line, with its end
 * @throws TypeError for what is no array
 * @example
 * import { csvLine } from "rprop/table";
 * console.log(csvLine(["a, b", Math.fround(0.1)])); // "a, b",0.1
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => csvCell(predictionText(cell))).join(",")}\n`;
}

function csvCell(text: string): string {
  return /^\s|[",\r\n]|\s$/.test(text) ? quotedCell(text) : text;
}

/** A cell in quotes, within which a quote is written twice. */
export function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
