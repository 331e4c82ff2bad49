import {
  ACTIVATIONS,
  Ensemble,
  GELU,
  Generator,
  Linear,
  type Module,
  Normalization,
  ReLU,
  Sequential,
  Sigmoid,
  Softplus,
  Tanh,
} from "../../src/index.js";
import { ACTIVATION_OPTIONS, type ActivationName } from "../../src/nn/activation-kinds.js";
import { generator, mixed } from "../core/numbers.js";

const seeded = new Generator(1);
const linear = (ins: number, outs: number, bias = true) => new Linear(ins, outs, { bias, generator: seeded });

/** Every kind, and those with an option with another value of it too. */
const activations = (): [string, Module][] => [
  ...Object.entries(ACTIVATIONS).map(([name, Activation]): [string, Module] => [name, new Activation()]),
  ...Object.entries(ACTIVATION_OPTIONS).map(([name, options]): [string, Module] => {
    const Activation: new (options: never) => Module = ACTIVATIONS[name as ActivationName];
    const others = Object.fromEntries(Object.keys(options).map((option) => [option, -3]));
    return [`${name}(-3)`, new Activation(others as never)];
  }),
];

const rows = [
  [1, 1000, -2],
  [2, 3000, -4],
  [3, 2500, 1e6],
];

/** A Linear whose numbers are of every kind that float32 has. */
function strange(): Linear {
  const model = new Linear(3, 4);
  const random = generator(2);
  model.loadStateDict({
    weight: Array.from({ length: 4 }, () => mixed(random, 3, 0.5)),
    bias: [NaN, -0, Infinity, 2 ** -149],
  });
  return model;
}

/** Gives every number as it is: mean 0, std 1. */
const identity = (columns: number) =>
  new Normalization([-1, 1].map((value) => new Array(columns).fill(value)));

/** Every activation behind a module that gives every number as it is. */
export const alone: readonly { name: string; model: Module }[] = activations().map(([name, activation]) => ({
  name,
  model: new Sequential(identity(1), activation),
}));

export const networks: readonly { name: string; model: Module; strange?: boolean }[] = [
  { name: "a Linear", model: linear(3, 2) },
  { name: "a Linear without bias", model: linear(5, 1, false) },
  { name: "a Linear of many features", model: linear(300, 40) },
  { name: "a Normalization", model: new Normalization(rows) },
  { name: "an inverted Normalization", model: new Normalization(rows, { invert: true }) },
  { name: "a Linear of NaN, infinities, -0 and subnormal numbers", model: strange(), strange: true },
  {
    name: "a network that standardises",
    model: new Sequential(
      new Normalization(rows),
      linear(3, 8),
      new Tanh(),
      linear(8, 1, false),
      new Normalization([5, 70, 3], { invert: true }),
    ),
  },
  {
    name: "activations first, last and running",
    model: new Sequential(new Sigmoid(), linear(2, 3), new GELU(), new ReLU(), new Softplus()),
  },
  {
    name: "networks within networks, all activations",
    model: new Sequential(
      new Sequential(linear(4, 7)),
      new Sequential(new Sequential(...activations().map(([, activation]) => activation)), linear(7, 2)),
      linear(2, 2, false),
    ),
  },
];

/** Members of one width, which differ inside. */
const members = (ins: number, outs: number): Module[] => [
  new Sequential(linear(ins, 4), new Tanh(), linear(4, outs)),
  linear(ins, outs),
  new Sequential(
    new Normalization([Array.from({ length: ins }, (_, i) => i - 2), new Array(ins).fill(7)]),
    new Sequential(linear(ins, 6), new GELU(), linear(6, outs, false)),
  ),
];

export const ensembles: readonly { name: string; model: Module; strange?: boolean }[] = [
  { name: "a mean of outputs", model: new Ensemble(members(3, 2)) },
  { name: "a mean of the outputs of one model, of which -0 becomes 0", model: new Ensemble([identity(2)]) },
  { name: "a mean of probabilities", model: new Ensemble(members(3, 4), { average: "probabilities" }) },
  {
    name: "a mean of probabilities of one output",
    model: new Ensemble(members(2, 1), { average: "probabilities" }),
  },
  {
    name: "a mean of probabilities of logits of any size",
    model: new Ensemble([identity(3), members(3, 3)[0] as Module], { average: "probabilities" }),
  },
  {
    name: "a mean of outputs of NaN, infinities, -0 and subnormal numbers",
    model: new Ensemble([strange(), linear(3, 4)]),
    strange: true,
  },
  {
    name: "a mean of probabilities of NaN and infinities",
    model: new Ensemble([strange(), linear(3, 4)], { average: "probabilities" }),
    strange: true,
  },
];

const FLOAT_BITS = 2 ** 32;

/** Rows for a model: numbers of the size of ordinary data, and any that float32 has, NaN, -0 and the ends included. */
export function rowsFor(model: Module): Float32Array[] {
  const columns = model.width as number;
  const random = generator(3);
  const bits = () => Uint32Array.from({ length: columns }, () => random() * FLOAT_BITS);
  const near = (limit: number) => Float32Array.from({ length: columns }, () => (2 * random() - 1) * limit);
  const kinds = [
    () => new Float32Array(bits().buffer),
    () => mixed(random, columns, 0.3),
    ...[1, 4, 30, 120].map((limit) => () => near(limit)),
  ];
  const count = Math.max(300, Math.ceil(30_000 / columns));
  return Array.from({ length: count }, (_, i) => (kinds[i % kinds.length] as () => Float32Array)());
}
