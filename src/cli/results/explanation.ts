import type { ExplanationSection } from "../../table/index.js";
import { wrapped } from "./summary.js";

/** Sections for a terminal of so many columns, with a blank line in front of each. */
export function sectionsText(sections: readonly ExplanationSection[], width: number): string {
  return sections.map((section) => `\n${sectionText(section, width)}\n`).join("");
}

/** A section as a title, its table, and its remarks below it. */
export function sectionText({ title, table, remarks }: ExplanationSection, width: number): string {
  return [
    title,
    ...aligned(table).map((line) => `  ${line}`),
    ...remarks.map((remark) => wrapped(remark, width - 2).replace(/^/gm, "  ")),
  ].join("\n");
}

/** Cells that are numbers end, and others begin, at the same place in all lines. */
function aligned(table: readonly (readonly string[])[]): string[] {
  const [head = [], ...rows] = table;
  const widths = head.map((_, i) => Math.max(...table.map((cells) => (cells[i] as string).length)));
  const isNumeric = head.map((_, i) => i > 0 && rows.every((cells) => NUMBER.test(cells[i] as string)));
  return table.map((cells) =>
    cells
      .map((cell, i) =>
        isNumeric[i] ? cell.padStart(widths[i] as number) : cell.padEnd(widths[i] as number),
      )
      .join("  ")
      .trimEnd(),
  );
}

/** A number in words, with its unit or its spread, or that there is none. */
const NUMBER = /^(?:–|-?[\d.,]+(?:e-?\d+)?(?: ± [\d.,]+(?:e-?\d+)?)?(?: %)?)$/;
