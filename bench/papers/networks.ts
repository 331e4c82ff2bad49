/** Small networks that variants of Rprop are compared on: XOR, two spirals and Fisher's iris; encoders have their own file. */
import type * as Rprop from "../../src/index.js";

/** The library on either core, from source or as published. */
export type Library = typeof Rprop;

export interface NetworkProblem {
  readonly name: string;
  readonly rows: number[][];
  /** Rows as wide as the outputs, or the index of each row's class. */
  readonly targets: number[] | number[][];
  readonly options: Rprop.RpropOptions;
  /** Epochs after which a run counts as not solved. */
  readonly limit: number;
  model(library: Library, generator: Rprop.Generator): Rprop.Sequential;
  /** Default: the sum of squared errors. */
  criterion?(library: Library): Rprop.CrossEntropyLoss;
  /** Whether these outputs are right. */
  solved(output: Rprop.Tensor, targets: readonly number[], library: Library): boolean;
}

const sameSign: NetworkProblem["solved"] = ({ data }, targets) =>
  data.every((output, i) => output * targets[i]! > 0);

/** Lang & Witbrock's two spirals (1988): 97 points on either, three turns. */
function spirals(): { rows: number[][]; targets: number[] } {
  const points = Array.from({ length: 97 }, (_, i) => {
    const [angle, radius] = [(i * Math.PI) / 16, (6.5 * (104 - i)) / 104 / 6.5];
    return [radius * Math.sin(angle), radius * Math.cos(angle)] as const;
  });
  return {
    rows: points.flatMap(([a, b]) => [
      [a, b],
      [-a, -b],
    ]),
    targets: points.flatMap(() => [1, -1]),
  };
}

interface Flowers {
  /** Four measures of each. */
  readonly rows: number[][];
  /** The index of its species. */
  readonly targets: number[];
}

/** Reads examples/data/iris.csv. */
export function parseFlowers(text: string): Flowers {
  const table = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const species = [...new Set(table.map((row) => row[4]))];
  return {
    rows: table.map((row) => row.slice(0, 4).map(Number)),
    targets: table.map((row) => species.indexOf(row[4])),
  };
}

/** Raw centimetres in, logits of the species out; options are Rprop's defaults. */
function classifier(iris: Flowers, right: number, limit: number): NetworkProblem {
  return {
    name: `iris, 4-8-3 tanh, ${right} of 150 right`,
    ...iris,
    options: {},
    limit,
    model: ({ Linear, Normalization, Sequential, Tanh }, generator) =>
      new Sequential(
        new Normalization(iris.rows),
        new Linear(4, 8, { generator }),
        new Tanh(),
        new Linear(8, 3, { generator }),
      ),
    criterion: ({ CrossEntropyLoss }) => new CrossEntropyLoss(),
    solved: (output, targets, { argmax }) =>
      argmax(output).filter((index, row) => index === targets[row]).length >= right,
  };
}

export const networkProblems = (iris: Flowers): readonly NetworkProblem[] => [
  {
    name: "XOR, 2-4-1 tanh",
    rows: [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ],
    targets: [-1, 1, 1, -1],
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
  classifier(iris, 148, 200), // linear discriminant analysis has 147
  classifier(iris, 150, 500),
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
  const criterion = problem.criterion?.(library) ?? new MSELoss({ reduction: "sum" });
  const optimizer = new Rprop(model.parameters(), { ...problem.options, variant });
  const targets = problem.targets.flat();
  const [x, y] = [library.tensor(problem.rows), library.tensor(problem.targets)];
  let solvedAt: number | null = null;
  for (let epoch = 0; epoch <= problem.limit && solvedAt === null; epoch++) {
    optimizer.zeroGrad();
    const output = model.forward(x);
    if (problem.solved(output, targets, library)) solvedAt = epoch;
    const loss = criterion.forward(output, y);
    loss.backward();
    optimizer.step(loss);
  }
  for (const owner of [model, criterion, optimizer]) owner.dispose();
  return solvedAt;
}
