/** Small networks that variants of Rprop are compared on: the encoders of Riedmiller & Braun 1993, XOR and two spirals. */
import type * as Rprop from "../../src/index.js";

/** The library on either core, from source or as published. */
export type Library = typeof Rprop;

export interface NetworkProblem {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly options: Rprop.RpropOptions;
  /** Epochs after which a run counts as not solved. */
  readonly limit: number;
  model(library: Library, generator: Rprop.Generator): Rprop.Sequential;
  /** Whether these outputs are right. */
  solved(outputs: ArrayLike<number>, targets: ArrayLike<number>): boolean;
}

/** Fahlman's criterion "40-20-40": below 0.4 where 0 is wanted, above 0.6 where 1 is. */
const within = (outputs: ArrayLike<number>, targets: ArrayLike<number>) =>
  Array.prototype.every.call(outputs, (output: number, i) =>
    targets[i] === 0 ? output < 0.4 : output > 0.6,
  );

const sameSign = (outputs: ArrayLike<number>, targets: ArrayLike<number>) =>
  Array.prototype.every.call(outputs, (output: number, i) => output * targets[i]! > 0);

/** n patterns of one 1 each, to be passed through fewer hidden units; logistic units, weights from −1 to 1. */
function encoder(n: number, hidden: number, maxStep: number): NetworkProblem {
  const patterns = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  );
  return {
    name: `${n}-${hidden}-${n} encoder, Δmax ${maxStep}`,
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
    solved: within,
  };
}

/** Lang & Witbrock's two spirals (1988): 97 points on either, three turns. */
function spirals(): { rows: number[][]; targets: number[][] } {
  const points = Array.from({ length: 97 }, (_, i) => {
    const [angle, radius] = [(i * Math.PI) / 16, (6.5 * (104 - i)) / 104 / 6.5];
    return [radius * Math.sin(angle), radius * Math.cos(angle)] as const;
  });
  return {
    rows: points.flatMap(([a, b]) => [
      [a, b],
      [-a, -b],
    ]),
    targets: points.flatMap(() => [[1], [-1]]),
  };
}

export const networkProblems: readonly NetworkProblem[] = [
  encoder(10, 5, 50),
  encoder(12, 2, 50),
  encoder(12, 2, 0.5),
  {
    name: "XOR, 2-4-1 tanh",
    rows: [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ],
    targets: [[-1], [1], [1], [-1]],
    options: { stepSizes: [1e-6, 1] },
    limit: 500,
    model: ({ Linear, Sequential, Tanh }, generator) =>
      new Sequential(new Linear(2, 4, { generator }), new Tanh(), new Linear(4, 1, { generator })),
    solved: sameSign,
  },
  {
    name: "two spirals, 2-40-40-1 tanh",
    ...spirals(),
    options: { lr: 0.01, stepSizes: [1e-6, 0.05] },
    limit: 5000,
    model({ Linear, Sequential, Tanh }, generator) {
      const layer = (from: number, to: number) => new Linear(from, to, { generator });
      const model = new Sequential(layer(2, 40), new Tanh(), layer(40, 40), new Tanh(), layer(40, 1));
      // Points lie within 1: first weights of a few units let the hidden ones fold the plane from the beginning.
      const first = model.parameters()[0]!.data;
      first.set(first.map((w) => 5 * w));
      return model;
    },
    solved: sameSign,
  },
];

/** The epochs until a network gets all of its problem right, or null where the limit came first. */
export function epochsToSolve(
  library: Library,
  problem: NetworkProblem,
  variant: Rprop.RpropVariant,
  seed: number,
): number | null {
  const { Generator, MSELoss, Rprop } = library;
  const model = problem.model(library, new Generator(seed));
  const criterion = new MSELoss({ reduction: "sum" });
  const optimizer = new Rprop(model.parameters(), { ...problem.options, variant });
  const targets = problem.targets.flat();
  const [x, y] = [library.tensor(problem.rows as number[][]), library.tensor(problem.targets as number[][])];
  let solvedAt: number | null = null;
  for (let epoch = 0; epoch <= problem.limit && solvedAt === null; epoch++) {
    optimizer.zeroGrad();
    const output = model.forward(x);
    if (problem.solved(output.data, targets)) solvedAt = epoch;
    const loss = criterion.forward(output, y);
    loss.backward();
    optimizer.step(loss);
  }
  for (const owner of [model, criterion, optimizer]) owner.dispose();
  return solvedAt;
}
