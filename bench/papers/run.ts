/**
 * npm run papers [-- --nist FOLDER --limit STEPS --seeds SEEDS]: what Rprop reaches on the functions of the literature, on
 * NIST's regression sets where their files are in FOLDER (default: the few in tests/fixtures/nist), and on small networks
 * from so many seeds (default: none). Prints the tables of docs/PAPERS.md.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as rprop from "rprop";
import { type MinimizeOptions, minimize, type RpropVariant } from "rprop";
import { type Encoder, encoders, epochsInFloat64, slopeOfArgument, slopeOfOutput } from "./encoders.js";
import { functions, type TestFunction } from "./functions.js";
import { LINEAR_OPTIONS, leastSquares, linearSets } from "./linear.js";
import { models } from "./models.js";
import {
  epochsToSolve,
  type Library,
  type NetworkProblem,
  networkProblems,
  parseFlowers,
} from "./networks.js";
import { digits, parseCsv, parseSet } from "./nist.js";
import { coarse, type Objective, sumOfSquares } from "./nonlinear.js";

const VARIANTS: readonly RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

const { values } = parseArgs({
  options: {
    nist: { type: "string", default: "tests/fixtures/nist" },
    limit: { type: "string", default: "100000" },
    seeds: { type: "string", default: "0" },
  },
});
const folder = values.nist;
const LIMIT = Number(values.limit);
const seeds = Number(values.seeds);

const count = (value: number | null) => (value === null ? "—" : value.toLocaleString("en"));
function print(title: string, head: readonly string[], rows: Iterable<readonly string[]>): void {
  console.log(`\n## ${title}\n`);
  const write = (row: readonly string[]) => console.log(`| ${row.join(" | ")} |`);
  write(head);
  write(head.map((_, i) => (i === 0 ? "---" : "---:")));
  for (const row of rows) write(row); // as they are found
}

/** Steps to a value of 1e-6, or null. */
function steps({ fn, start }: TestFunction, options: MinimizeOptions): number | null {
  const result = minimize(fn, start, {
    targetValue: 1e-6,
    stepTolerance: 0,
    maxIterations: LIMIT,
    ...options,
  });
  return result.stopReason === "target" ? result.iterations : null;
}

/** Gradient descent with one learning rate, the same way. */
function descend({ fn, start }: TestFunction, rate: number, limit: number): number | null {
  const [x, gradient] = [Float64Array.from(start), new Float64Array(start.length)];
  for (let step = 0; step <= limit; step++) {
    const value = fn(x, gradient);
    if (value <= 1e-6) return step;
    if (!(value < 1e12)) return null;
    for (let i = 0; i < x.length; i++) x[i]! -= rate * gradient[i]!;
  }
  return null;
}

/** The best of 1, 1.5, 2, 3, 5, 7 · 10⁻⁷ … 10⁰. */
function bestDescent(problem: TestFunction): { rate: number; steps: number } | null {
  let best: { rate: number; steps: number } | null = null;
  for (let power = -7; power <= 0; power++) {
    for (const factor of [1, 1.5, 2, 3, 5, 7]) {
      const rate = Number(`${factor}e${power}`);
      const taken = descend(problem, rate, (best?.steps ?? LIMIT + 1) - 1);
      if (taken !== null) best = { rate, steps: taken };
    }
  }
  return best;
}

print(
  `Steps to a value of 10⁻⁶ (— is more than ${count(LIMIT)})`,
  ["function", ...VARIANTS, "gradient descent", "its best rate"],
  functions.map((problem) => {
    const descent = bestDescent(problem);
    const rprop = VARIANTS.map((variant) => count(steps(problem, { variant })));
    return [
      problem.name,
      ...rprop,
      count(descent?.steps ?? null),
      descent === null ? "—" : `${descent.rate}`,
    ];
  }),
);

interface Regression {
  objective: Objective;
  start: readonly number[];
  coefficients: (w: ArrayLike<number>) => ArrayLike<number>;
  certified: readonly number[];
  most: number;
  options: MinimizeOptions;
}

