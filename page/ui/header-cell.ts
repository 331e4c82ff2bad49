/** A cell that names a row, a column or a group of them. */
export function headerCell(
  scope: "row" | "col" | "rowgroup",
  ...content: (Node | string)[]
): HTMLTableCellElement {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.append(...content);
  return cell;
}
