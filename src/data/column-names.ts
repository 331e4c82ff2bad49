/** Names of columns: in options, in files that lack them, and in messages. */
import { Verbatim, wrongType, wrongValue } from "../errors.js";
import { type FormatError, malformed } from "../format-error.js";
import { nearest } from "../options.js";

/** Names of columns: texts, none of them twice. */
export function checkNames(name: string, names: unknown): asserts names is readonly string[] {
  checkTexts(name, names);
  const seen = new Set<string>();
  const twice = names.find((each) => seen.has(each) || !seen.add(each));
  if (twice !== undefined)
    throw wrongValue(name, "each name once", new Verbatim(`${JSON.stringify(twice)} twice`));
}

/** @throws TypeError for what is no array of texts */
export function checkTexts(name: string, texts: unknown): asserts texts is readonly string[] {
  if (!Array.isArray(texts)) throw wrongType(name, "an array of texts", texts);
  for (const text of texts) if (typeof text !== "string") throw wrongType(name, "an array of texts", text);
}

/** @param advice what may help @throws FormatError where a file has no column of a name */
export function checkHas(names: readonly string[], wanted: readonly string[], advice = ""): void {
  const known = new Set(names);
  const absent = wanted.find((name) => !known.has(name));
  if (absent === undefined) return;
  const near = nearest(absent, names);
  const hint = near === null ? "" : ` (is ${JSON.stringify(near)} meant?)`;
  throw malformed(
    "file",
    `a column ${JSON.stringify(absent)}`,
    new Verbatim(someOf(names).text + hint + advice),
  );
}

/** For a file that has names alone, as a path has that was taken for a text, and JSON that is no table. */
export function noTableRows(names: readonly string[]): FormatError {
  const isPath = names.length === 1 && /^\S+\.\w{2,7}$/.test(names[0] as string);
  const isJson = /^\[.*\]$/.test(names.join(","));
  const advice = isPath
    ? ": of a path nothing is read, pass what the file holds"
    : isJson
      ? ': a table in JSON is an array of objects, such as [{"size": 3}]'
      : "";
  return malformed(
    "file",
    "at least one row",
    new Verbatim(`the names ${someOf(names).text} alone${advice}`),
  );
}

/** Names in a message: the first of them where there are many. */
export function someOf(names: readonly (string | number)[]): Verbatim {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name));
  return new Verbatim(shown.join(", ") + (names.length > 20 ? ", …" : ""));
}
