/** The encoders of Riedmiller & Braun 1993: of the library's modules, and in float64; what others report of them. */
import type { Objective, RpropVariant } from "../../src/index.js";
import type { Library, NetworkProblem } from "./networks.js";

/** Results of others, as the tables show them. */
export interface Report {
  readonly source: string;
  readonly results: Readonly<Partial<Record<RpropVariant, string>>>;
}

export interface Encoder extends NetworkProblem {
  /** Patterns, inputs and outputs. */
  readonly n: number;
  readonly hidden: number;
  readonly reports: readonly Report[];
}

/** n patterns of one 1 each, to be passed through fewer hidden units; logistic units, weights and biases from −1 to 1. */
function encoder(n: number, hidden: number, maxStep: number, reports: readonly Report[]): Encoder {
  const patterns = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  );
  return {
    name: `${n}-${hidden}-${n} encoder, Δmax ${maxStep}`,
    n,
    hidden,
    reports,
    rows: patterns,
    targets: patterns,
    options: { lr: 0.1, stepSizes: [1e-6, maxStep] },
    limit: 3000,
    model({ Linear, Sequential, Sigmoid }, generator) {
      const model = new Sequential(
        new Linear(n, hidden),
        new Sigmoid(),
        new Linear(hidden, n),
        new Sigmoid(),
      );
      for (const { data } of model.parameters())
        data.set(generator.rand(data.length).data.map((u) => 2 * u - 1));
      return model;
    },
    solved: ({ data }, targets) => data.every((output, i) => isRight(output, targets[i]!)),
  };
}

/** Fahlman's criterion "40-20-40": below 0.4 where 0 is wanted, above 0.6 where 1 is. */
function isRight(output: number, target: number): boolean {
  return target === 0 ? output < 0.4 : output > 0.6;
}

/** Averages of Rprop with weight-backtracking, Δ0 = 0.1. */
const paper = (epochs: number): Report => ({
  source: "Riedmiller & Braun 1993, recalled",
  results: { "rprop+": `${epochs}` },
});
/** Another implementation of the same problem. */
const rerun = (results: Report["results"]): Report => ({ source: "independent re-run in float64", results });
const anyVariant = "10–37 %"; // the range of all it tried

export const encoders: readonly Encoder[] = [
  encoder(10, 5, 50, [paper(30), rerun({ "irprop-": "98 % in 25 ± 5" })]),
  encoder(12, 2, 50, [paper(367), rerun({ "irprop-": anyVariant, "rprop+": anyVariant })]),
  encoder(12, 2, 0.5, [paper(367), rerun({ "irprop-": "99 % in 481 ± 206", "rprop+": "91 % in 897" })]),
];

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** σ′(x), of an argument and its logistic function. */
export type Slope = (x: number, y: number) => number;

/** As the library and most others have it: exactly 0 where y rounds to 1, from x = 37 on, in float32 from 17 on. */
export const slopeOfOutput: Slope = (_, y) => y * (1 - y);

/** Without that cancellation. */
export const slopeOfArgument: Slope = (x) => {
  const z = Math.exp(-Math.abs(x));
  return z / ((1 + z) * (1 + z));
};

/** The sum of squared errors as a function of the weights, in the order of the model's parameters. */
export function encoderObjective({ n, hidden }: Encoder, slope: Slope) {
  const [hiddenBias, second] = [n * hidden, n * hidden + hidden];
  const outputBias = second + n * hidden;
  let solved = false;
  const objective: Objective<Float64Array> = (w, gradient) => {
    gradient.fill(0);
    let sum = 0;
    solved = true;
    for (let pattern = 0; pattern < n; pattern++) {
      const x = Array.from({ length: hidden }, (_, j) => w[j * n + pattern]! + w[hiddenBias + j]!);
      const y = x.map(logistic);
      const back = y.map(() => 0);
      for (let k = 0; k < n; k++) {
        const weights = second + k * hidden;
        const net = y.reduce((total, value, j) => total + value * w[weights + j]!, w[outputBias + k]!);
        const output = logistic(net);
        const target = k === pattern ? 1 : 0;
        solved &&= isRight(output, target);
        sum += (output - target) ** 2;
        const delta = 2 * (output - target) * slope(net, output);
        gradient[outputBias + k]! += delta;
        for (let j = 0; j < hidden; j++) {
          gradient[weights + j]! += delta * y[j]!;
          back[j]! += delta * w[weights + j]!;
        }
      }
      for (let j = 0; j < hidden; j++) {
        const delta = back[j]! * slope(x[j]!, y[j]!);
        gradient[j * n + pattern]! += delta;
        gradient[hiddenBias + j]! += delta;
      }
    }
    return sum;
  };
  return { objective, isSolved: () => solved };
}

/** As epochsToSolve, in float64 and by minimize, from the same weights. */
export function epochsInFloat64(
  library: Library,
  problem: Encoder,
  slope: Slope,
  variant: RpropVariant,
  seed: number,
): number | null {
  const model = problem.model(library, new library.Generator(seed));
  const start = model.parameters().flatMap((parameter) => parameter.toArray());
  model.dispose();
  const { objective, isSolved } = encoderObjective(problem, slope);
  const { iterations } = library.minimize(objective, start, {
    lr: problem.options.lr!,
    stepSizes: problem.options.stepSizes!,
    variant,
    maxIterations: problem.limit,
    stepTolerance: 0,
    onIteration: () => !isSolved(),
  });
  return isSolved() ? iterations : null;
}
