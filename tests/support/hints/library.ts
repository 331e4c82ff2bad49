import {
  CrossEntropyLoss,
  decode,
  decodeTensors,
  encode,
  encodeTensors,
  epochs,
  fit,
  fitSync,
  gradcheck,
  HuberLoss,
  LeakyReLU,
  Linear,
  type Module,
  Moments,
  MSELoss,
  minimize,
  modelFromJSON,
  Normalization,
  Parameter,
  parameter,
  Rprop,
  Sequential,
  Tanh,
  Tensor,
  tensor,
  type Vector,
} from "../../../src/index.js";
import { type Hint, meant } from "./hint.js";

const X = [[0], [1], [2], [3]];
const Y = [1, 3, 5, 7];
const chunks = () => [{ x: X, y: Y }];
async function* later() {
  yield { x: X, y: Y };
}

function parabola([x = 0]: Vector, gradient: Vector): number {
  gradient[0] = 2 * x;
  return x * x;
}

/** Calls with options of which one is misspelt: what they have to be asked with, and the option. */
const MISSPELT: readonly [string, unknown, (options: never) => unknown][] = [
  ["epoch", 3, (options) => fitSync(new Linear(1, 1), X, Y, options)],
  ["restart", 2, (options) => fitSync(new Linear(1, 1), X, Y, options)],
  ["targetloss", 1, (options) => fitSync(new Linear(1, 1), X, Y, options)],
  ["stepSize", [1e-6, 1], (options) => new Rprop(new Linear(1, 1).parameters(), options)],
  ["lR", 0.1, (options) => new Rprop(new Linear(1, 1).parameters(), options)],
  ["bais", false, (options) => new Linear(1, 1, options)],
  ["reducton", "sum", (options) => new MSELoss(options)],
  ["dleta", 1, (options) => new HuberLoss(options)],
  ["weights", [1, 2], (options) => new CrossEntropyLoss(options)],
  ["negativeslope", 0.1, (options) => new LeakyReLU(options)],
  ["inverse", true, (options) => new Normalization(X, options)],
  ["maxIteration", 3, (options) => minimize(parabola, [1], options)],
];

const misspelt = MISSPELT.map(
  ([name, value, call]): Hint => ({
    words: "did you mean",
    refused: () => call({ [name]: value } as never),
    followed: (message) => call({ [meant(message)]: value } as never),
  }),
);

const model = () => new Sequential(new Linear(1, 2), new Tanh(), new Linear(2, 1));

/** A model, and its loss on rows: a new one at each call. */
function ran(layer: Module = new Linear(1, 1)) {
  return { layer, loss: (criterion = new MSELoss()) => criterion.forward(layer.forward(X), Y) };
}

/** A model, and an optimizer that may step. */
function stepped(options: object = {}, layer: Module = new Linear(1, 1)) {
  const { loss } = ran(layer);
  const optimizer = new Rprop(layer.parameters(), options);
  loss().backward();
  return { optimizer, layer, loss };
}

