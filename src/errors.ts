/**
 * Every message is worded here. TypeError for the wrong kind and RangeError for a wrong value or length: what,
 * expectation, what came. Error for the wrong moment: what, and what to do.
 */

export function wrongType(name: string, expected: string, got: unknown): TypeError {
  return new TypeError(`"${name}": expected ${expected}, got ${describe(got)}`);
}

/** For what is no instance of a class of this library, of which there may be copies: what is of one is not of another. */
export function notOurs(name: string, expected: string, got: unknown): TypeError {
  const described = describe(got);
  // A class begins with a capital.
  const advice = /^an? [A-Z]/.test(described)
    ? " (rprop/js is another copy, and what require loads may be one)"
    : "";
  return wrongType(name, expected, new Verbatim(described + advice));
}

/** got is worded by the caller, or a value to be described. */
export function wrongValue(name: string, expected: string, got: unknown): RangeError {
  return new RangeError(`"${name}": expected ${expected}, got ${describe(got)}`);
}

/** A phrase that is to stand in a message as it is: describe leaves it unquoted. */
export class Verbatim {
  constructor(readonly text: string) {}
}

/** For the first of some numbers, in rows of so many columns from row first on, that is NaN or infinite. */
export function notFinite(name: string, values: ArrayLike<number>, columns: number, first = 0): RangeError {
  let i = 0;
  while (Number.isFinite(values[i])) i++;
  const value = `${values[i]}`;
  const beyond = value === "NaN" ? "" : ", beyond what float32 holds";
  return new RangeError(`"${name}": ${placeOf(i, columns, first)} is ${value}${beyond}`);
}

/** Where the number at index i stands, in rows of so many columns from row first on. */
export function placeOf(i: number, columns: number, first: number): string {
  return `row ${first + Math.floor(i / columns)}, column ${i % columns}`;
}

export function noRows(name: string): RangeError {
  return wrongValue(name, "at least one row", new Verbatim("none"));
}

/** For a gradient of so many numbers, of which count are NaN or infinite. */
export function nonFiniteGradient(name: string, count: number, length: number): RangeError {
  const got = new Verbatim(`${count} of ${length} that are not`);
  return wrongValue(`${name}.grad`, `finite gradients under nonFinite: "throw"`, got);
}

export function exhausted(bytes: number): RangeError {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  return new RangeError(
    `memory is exhausted: no room for ${megabytes} MiB more; dispose() of what is no longer needed`,
  );
}

/** Whether it is an error of {@link exhausted}, of this bundle or another: a class would be another one there. */
export function isExhausted(error: unknown): boolean {
  return error instanceof RangeError && error.message.startsWith("memory is exhausted");
}

/** For memory that is used after its owner has freed it. */
export function releasedError(): Error {
  return new Error("this memory was released by dispose()");
}

export function disposed(what: string): Error {
  return new Error(`${what} was disposed`);
}

/** For what lives until the next forward of its maker. */
export function stale(what: string, maker: string, advice: string): Error {
  return new Error(`this ${what} is stale: its ${maker} has run forward again since. ${advice}`);
}

/** The words of a warning, not of an error: WebAssembly is available and refuses. */
export function fallback(error: unknown): string {
  return (
    `rprop computes in JavaScript, slower and with the same results: WebAssembly does not start (${error}). Allow it, in a ` +
    `Content-Security-Policy by script-src 'wasm-unsafe-eval', or import "rprop/js"`
  );
}

/** A shape in a message. */
export function shapeText(shape: readonly number[]): Verbatim {
  return new Verbatim(`shape [${shape.join(", ")}]`);
}

/** A count in a message, such as 1 row or 3 rows. */
export function pluralize(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** How a value that should not have come is named in a message. */
export function describe(value: unknown): string {
  if (value instanceof Verbatim) return value.text;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function")
    return /^class/.test(`${value}`) ? 'a class (did you forget "new"?)' : "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    const type = value.constructor as { name?: string } | undefined;
    const name = type === Object ? "" : type?.name;
    if (isDetached(value)) return `a detached ${name} (transferred, or kept while memory grew?)`;
    if (!name) return "an object";
    return `${/^([AEIO]|U(?!int)|[FLMNRS][A-Z\d]|Rp)/.test(name) ? "an" : "a"} ${name}`;
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Whether an array, a view or a buffer has lost its memory. Engines have ArrayBuffer.prototype.detached only since 2023. */
export function isDetached(value: { buffer?: unknown }): boolean {
  const buffer = (value.buffer ?? value) as ArrayBuffer;
  try {
    return buffer.byteLength === 0 && !new Uint8Array(buffer);
  } catch {
    return true;
  }
}

/** Refuses what is no number, and a number that does not hold. */
export function checkNumber(
  name: string,
  expected: string,
  value: unknown,
  holds: (value: number) => boolean,
): void {
  if (typeof value !== "number") throw wrongType(name, expected, value);
  if (!holds(value)) throw wrongValue(name, expected, value);
}

/** Refuses numbers of which one does not hold. */
export function checkEach(
  name: string,
  expected: string,
  values: Float32Array,
  holds: (value: number) => boolean,
): void {
  const bad = values.find((value) => !holds(value));
  if (bad !== undefined) throw wrongValue(name, expected, bad);
}

export function checkPositiveInteger(name: string, value: unknown): void {
  checkNumber(name, "a whole number of at least 1", value, (n) => Number.isSafeInteger(n) && n >= 1);
}

export function checkSeed(seed: unknown): void {
  if (typeof seed !== "number") throw wrongType("seed", "a whole number", seed);
  if (!Number.isSafeInteger(seed)) throw wrongValue("seed", "a whole number within ±(2^53 − 1)", seed);
}

export function checkFinite(name: string, value: unknown): void {
  checkNumber(name, "a finite number", value, Number.isFinite);
}

/** round: to the precision that the value is used in; float64 where it is left out. */
export function checkNonNegative(name: string, value: unknown, round = (exact: number) => exact): void {
  checkNumber(name, "a finite number of at least 0", value, (n) => n >= 0 && round(n) < Infinity);
}

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") throw wrongType(name, "true or false", value);
}

export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") throw wrongType(name, "a function", value);
}

export function checkChoice(name: string, choices: readonly string[], value: unknown): void {
  const expected = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  if (typeof value !== "string") throw wrongType(name, expected, value);
  if (!choices.includes(value)) throw wrongValue(name, expected, value);
}
