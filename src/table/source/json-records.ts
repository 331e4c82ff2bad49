/** JSON lines, and JSON arrays of objects, read piece by piece: one state machine cuts either into objects. */

import { Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { isPlainObject } from "../../options.js";

/** A row by the names of its columns; an object within it has names such as address.city. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether bytes begin as JSON lines or an array of objects do; a table of CSV may begin with a bracket, too. */
export function isJson(head: Uint8Array): boolean {
  const text = Array.from(head.subarray(0, 64), (byte) => String.fromCharCode(byte)).join("");
  return /^(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*(?:\{|\]\s*$))/.test(text);
}

/** @throws FormatError, with the number of the row, for what are no objects */
export async function* jsonRecords(
  chunks: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<JsonRecord[], void> {
  const splitter = new ObjectSplitter();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of chunks) {
    const records = splitter.add(typeof chunk === "string" ? chunk : decoded(decoder, chunk));
    if (records.length > 0) yield records;
  }
  const records = splitter.add(decoded(decoder));
  if (records.length > 0) yield records;
  splitter.end();
}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw malformed("file", "JSON in UTF-8", new Verbatim("other bytes"), error);
  }
}

/** Finds the ends of objects: braces that are closed, outside of strings. */
class ObjectSplitter {
  #text = "";
  #at = 0;
  #start = -1;
  #depth = 0;
  #inString = false;
  #records = 0;

  add(piece: string): JsonRecord[] {
    this.#text += piece;
    const found: JsonRecord[] = [];
    const marks = /["\\{}[\]]|[^\s,"\\{}[\]]+/g;
    marks.lastIndex = this.#at;
    for (let match = marks.exec(this.#text); match !== null; match = marks.exec(this.#text)) {
      const mark = match[0];
      if (this.#inString) {
        if (mark === "\\") {
          if (match.index + 1 >= this.#text.length) break; // what it escapes is in the next piece
          marks.lastIndex = match.index + 2;
        } else if (mark === '"') this.#inString = false;
      } else if (this.#depth === 0) this.#outside(mark, match.index);
      else if (mark === '"') this.#inString = true;
      else if (mark === "{" || mark === "[") this.#depth++;
      else if ((mark === "}" || mark === "]") && --this.#depth === 0)
        found.push(this.#record(this.#text.slice(this.#start, marks.lastIndex)));
      this.#at = marks.lastIndex;
    }
    const keep = this.#depth > 0 ? this.#start : this.#at;
    this.#text = this.#text.slice(keep);
    this.#at -= keep;
    this.#start -= keep;
    return found;
  }

  /** Between objects, brackets and commas are passed over, and nothing else. */
  #outside(mark: string, index: number): void {
    if (mark === "{") {
      this.#depth = 1;
      this.#start = index;
    } else if (mark !== "[" && mark !== "]")
      throw malformed(`row ${this.#records + 1}`, 'a JSON object such as {"size": 3}', mark);
  }

  #record(text: string): JsonRecord {
    this.#records++;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw malformed(`row ${this.#records}`, "a JSON object", new Verbatim((error as Error).message), error);
    }
  }

  end(): void {
    if (this.#depth > 0)
      throw malformed(
        `row ${this.#records + 1}`,
        "an object that is closed",
        new Verbatim("the end of the file"),
      );
  }
}

/** The cells of a record, with those of objects within it beside them. */
export function flatCells(record: JsonRecord, prefix = ""): [name: string, value: unknown][] {
  return Object.entries(record).flatMap(([name, value]): [string, unknown][] =>
    isPlainObject(value) ? flatCells(value as JsonRecord, `${prefix}${name}.`) : [[prefix + name, value]],
  );
}
