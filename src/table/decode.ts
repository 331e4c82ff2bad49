import { checkedBytes } from "../bytes.js";
import { checkIsModel } from "../data/csv/file-kinds.js";
import { readModel } from "./file/model-file.js";
import { TableError } from "./table-error.js";
import { TableModel } from "./table-model.js";

/**
 * The model in a file that encode(), `rprop train` or the page has written, in this version or an earlier one.
 *
 * @param bytes of the whole file
 * @returns a new model
 * @throws TypeError for what are no bytes; FormatError for what is no model; TableError for a model that does not say which columns it reads
 * @example
 * import { decode, trainTable } from "rprop/table";
 * const csv = `x,y\n${Array.from({ length: 40 }, (_, i) => `${i % 8},${i % 8 > 3 ? "high" : "low"}\n`).join("")}`;
 * const { model } = await trainTable(csv, { target: "y" });
 * console.log(decode(model.encode()).predictRows([{ x: 7 }, { x: 0 }])); // [ 'high', 'low' ]
 */
export function decode(bytes: Uint8Array): TableModel {
  checkIsModel(checkedBytes(bytes));
  const { model, description } = readModel(bytes);
  if (description !== null) return new TableModel(model, description.schema, description.history);
  throw new TableError(
    "a model, but not one of rprop train: it does not say which columns it reads. Train one on the table by rprop train or trainTable; decode and load of rprop read this one",
    "model",
  );
}
