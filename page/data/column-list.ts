import type { ColumnDescription } from "rprop/table";
import { headerCell } from "../ui/header-cell.js";

/** The columns of a file: what each holds, and whether it is an input. */
export class ColumnList {
  readonly #table: HTMLTableElement;
  #boxes: HTMLInputElement[] = [];
  #columns: readonly ColumnDescription[] = [];
  #target = "";

  constructor(table: HTMLTableElement) {
    this.#table = table;
  }

  /** Names of the columns that could be inputs and are unchecked. */
  get unchecked(): string[] {
    return this.#columns.flatMap(({ name, ignored }, i) =>
      ignored === null && name !== this.#target && !this.#boxes[i]!.checked ? [name] : [],
    );
  }

  /** Every column that can be an input is one at first. */
  show(columns: readonly ColumnDescription[], target: string): void {
    this.#columns = columns;
    this.#table.tBodies[0]?.remove();
    const body = this.#table.createTBody();
    this.#boxes = columns.map(({ name, holds, missing, ignored }) => {
      const row = body.insertRow();
      const label = document.createElement("label");
      label.className = "check";
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = ignored === null;
      const role = document.createElement("span");
      role.className = "role";
      const title = document.createElement("span");
      title.append(name, " ", role);
      label.append(box, title);
      row.append(headerCell("row", label));
      const values = missing === 0 ? holds : `${holds}; ${missing.toLocaleString("en")} missing`;
      const cell = row.insertCell();
      cell.append(values);
      if (ignored !== null) {
        const why = document.createElement("div");
        why.className = "why";
        why.textContent = `Ignored: ${ignored}`;
        cell.append(why);
      }
      return box;
    });
    this.target = target;
  }

  /** The target is no input. */
  set target(target: string) {
    this.#target = target;
    this.#boxes.forEach((box, i) => {
      const { name, ignored } = this.#columns[i]!;
      const isTarget = name === target;
      box.disabled = ignored !== null || isTarget;
      const row = box.closest("tr")!;
      row.classList.toggle("target", isTarget);
      row.querySelector(".role")!.textContent = isTarget ? "predicted" : ignored === null ? "" : "ignored";
    });
  }
}