export const LIBRARY: readonly Hint[] = [
  ...misspelt,
  {
    words: "such as new MSELoss()",
    refused: () => fitSync(new Linear(1, 1), X, Y, { loss: MSELoss as never }),
    followed: () => fitSync(new Linear(1, 1), X, Y, { loss: new MSELoss() }).loss >= 0,
  },
  {
    words: 'a class (did you forget "new"?)',
    refused: () => fitSync(new Linear(1, 1), X, Y, { loss: MSELoss as never }),
    followed: () => fitSync(new Linear(1, 1), X, Y, { loss: new MSELoss() }).loss >= 0,
  },
  {
    words: ", such as model.parameters()",
    refused: () => new Rprop(model() as never),
    followed: () => new Rprop(model().parameters()).paramGroups.length === 1,
  },
  {
    words: "such as new Sequential(a, b)",
    refused: () => new Sequential([new Linear(1, 2), new Tanh()] as never),
    followed: () => new Sequential(new Linear(1, 2), new Tanh()).modules.length === 2,
  },
  {
    words: "a loss such as new MSELoss()",
    refused: () => gradcheck(new Linear(1, 1), X, Y, MSELoss as never),
    followed: () => gradcheck(new Linear(1, 1), X, Y, new MSELoss()).ok,
  },
  {
    words: "an MSELoss: Moments hold what it needs",
    refused: () => fitSync(new Linear(1, 1), new Moments(1, 1).add(X, Y), { loss: new HuberLoss() }),
    followed: () => fitSync(new Linear(1, 1), new Moments(1, 1).add(X, Y), { loss: new MSELoss() }),
  },
  {
    words: "a Linear, with nothing but Normalization around it",
    refused: () => fitSync(model(), new Moments(1, 1).add(X, Y)),
    followed: () =>
      fitSync(new Sequential(new Normalization(X), new Linear(1, 1)), new Moments(1, 1).add(X, Y)),
  },
  {
    words: "add() some before",
    refused: () => new Moments(1, 1).solve(),
    followed: () => {
      const { weight } = new Moments(1, 1).add(X, Y).solve();
      return Math.abs((weight[0] as number) - 2) < 1e-9;
    },
  },
  {
    words: "Use an output before the next forward (toArray() copies it), and one module per place",
    refused: () => {
      const { layer } = ran();
      const first = layer.forward(X);
      layer.forward([[9]]);
      return first.toArray();
    },
    followed: () => {
      const { layer } = ran();
      const other = new Linear(1, 1);
      const first = layer.forward(X);
      const copy = layer.forward(X).toArray();
      other.forward([[9]]);
      layer.forward([[9]]);
      return copy.length === 4 && first.shape.length === 2;
    },
  },
  {
    words: "rows from elsewhere (one module per place)",
    refused: () => {
      const square = new Linear(1, 1);
      return square.forward(square.forward(X));
    },
    followed: () => new Linear(1, 1).forward(new Linear(1, 1).forward(X)).toArray().length === 4,
  },
  {
    words: "rows from elsewhere (one module per place)",
    refused: () => {
      const twice = model();
      return twice.forward(twice.forward(X));
    },
    followed: () => model().forward(model().forward(X)).toArray().length === 4,
  },
  {
    words: "one module per place",
    refused: () => {
      const tanh = new Tanh();
      return new Sequential(new Linear(1, 1), tanh, new Linear(1, 1), tanh);
    },
    followed: () => new Sequential(new Linear(1, 1), new Tanh(), new Linear(1, 1), new Tanh()),
  },
  {
    words: "Use one … per place",
    refused: () => {
      const criterion = new MSELoss();
      const [a, b] = [ran(), ran()];
      const loss = a.loss(criterion);
      b.loss(criterion);
      return loss.backward();
    },
    followed: () => {
      const [a, b] = [ran(), ran()];
      const losses = [a.loss(new MSELoss()), b.loss(new MSELoss())];
      for (const loss of losses) loss.backward();
    },
  },
  {
    words: "compute it again with forward",
    refused: () => {
      const loss = ran().loss();
      loss.backward();
      loss.backward();
    },
    followed: () => {
      const { layer } = ran();
      const criterion = new MSELoss();
      for (let i = 0; i < 2; i++) criterion.forward(layer.forward(X), Y).backward();
    },
  },
  {
    words: "run forward again before backward",
    refused: () => {
      const { optimizer, loss } = stepped({}, model());
      const late = loss();
      optimizer.step();
      late.backward();
    },
    followed: () => {
      const { optimizer, loss } = stepped({}, model());
      optimizer.step();
      loss().backward();
    },
  },
  {
    words: "run backward() on a loss, or write to grad, before step()",
    refused: () => new Rprop(new Linear(1, 1).parameters()).step(),
    followed: () => {
      stepped().optimizer.step();
      const layer = new Linear(1, 1);
      const before = layer.bias!.data[0];
      layer.bias!.grad.data[0] = 1;
      new Rprop(layer.parameters()).step();
      return layer.bias!.data[0] !== before;
    },
  },
  {
    words: "give it to step(loss), or a closure that computes it",
    refused: () => stepped({ variant: "irprop+" }).optimizer.step(),
    followed: () => {
      const { optimizer, loss } = stepped({ variant: "irprop+" });
      optimizer.zeroGrad();
      const now = loss();
      now.backward();
      optimizer.step(now);
      optimizer.step(() => {
        optimizer.zeroGrad();
        const next = loss();
        next.backward();
        return next;
      });
    },
  },
  {
    words: "change stepSizes, or make a new Rprop",
    refused: () => {
      const { optimizer } = stepped();
      optimizer.step();
      optimizer.paramGroups[0]!.lr = 0.5;
    },
    followed: () => {
      const { optimizer, layer } = stepped();
      optimizer.step();
      optimizer.paramGroups[0]!.stepSizes = [0.5, 0.5];
      const { lr } = new Rprop(layer.parameters(), { lr: 0.5 }).paramGroups[0]!;
      return optimizer.paramGroups[0]!.stepSizes[0] === 0.5 && lr === 0.5;
    },
  },
  {
    words: "expected to be made by parameter(values)",
    refused: () => new Parameter([1]),
    followed: () => parameter([1]).data[0] === 1,
  },
  {
    words: "expected to be made by tensor(values)",
    refused: () => new (Tensor as unknown as new (shape: number[]) => Tensor)([1]),
    followed: () => tensor([1]).data[0] === 1,
  },
  {
    words: "wait for that run, or call return() on what epochs() gave",
    refused: () => {
      const layer = new Linear(1, 1);
      epochs(layer, X, Y).next();
      return fitSync(layer, X, Y);
    },
    followed: async () => {
      const layer = new Linear(1, 1);
      await fit(layer, X, Y);
      const run = epochs(layer, X, Y);
      run.next();
      run.return!();
      fitSync(layer, X, Y);
    },
  },
  {
    words: "this source has to be waited for: use fit",
    refused: () => fitSync(new Linear(1, 1), later),
    followed: async () => (await fit(new Linear(1, 1), later)).completed > 0,
  },
  {
    words: "this onEpoch has to be waited for: use fit",
    refused: () => fitSync(new Linear(1, 1), X, Y, { onEpoch: async () => {} }),
    followed: async () => (await fit(new Linear(1, 1), X, Y, { onEpoch: async () => {} })).completed > 0,
  },
  {
    words: "a function that returns an iterable of { x, y }, for it is called for every epoch",
    refused: () => fitSync(new Linear(1, 1), chunks().values() as never),
    followed: () => fitSync(new Linear(1, 1), chunks).completed > 0,
  },
  {
    words: "at every call, as at the first, in a new iterable each time",
    refused: () => {
      const once = chunks().values();
      return fitSync(new Linear(1, 1), () => once);
    },
    followed: () => fitSync(new Linear(1, 1), () => chunks().values()).completed > 0,
  },
  {
    words: "options right after the source or the Moments",
    refused: () =>
      fitSync(new Linear(1, 1), ...([chunks, undefined, { epochs: 3 }] as unknown as [typeof chunks])),
    followed: () => fitSync(new Linear(1, 1), chunks, { epochs: 3 }).completed === 3,
  },
  {
    words: "{ x, y }, as the rows are not at hand",
    refused: () => fitSync(new Linear(1, 1), chunks, { validation: 0.5 }),
    followed: () => fitSync(new Linear(1, 1), chunks, { validation: { x: X, y: Y } }),
  },
  {
    words: "write every entry",
    refused: () => minimize(([x = 0]) => x * x, [1]),
    followed: () => {
      const { x } = minimize(parabola, [1]);
      return Math.abs(x[0] as number) < 1e-6;
    },
  },
  {
    words: "decodeTensors reads the tensors of any",
    refused: () => decode(encodeTensors({ a: [1, 2] })),
    followed: () => decodeTensors(encodeTensors({ a: [1, 2] })).tensors,
  },
  {
    words: "what toJSON() gives, or JSON.parse() of its text",
    refused: () => modelFromJSON(JSON.stringify(model()) as never),
    followed: () => {
      const made: Module[] = [
        modelFromJSON(model().toJSON()),
        modelFromJSON(JSON.parse(JSON.stringify(model()))),
      ];
      return made.every((each) => encode({ model: each }).length > 0);
    },
  },
];
