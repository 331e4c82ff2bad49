import type { Owned } from "../array.js";
import { type Bytes, checkedBytes } from "../bytes.js";
import { notOurs, Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import { checkModule, type Module } from "../nn/module.js";
import { Rprop } from "../optim/rprop.js";
import { checkOptions } from "../options.js";
import { modelPlanOf } from "./architecture.js";
import { loaded, refusing } from "./loaded.js";
import { loadOptimizer, type SavedOptimizer, saveOptimizer } from "./optimizer-file.js";
import { readSafetensors, type Stored, writeSafetensors } from "./safetensors.js";
import { storedFloats, TensorsOfFile } from "./stored.js";
import { isRecord, parseStrictly } from "./strict-json.js";
import { checkMetadata } from "./tensors.js";

/** What a file holds: all that training needs to go on as if it had never stopped. */
export interface Saved {
  /** Any model, with its parameters. */
  model: Module;
  /** Its parameters are the model's. */
  optimizer?: Rprop | undefined;
  /** Texts of one's own, by name: what else belongs to the model, such as the losses of its run in JSON. */
  metadata?: Readonly<Record<string, string>>;
}

/** What a file gives back. */
export interface Decoded extends Saved {
  /** Empty where none was saved. */
  metadata: Readonly<Record<string, string>>;
}

/** In the file's metadata under the name rprop, as JSON. */
interface Description {
  version: typeof VERSION;
  model: unknown;
  optimizer?: SavedOptimizer;
}

const KEY = "rprop";
const VERSION = 1;

/**
 * Writes a model, and its optimizer with its state, as a safetensors file: parameters with PyTorch's names
 * and layouts, and the architecture and the optimizer's options in the metadata.
 *
 * @param saved the model; and if wanted, an optimizer of its parameters, and texts by name
 * @returns the bytes of the file, the caller's
 * @throws TypeError or RangeError for what are no model, no optimizer of its parameters, or no texts; Error after dispose()
 * @example
 * import { decode, encode, Linear, Rprop } from "rprop";
 * const model = new Linear(3, 2);
 * const optimizer = new Rprop(model.parameters(), { variant: "rprop-" });
 * const bytes = encode({ model, optimizer });
 * console.log(decode(bytes).optimizer?.paramGroups[0]?.variant); // rprop-
 */
export function encode(saved: Saved): Owned<Uint8ArrayConstructor> {
  checkOptions("saved", saved, ["model", "optimizer", "metadata"]);
  const { model, optimizer, metadata = {} } = saved;
  checkModule("model", model);
  if (optimizer !== undefined && !(optimizer instanceof Rprop))
    throw notOurs("optimizer", "an Rprop of this library", optimizer);
  checkMetadata(metadata, [KEY]);
  const entries = Object.entries(model.stateDict());
  const tensors = new Map(
    entries.map(([name, { shape, data }]): [string, Stored] => [name, storedFloats(shape, data)]),
  );
  const description: Description = { version: VERSION, model: model.architecture() };
  if (optimizer !== undefined) description.optimizer = saveOptimizer(optimizer, model, tensors);
  return writeSafetensors({ tensors, metadata: { ...metadata, [KEY]: JSON.stringify(description) } });
}

/**
 * Reads what {@link encode} has put into these bytes, on whichever core: the same bits. The optimizer's
 * parameters are the model's, so that training goes on with `fit(model, x, y, { optimizer })`;
 * `other.loadStateDict(model.stateDict())` takes the weights alone.
 *
 * @param bytes of the whole file: a Uint8Array, a Buffer, a DataView or an ArrayBuffer, such as `await response.arrayBuffer()`
 * @returns a new model, its optimizer if one was saved, and the texts
 * @throws TypeError for what are no bytes; FormatError for a file that is damaged, made to do harm, or of another kind: it
 * says what is wrong, and nothing is left behind; RangeError when memory is exhausted
 * @example
 * import { decode, encode, Linear } from "rprop";
 * const bytes = encode({ model: new Linear(3, 2), metadata: { about: "a first try" } });
 * const { model, metadata } = decode(bytes);
 * console.log(model.toJSON().type, metadata.about); // Linear a first try
 */
export function decode(bytes: Bytes): Decoded {
  const file = readSafetensors(checkedBytes(bytes));
  const { [KEY]: text, ...metadata } = file.metadata;
  if (text === undefined) {
    const expected = "a model of rprop (decodeTensors reads the tensors of any)";
    throw malformed("file", expected, new Verbatim("tensors alone"));
  }
  const description = parseStrictly(`metadata.${KEY}`, text);
  const {
    version,
    model: architecture,
    optimizer: savedOptimizer,
  } = isRecord(description) ? description : {};
  if (version !== VERSION) throw malformed(`metadata.${KEY}.version`, `${VERSION}`, version);
  const tensors = new TensorsOfFile(file.tensors);
  const model = loaded(modelPlanOf(architecture), (name, shape) => tensors.take(name, shape) as Float32Array);
  return refusing(
    "optimizer",
    () => {
      if (savedOptimizer !== undefined)
        return { model, optimizer: loadOptimizer(savedOptimizer, model, tensors), metadata };
      tensors.checkAllTaken();
      return { model, metadata };
    },
    model,
  );
}
