import { describe, Verbatim, wrongType, wrongValue } from "./errors.js";

/** Of every option its value where it is not given, and what refuses any other that it cannot have. */
export type OptionTable<Options> = {
  readonly [Key in keyof Options]: readonly [
    initial: Options[Key],
    check?: (name: string, value: unknown) => void,
  ];
};

/**
 * Every option of a table, as given or initial. undefined stands for "not given".
 *
 * @throws TypeError or RangeError for what is not a plain object, for options that do not exist, and what the checks throw
 */
export function optionsOf<Options extends object>(options: object, table: OptionTable<Options>): Options {
  checkOptions("options", options, Object.keys(table));
  const given = options as Partial<Options>;
  const entries = Object.keys(table).map((name) => {
    const key = name as keyof Options;
    const [initial, check] = table[key];
    const value = given[key] === undefined ? initial : given[key];
    if (value !== initial) check?.(name, value);
    return [name, value];
  });
  return Object.fromEntries(entries) as Options;
}

/** Refuses what is not a plain object of options, and options that do not exist. undefined stands for "not given". */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  const list = known.join(", ");
  if (!isPlainObject(options)) throw wrongType(name, `{ ${list} }`, options);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const hint = near === null ? "" : ` (did you mean "${near}"?)`;
    throw new TypeError(`"${name}": expected options among ${list}, got "${key}"${hint}`);
  }
}

/** Of any realm; a module, a Map, a Generator or an array is none. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && "hasOwnProperty" in (prototype as object))
  );
}

/** Refuses what is none of some words, and names the one that was meant. @param others words that mean one of them elsewhere */
export function checkWord(
  name: string,
  words: readonly string[],
  value: unknown,
  others: Readonly<Record<string, string>> = {},
): void {
  const expected = words.map((word) => JSON.stringify(word)).join(" or ");
  if (typeof value !== "string") throw wrongType(name, expected, value);
  if (words.includes(value)) return;
  throw wrongValue(name, expected, new Verbatim(`${describe(value)}${meantText(value, words, others)}`));
}

/** ` (did you mean "hidden"?)` where one of the known words is near, or one of the others means it, else nothing. */
export function meantText(
  word: string,
  known: readonly string[],
  others: Readonly<Record<string, string>> = {},
): string {
  const near = others[nearest(word, Object.keys(others)) ?? ""] ?? nearest(word, known);
  return near === null ? "" : ` (did you mean ${JSON.stringify(near)}?)`;
}

/** The known word that was meant: the nearest, of the same letters or with two of five wrong at most; no other is as near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const far = (each = "") => editDistance(word, each);
  const [best = "", second] = [...known].sort((a, b) => far(a) - far(b));
  const isNear = 5 * far(best) <= 2 * Math.max(word.length, best.length) || sorted(word) === sorted(best);
  return isNear && far(best) < far(second) ? best : null;
}

function sorted(word: string): string {
  return [...word].sort().join("");
}

/** Insertions, deletions and replacements between two words, case aside (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1]?.toLowerCase() === b[j - 1]?.toLowerCase();
      const replaced = (row[j - 1] as number) + (same ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] as number;
}
