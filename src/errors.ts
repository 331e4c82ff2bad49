/**
 * Every message is worded here. TypeError for the wrong kind and RangeError for a wrong value or length: what,
 * expectation, what came. Error for the wrong moment: what, and what to do.
 */

export function wrongType(name: string, expected: string, got: unknown): TypeError {
  return new TypeError(`"${name}": expected ${expected}, got ${describe(got)}`);
}

/** got is worded by the caller, or a value to be described. */
export function wrongValue(name: string, expected: string, got: unknown): RangeError {
  return new RangeError(`"${name}": expected ${expected}, got ${describe(got)}`);
}

/** A phrase that is to stand in a message as it is: describe leaves it unquoted. */
export class Phrase {
  constructor(readonly text: string) {}
}

/** For the first of some numbers, in rows of so many columns from row first on, that is NaN or infinite. */
export function notFinite(name: string, values: ArrayLike<number>, columns: number, first = 0): RangeError {
  let i = 0;
  while (Number.isFinite(values[i])) i++;
  const where = `row ${first + Math.floor(i / columns)}, column ${i % columns}`;
  return new RangeError(`"${name}": ${where} is ${values[i]}`);
}

export function noRows(name: string): RangeError {
  return wrongValue(name, "at least one row", new Phrase("none"));
}

/** For a gradient of so many numbers, of which count are NaN or infinite. */
export function nonFiniteGradient(name: string, count: number, length: number): RangeError {
  const got = new Phrase(`${count} of ${length} that are not`);
  return wrongValue(`${name}.grad`, `finite gradients under nonFinite: "throw"`, got);
}

export function exhausted(bytes: number): RangeError {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  return new RangeError(
    `memory is exhausted: no room for ${megabytes} MiB more; dispose() of what is no longer needed`,
  );
}

/** For memory that is used after its owner has freed it. */
export function released(): Error {
  return new Error("this memory was released by dispose()");
}

export function disposed(what: string): Error {
  return new Error(`${what} was disposed`);
}

/** For what lives until the next forward of its maker. */
export function stale(what: string, maker: string, advice: string): Error {
  return new Error(`this ${what} is stale: its ${maker} has run forward again since. ${advice}`);
}

/** A shape in a message. */
export function ofShape(shape: readonly number[]): Phrase {
  return new Phrase(`shape [${shape.join(", ")}]`);
}

/** A count in a message, such as 1 row or 3 rows. */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** How a value that should not have come is named in a message. */
export function describe(value: unknown): string {
  if (value instanceof Phrase) return value.text;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    const type: unknown = value.constructor;
    const name = typeof type === "function" && type !== Object ? type.name : "";
    return name === "" ? "an object" : `${/^([AEIOU]|[FLMNRS][A-Z\d])/.test(name) ? "an" : "a"} ${name}`;
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

export function checkPositiveInteger(name: string, value: unknown): void {
  if (typeof value !== "number") throw wrongType(name, "a whole number of at least 1", value);
  if (!Number.isSafeInteger(value) || value < 1)
    throw wrongValue(name, "a whole number of at least 1", value);
}

export function checkSeed(seed: unknown): void {
  if (typeof seed !== "number") throw wrongType("seed", "a whole number", seed);
  if (!Number.isSafeInteger(seed)) throw wrongValue("seed", "a whole number within ±(2^53 − 1)", seed);
}

export function checkFinite(name: string, value: unknown): void {
  if (typeof value !== "number") throw wrongType(name, "a finite number", value);
  if (!Number.isFinite(value)) throw wrongValue(name, "a finite number", value);
}

/** round: to the precision that the value is used in; float64 where it is left out. */
export function checkNonNegative(name: string, value: unknown, round = (exact: number) => exact): void {
  const expected = "a finite number of at least 0";
  if (typeof value !== "number") throw wrongType(name, expected, value);
  if (!(value >= 0 && round(value) < Infinity)) throw wrongValue(name, expected, value);
}

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") throw wrongType(name, "true or false", value);
}

export function checkChoice(name: string, choices: readonly string[], value: unknown): void {
  const expected = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  if (typeof value !== "string") throw wrongType(name, expected, value);
  if (!choices.includes(value)) throw wrongValue(name, expected, value);
}

/** Refuses what is not a plain object of options, and options that do not exist. undefined stands for "not given". */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  if (!isPlainObject(options)) throw wrongType(name, "an object of options", options);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const [nearest] = [...known].sort((a, b) => editDistance(key, a) - editDistance(key, b));
    throw new TypeError(
      `"${name}": expected options among ${known.join(", ")}, got "${key}" (did you mean "${nearest}"?)`,
    );
  }
}

/** Of any realm; a Map, a Generator or an array is none. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && "hasOwnProperty" in (prototype as object))
  );
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
