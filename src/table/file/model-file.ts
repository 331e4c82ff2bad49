import { checkedBytes } from "../../bytes.js";
import { checkIsModel } from "../../data/bytes/file-kinds.js";
import { oneLine } from "../../escapes.js";
import { decode, encode, type Module, predict, type Rprop } from "../../index.js";
import { isRecord, parseStrictly } from "../../io/strict-json.js";
import { inputWidth, outputWidth, type Schema } from "../schema.js";
import { TableError } from "../table-error.js";
import { completeHistory, type Description, isDescription } from "./description.js";
import { fromCommand, fromPage } from "./older-versions.js";

/** Names in the metadata of the file, of JSON: this one is written, and that of the page is read too. */
const [KEY, PAGE_KEY] = ["rprop.table", "rprop.page"];

/** What any file of encode() holds. */
export interface ModelFile {
  /** The model, with its parameters. */
  readonly model: Module;
  /** Its optimizer with its state; null where none was saved. */
  readonly optimizer: Rprop | null;
  /** Texts by name, without the description. */
  readonly metadata: Readonly<Record<string, string>>;
  /** null where a program has saved the model, without a table. */
  readonly description: Description | null;
}

/** The bytes of a model file. */
export function contentOf(model: Module, { schema, history }: Description): ReturnType<typeof encode> {
  return encode({ model, metadata: { [KEY]: JSON.stringify({ version: 2, schema, history }) } });
}

/**
 * Reads any model file of this library, whether a table belongs to it or not: `decode` is for those that have
 * one.
 *
 * @param bytes of the whole file
 * @returns the model, and what else is in the file
 * @throws FormatError for what is no model; TableError for one that is wrong about its table
 * @example
 * import { encode, Linear } from "rprop";
 * import { readModel } from "rprop/table";
 * const { model, description } = readModel(encode({ model: new Linear(2, 1) }));
 * console.log(model.toJSON().type, description); // Linear null
 */
export function readModel(bytes: Uint8Array): ModelFile {
  checkIsModel(checkedBytes(bytes));
  const { model, optimizer = null, metadata: all } = decode(bytes);
  const { [KEY]: text, [PAGE_KEY]: pageText, ...metadata } = all;
  const description =
    text !== undefined
      ? described(text, model)
      : pageText !== undefined
        ? described(pageText, model, PAGE_KEY)
        : null;
  return { model, optimizer, metadata, description };
}

/** @throws TableError for anything but what this version or an earlier one writes for such a model */
export function described(text: string, model: Module, key = KEY): Description {
  const broken = (what: string) => new TableError(`metadata ${JSON.stringify(key)}: ${what}`, "model");
  let json: unknown;
  try {
    json = parseStrictly(key, text);
  } catch (error) {
    throw broken(oneLine((error as Error).message.slice(`${key}: `.length)));
  }
  const version = isRecord(json) ? json.version : undefined;
  if (version !== 1 && (version !== 2 || key === PAGE_KEY)) throw broken("of another version of rprop");
  const description =
    version === 2
      ? isDescription(json)
        ? json
        : null
      : key === KEY
        ? fromCommand(json)
        : fromPage(json, model);
  if (description === null) throw broken("not as rprop train writes it");
  if (!fits(model, description.schema)) throw broken("its columns are not those of the model");
  const { schema, history } = description;
  return { schema, history: history === null ? null : completeHistory(history) };
}

/** Whether a model takes such rows, and gives such predictions. */
function fits(model: Module, { inputs, target }: Schema): boolean {
  const width = inputWidth(inputs);
  try {
    const { shape } = predict(model, { shape: [1, width], data: new Float32Array(width) });
    return shape.at(-1) === outputWidth(target);
  } catch {
    return false;
  }
}
