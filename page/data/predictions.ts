import Papa from "papaparse";
import { encodeLike } from "./encoding.js";
import type { Prediction } from "./messages.js";
import { guesses, probabilities, type TableModel } from "./model.js";
import type { Table } from "./table.js";

const SHOWN = 5;

/**
 * A file with what a model says of its rows, in columns behind its own: the number, or the class and how likely it is. Rows that
 * the model cannot be asked about have nothing there.
 *
 * @throws BadFile where a column of the model is missing or is no numbers
 */
export function predictTable(model: TableModel, table: Table): Prediction {
  const { rows, omissions, x } = encodeLike(model.encoding, table);
  const said = sayings(model, x);
  const place = new Map(rows.map((row, i) => [row, i]));
  const { target } = model.encoding;
  const own = table.columns.map(({ name }) => name);
  const added = [`predicted ${target.name}`, ...(target.kind === "classes" ? ["probability"] : [])];
  const cells = table.lines.map((_, row) => {
    const i = place.get(row);
    return [
      ...table.columns.map(({ cells }) => cells[row]!),
      ...(i === undefined ? added.map(() => "") : said[i]!),
    ];
  });
  return {
    csv: Papa.unparse([[...own, ...added], ...cells]),
    rows: rows.length,
    omitted: table.lines.length - rows.length,
    omissions,
    first: said.slice(0, SHOWN).map(([guess]) => guess!),
  };
}

function sayings(model: TableModel, x: Float32Array): string[][] {
  const guess = guesses(model, x);
  const { target } = model.encoding;
  if (target.kind === "number") return Array.from(guess, (value) => [shortest(value)]);
  const shares = probabilities(model, x);
  return Array.from(guess, (value, i) => [target.values[value]!, shares[i]![value]!.toFixed(4)]);
}

/** The fewest digits that float32 is read from again to the bit. */
function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