/** Digits, and the steps taken; fewer than 3 digits are a failure. */
function regress(
  { objective, start, coefficients, certified, most, options }: Regression,
  variant: RpropVariant,
): string {
  const { x, iterations, stopReason } = minimize(coarse(objective), start, {
    ...options,
    maxIterations: LIMIT,
    variant,
  });
  const right = digits(coefficients(x), certified, most);
  const cell = `${right.toFixed(1)} (${count(iterations)}${stopReason === "limit" ? ", limit" : ""})`;
  return right >= 3 ? cell : `**failed:** ${cell}`;
}

const linear = Object.entries(linearSets).filter(([, { file }]) => existsSync(join(folder, `${file}.csv`)));
print(
  "NIST, linear: digits (steps)",
  ["set", "condition", ...VARIANTS],
  linear.map(([name, set]) => {
    const problem = leastSquares(set, parseCsv(readFileSync(join(folder, `${set.file}.csv`), "utf8")));
    const start = Array<number>(problem.weights).fill(0);
    const task = { ...problem, start, certified: set.certified, most: 15, options: LINEAR_OPTIONS };
    const condition = count(Number(problem.condition.toPrecision(2)));
    return [name, condition, ...VARIANTS.map((variant) => regress(task, variant))];
  }),
);

function* nonlinear(): Iterable<string[]> {
  const files = new Set(readdirSync(folder));
  for (const name of Object.keys(models).filter((model) => files.has(`${model}.dat`))) {
    const set = parseSet(readFileSync(join(folder, `${name}.dat`), "utf8"));
    for (const [i, start] of set.starts.entries()) {
      const task = {
        objective: sumOfSquares(set, start),
        start: start.map(() => 1),
        coefficients: (u: ArrayLike<number>) => start.map((value, p) => value * u[p]!),
        certified: set.certified,
        most: 11,
        options: { stepSizes: [1e-14, 50] as const },
      };
      yield [`${name}, ${i + 1}`, ...VARIANTS.map((variant) => regress(task, variant))];
    }
  }
}

print("NIST, nonlinear: digits (steps)", ["set, start", ...VARIANTS], nonlinear());

/** The share of seeds that solve a problem, and the mean and deviation of their epochs. */
function solved(run: (variant: RpropVariant, seed: number) => number | null, variant: RpropVariant): string {
  const runs = Array.from({ length: seeds }, (_, seed) => run(variant, seed));
  const epochs = runs.filter((epoch) => epoch !== null);
  if (epochs.length === 0) return "0 %";
  const mean = epochs.reduce((sum, epoch) => sum + epoch, 0) / epochs.length;
  const deviation = Math.sqrt(epochs.reduce((sum, epoch) => sum + (epoch - mean) ** 2, 0) / epochs.length);
  const share = Math.round((100 * epochs.length) / seeds);
  return `${share} % in ${mean.toFixed(0)} ± ${deviation.toFixed(0)}`;
}

const library = rprop as unknown as Library;
function row(problem: NetworkProblem): string[] {
  const run = (variant: RpropVariant, seed: number) => epochsToSolve(library, problem, variant, seed);
  return [problem.name, ...VARIANTS.map((variant) => solved(run, variant))];
}

/** An encoder's row, the same in float64, and what others report. */
function* rows(encoder: Encoder): Iterable<string[]> {
  yield row(encoder);
  const slopes = { "in float64": slopeOfOutput, "in float64, σ′ from its argument": slopeOfArgument };
  for (const [name, slope] of Object.entries(slopes)) {
    const run = (variant: RpropVariant, seed: number) =>
      epochsInFloat64(library, encoder, slope, variant, seed);
    yield [`– ${name}`, ...VARIANTS.map((variant) => solved(run, variant))];
  }
  for (const { source, results } of encoder.reports)
    yield [`– ${source}`, ...VARIANTS.map((variant) => results[variant] ?? "")];
}

function* encoderRows(): Iterable<string[]> {
  for (const encoder of encoders) yield* rows(encoder);
}

if (seeds > 0) {
  print(`Encoders: solved from ${seeds} seeds, epochs`, ["encoder", ...VARIANTS], encoderRows());
  const iris = parseFlowers(readFileSync(new URL("../../examples/data/iris.csv", import.meta.url), "utf8"));
  const networks = networkProblems(iris).map(row);
  print(`Networks: solved from ${seeds} seeds, epochs`, ["network", ...VARIANTS], networks);
}
