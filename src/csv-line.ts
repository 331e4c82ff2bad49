/** Cells as text of CSV (RFC 4180), in quotes where they would be read as something else without. */

/** A line of CSV, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

function csvCell(text: string): string {
  return /^\s|[",\r\n]|\s$/.test(text) ? quotedCell(text) : text;
}

/** A cell in quotes, within which a quote is written twice. */
export function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
