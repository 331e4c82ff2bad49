import { headerCell } from "../ui/header-cell.js";
import type { Group, Line } from "./lines.js";

/** Fills a table: a body for each group, its name above its lines, each with its number, its note and a bar. */
export function fillTable(table: HTMLTableElement, groups: readonly Group[]): void {
  for (const body of [...table.tBodies]) body.remove();
  for (const { name, lines } of groups) {
    const body = table.createTBody();
    const heading = headerCell("rowgroup", name);
    heading.colSpan = 3;
    body.insertRow().append(heading);
    for (const line of lines) fillRow(body.insertRow(), line);
  }
}

function fillRow(row: HTMLTableRowElement, { name, value, note, share, baseline }: Line): void {
  const heading = headerCell("row", name);
  row.append(heading);
  if (share !== null) {
    const bar = document.createElement("span");
    bar.className = baseline ? "bar baseline" : "bar";
    bar.style.width = `${100 * share}%`;
    heading.append(bar);
  }
  row.insertCell().textContent = value;
  row.insertCell().textContent = note;
}
