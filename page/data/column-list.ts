import { headerCell } from "../ui/header-cell.js";
import type { ColumnSummary } from "./plan.js";

/** The columns of a file: what each holds, and whether it is an input. */
export class ColumnList {
  readonly #table: HTMLTableElement;
  #boxes: HTMLInputElement[] = [];
  #columns: readonly ColumnSummary[] = [];

  constructor(table: HTMLTableElement) {
    this.#table = table;
  }

  /** Those that are checked and are not the target. */
  get inputs(): number[] {
    return this.#boxes.flatMap((box, i) => (box.checked && !box.disabled ? [i] : []));
  }

  /** Every column that can be an input is one at first. */
  show(columns: readonly ColumnSummary[], target: number): void {
    this.#columns = columns;
    this.#table.tBodies[0]?.remove();
    const body = this.#table.createTBody();
    this.#boxes = columns.map(({ name, holds, missing, notInput }) => {
      const row = body.insertRow();
      const label = document.createElement("label");
      label.className = "check";
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = notInput === null;
      const role = document.createElement("span");
      role.className = "role";
      label.append(box, name, role);
      row.append(headerCell("row", label));
      row.insertCell().textContent =
        missing === 0 ? holds : `${holds}; ${missing.toLocaleString("en")} missing`;
      return box;
    });
    this.target = target;
  }

  /** The target is no input. */
  set target(target: number) {
    this.#boxes.forEach((box, i) => {
      const { notInput } = this.#columns[i]!;
      box.disabled = notInput !== null || i === target;
      const row = box.closest("tr")!;
      row.classList.toggle("target", i === target);
      row.querySelector(".role")!.textContent =
        i === target ? "predicted" : notInput === null ? "" : "no input";
    });
  }
}
