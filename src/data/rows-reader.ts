import { Phrase } from "../errors.js";
import { malformed } from "../io/format-error.js";
import { checkedBytes } from "../io/tensors.js";
import { type Block, Blocks, type Head } from "./blocks.js";
import { type CsvSettings, checkHas, noRows } from "./csv-options.js";
import type { CsvRows } from "./csv-rows.js";
import { Scanner } from "./scanner.js";

export interface RowsSettings extends CsvSettings {
  /** null: those that are not in y. */
  readonly x: readonly string[] | null;
  readonly y: readonly string[];
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly missing: "error" | "drop" | "keep";
}

const encoder = new TextEncoder();

/** Makes chunks of rows of a file's chunks. */
export class RowsReader {
  readonly #settings: RowsSettings;
  readonly #blocks: Blocks;
  #scanner: Scanner<Float32Array<ArrayBuffer>> | null = null;
  /** Columns of x. */
  #inputs = 0;
  #rows = 0;
  /** Since the last chunk. */
  #dropped = 0;
  /** What a text ended with, if that was half of a character. */
  #half = "";

  constructor(settings: RowsSettings) {
    this.#settings = settings;
    this.#blocks = new Blocks(settings);
  }

  /** @throws TypeError for what is neither bytes nor text; FormatError for what is no table */
  *read(chunk: Uint8Array | string): Generator<CsvRows, void> {
    const bytes =
      typeof chunk === "string" ? this.#encode(chunk) : checkedBytes(chunk, "chunks", "Uint8Arrays or texts");
    for (const block of this.#blocks.feed(bytes)) yield* this.#rowsOf(block);
  }

  /** @throws FormatError for what is no table, and where there are no rows */
  *end(): Generator<CsvRows, void> {
    for (const block of this.#blocks.feed(encoder.encode(this.#half))) yield* this.#rowsOf(block);
    for (const block of this.#blocks.end()) yield* this.#rowsOf(block);
    if (this.#rows > 0) return;
    if (this.#dropped === 0) throw noRows(this.#blocks.head.names);
    throw malformed("file", "a row without missing cells", new Phrase("none"));
  }

  #encode(chunk: string): Uint8Array {
    const text = this.#half + chunk;
    const last = text.charCodeAt(text.length - 1);
    const halved = last >= 0xd800 && last < 0xdc00;
    this.#half = halved ? text.slice(-1) : "";
    return encoder.encode(halved ? text.slice(0, -1) : text);
  }

  *#rowsOf(block: Block): Generator<CsvRows, void> {
    this.#scanner ??= this.#open(this.#blocks.head);
    const scanned = this.#scanner.scan(block);
    const { numbers, width, missing } = this.#scanner;
    const drops = missing > 0 && this.#settings.missing === "drop";
    const rows = drops ? packComplete(numbers, scanned, width) : scanned;
    this.#rows += rows;
    this.#dropped += scanned - rows;
    if (rows === 0) return;
    const [inputs, outputs] = [this.#inputs, width - this.#inputs];
    const [x, y] = [new Float32Array(rows * inputs), new Float32Array(rows * outputs)];
    for (let row = 0, at = 0, toX = 0, toY = 0; row < rows; row++) {
      for (let i = 0; i < inputs; i++) x[toX++] = numbers[at++] as number;
      for (let i = 0; i < outputs; i++) y[toY++] = numbers[at++] as number;
    }
    const dropped = this.#dropped;
    this.#dropped = 0;
    yield {
      rows,
      x: { shape: [rows, inputs], data: x },
      y: { shape: outputs === 1 ? [rows] : [rows, outputs], data: y },
      dropped,
    };
  }

  /** @throws FormatError for columns that the file does not have, and where none are left for x */
  #open({ names, delimiter }: Head): Scanner<Float32Array<ArrayBuffer>> {
    const { x, y, classes, missing } = this.#settings;
    checkHas(names, [...(x ?? []), ...y, ...classes.keys()]);
    const inputs = x ?? names.filter((name) => !y.includes(name));
    if (inputs.length === 0) throw malformed("file", "a column besides those of y", new Phrase("none"));
    const wanted = [...inputs, ...y];
    const places = new Map(wanted.map((name, place) => [name, place]));
    this.#inputs = inputs.length;
    const plan = {
      names,
      delimiter,
      targets: Int32Array.from(names, (name) => places.get(name) ?? -1),
      width: wanted.length,
      classes: names.map((name) => classes.get(name)),
      allowsMissing: missing !== "error",
      onText: null,
    };
    return new Scanner(plan, this.#settings, Float32Array);
  }
}

/** Moves rows without NaN together. Their number. */
function packComplete(numbers: Float32Array, rows: number, width: number): number {
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const [start, end] = [row * width, (row + 1) * width];
    if (numbers.subarray(start, end).some(Number.isNaN)) continue;
    numbers.copyWithin(kept * width, start, end);
    kept++;
  }
  return kept;
}
