/** Reads NIST's files of nonlinear regression sets, and says how many digits of a result are right. */

export interface NonlinearSet {
  readonly name: string;
  /** NIST's two starting points: far from the certified values, and near. */
  readonly starts: readonly [number[], number[]];
  readonly certified: readonly number[];
  /** The certified residual sum of squares. */
  readonly residual: number;
  readonly y: readonly number[];
  /** One array of predictors for each y. */
  readonly x: readonly number[][];
}

export function parseSet(text: string): NonlinearSet {
  const name = /^Dataset Name:\s+(\S+)/m.exec(text)?.[1];
  const parameters = [...text.matchAll(/^ *b\d+ *= +(\S+) +(\S+) +(\S+) +\S+ *$/gm)].map((match) =>
    match.slice(1, 4).map(Number),
  );
  const residual = Number(/^Residual Sum of Squares: +(\S+)/m.exec(text)?.[1]);
  const [, table = ""] = text.split(/^Data: +y +x.*$/m);
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const count = Number(/(\d+) +Observations?/.exec(text)?.[1]);
  if (
    name === undefined ||
    parameters.length === 0 ||
    rows.length !== count ||
    rows.flat().some(Number.isNaN)
  )
    throw new Error(`${name ?? "a file"} is not one of NIST's nonlinear sets as this program reads them`);
  const column = (i: number) => parameters.map((row) => row[i]!);
  return {
    name,
    starts: [column(0), column(1)],
    certified: column(2),
    residual,
    y: rows.map((row) => row[0]!),
    x: rows.map((row) => row.slice(1)),
  };
}

/** y first, a line of names above. */
export function parseCsv(text: string): { y: number[]; x: number[][] } {
  const rows = text
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",").map(Number));
  return { y: rows.map((row) => row[0]!), x: rows.map((row) => row.slice(1)) };
}

/** −log₁₀ of the largest relative error, NIST's LRE: at least 0, at most the digits that are certified. */
export function digits(values: ArrayLike<number>, certified: readonly number[], most: number): number {
  const each = certified.map((value, i) => -Math.log10(Math.abs(values[i]! - value) / Math.abs(value)));
  const least = Math.min(...each);
  return Number.isNaN(least) ? 0 : Math.max(0, Math.min(most, least));
}
