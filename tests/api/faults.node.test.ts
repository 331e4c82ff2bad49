/** Memory fails at every allocation of every operation, one after the other: nothing is changed, and nothing is lost. */
import { afterEach, expect, test, vi } from "vitest";
import { CoreMemory } from "../../src/core/wasm/memory.js";
import {
  CrossEntropyLoss,
  core,
  epochs,
  evaluate,
  type FitOptions,
  fitSync,
  Linear,
  type Module,
  Moments,
  MSELoss,
  manualSeed,
  Normalization,
  predict,
  Rprop,
  randn,
  Sequential,
  softmax,
  Tanh,
} from "../../src/index.js";

/** How many allocations succeed from now on; Infinity for all. */
const left = vi.hoisted(() => {
  const left = { allocations: Number.POSITIVE_INFINITY };
  return {
    ...left,
    take() {
      if (this.allocations-- === 0) throw new RangeError("memory is exhausted: this is a test");
    },
  };
});

vi.mock(import("../../src/array.js"), async (original) => {
  const { newArray } = await original();
  return {
    newArray: ((...args: Parameters<typeof newArray>) => {
      left.take();
      return newArray(...args);
    }) as typeof newArray,
  };
});

const { place } = CoreMemory.prototype;
vi.spyOn(CoreMemory.prototype, "place").mockImplementation(function placed(this: CoreMemory, ...args) {
  left.take();
  return place.apply(this, args);
});

afterEach(() => {
  left.allocations = Number.POSITIVE_INFINITY;
});

const rows = 300; // more than one block of rows
const setting = () => {
  manualSeed(1);
  const [x, y] = [randn(rows, 3), randn(rows, 2)];
  const linear = new Linear(3, 4);
  const model = new Sequential(new Normalization(x), linear, new Tanh(), new Linear(4, 2));
  const optimizer = new Rprop(model.parameters());
  const loss = new MSELoss();
  const other = new Linear(3, 2);
  const options: FitOptions = { optimizer, epochs: 3, validation: 0.3, keepBest: true, restarts: 2 };
  return { x, y, model, linear, optimizer, loss, other, options, moments: Moments.from(x, y) };
};
type Setting = ReturnType<typeof setting>;

/** Everything that an operation may change, to the bit. */
function stateOf({ model, optimizer, other, moments }: Setting): unknown {
  const numbers = (module: Module) =>
    module.parameters().map((parameter) => [parameter.toArray(), parameter.grad.toArray()]);
  return [numbers(model), numbers(other), optimizer.stateDict(), moments.toJSON()];
}

const backward = ({ model, loss, x, y }: Setting) => loss.forward(model.forward(x), y).backward();

const operations: Record<
  string,
  { prepare?: (s: Setting) => unknown; run: (s: Setting, prepared: unknown) => unknown }
> = {
  "new Linear": { run: () => new Linear(7, 5).toJSON() },
  "new Rprop": { run: ({ model }) => new Rprop(model.parameters()).stateDict() },
  "new Rprop of arrays": {
    run: () => new Rprop([{ data: new Float32Array(9), grad: new Float32Array(9) }]).stateDict(),
  },
  "new Normalization": { run: ({ x }) => new Normalization(x).toJSON() },
  forward: { run: ({ model, x }) => model.forward(x).toArray() },
  "forward of a loss": { run: ({ loss, x, y, model }) => loss.forward(predict(model, x), y).item() },
  "forward and backward": { run: backward },
  "backward of a loss": {
    prepare: ({ model, loss, x, y }) => loss.forward(model.forward(x), y),
    run: (_, loss) => (loss as ReturnType<MSELoss["forward"]>).backward(),
  },
  "backward of an output": {
    prepare: ({ model, x }) => model.forward(x),
    run: ({ y }, output) => (output as ReturnType<Module["forward"]>).backward(y),
  },
  step: { prepare: backward, run: ({ optimizer }) => optimizer.step() },
  zeroGrad: { prepare: backward, run: ({ optimizer }) => optimizer.zeroGrad() },
  data: { run: ({ linear }) => linear.weight.data.length },
  predict: { run: ({ model, x }) => predict(model, x).toArray() },
  evaluate: { run: ({ model, x, y }) => evaluate(model, x, y, new MSELoss()) },
  softmax: { run: ({ x }) => softmax(x).toArray() },
  fitSync: { run: ({ model, x, y, options }) => fitSync(model, x, y, options).loss },
  "fitSync with an optimizer of its own": {
    run: ({ model, x, y }) => fitSync(model, x, y, { epochs: 2 }).loss,
  },
  "fitSync of classes": {
    run: ({ model, x, optimizer }) =>
      fitSync(model, x, new Uint8Array(rows), {
        optimizer,
        epochs: 2,
        loss: new CrossEntropyLoss({ weight: [1, 2] }),
      }).loss,
  },
  // Of one chunk, since chunks are copied as they come: after the first step the model stays at the last finished epoch.
  "the first epoch from a source": {
    run: ({ model, x, y, optimizer }) => {
      for (const { loss } of epochs(model, () => [{ x, y }], { optimizer })) return loss;
    },
  },
  "fitSync from Moments": { run: ({ other, moments }) => fitSync(other, moments, { epochs: 3 }).loss },
  "the call of epochs": { run: ({ model, x, y, options }) => epochs(model, x, y, options).return() },
  "Moments.add": { run: ({ moments, x, y }) => moments.add(x, y).toJSON() },
  "Moments.solve": { run: ({ moments }) => Array.from(moments.solve().weight) },
  stateDict: { run: ({ model }) => Object.keys(model.stateDict()) },
  loadStateDict: {
    prepare: ({ model }) => model.stateDict(),
    run: ({ model }, state) => model.loadStateDict(state as ReturnType<Module["stateDict"]>),
  },
};

test.each(Object.keys(operations))(
  "%s, refused at any allocation, changes nothing and works afterwards",
  (name) => {
    const { prepare, run } = operations[name]!;
    const untouched = setting();
    const expected = run(untouched, prepare?.(untouched));
    const state = stateOf(untouched);

    let refusals = 0;
    for (let allocations = 0; ; allocations++) {
      const faulty = setting();
      const prepared = prepare?.(faulty);
      const before = stateOf(faulty);
      left.allocations = allocations;
      let error: unknown;
      try {
        run(faulty, prepared);
      } catch (refusal) {
        error = refusal;
      }
      const enough = left.allocations >= 0;
      left.allocations = Number.POSITIVE_INFINITY;
      if (enough) {
        expect(error).toBeUndefined();
        break;
      }
      refusals++;
      expect(String(error)).toMatch("memory is exhausted");
      expect(stateOf(faulty)).toEqual(before);
      const again =
        name === "backward of a loss" || name === "backward of an output" ? prepare?.(faulty) : prepared;
      expect(run(faulty, again)).toEqual(expected);
      expect(stateOf(faulty)).toEqual(state);
    }
    const needsNone = ["zeroGrad", "stateDict", ...(core() === "js" ? ["step", "data"] : [])];
    expect(refusals > 0).toBe(!needsNone.includes(name));
  },
);

test("a backward pass through a layer larger than any before adds all gradients or none", () => {
  let refusals = 0;
  for (let allocations = 0; allocations < 12; allocations++) {
    const width = 60 + 10 * allocations;
    const model = new Sequential(new Linear(width, width), new Tanh(), new Linear(width, 2));
    const output = model.forward(randn(3, width));
    left.allocations = allocations;
    try {
      output.backward(new Float32Array(6).fill(1));
    } catch (error) {
      expect(String(error)).toMatch("memory is exhausted");
      refusals++;
    }
    left.allocations = Number.POSITIVE_INFINITY;
    const reached = model.parameters().map(({ grad }) => grad.data.some((value) => value !== 0));
    expect(new Set(reached).size).toBe(1);
  }
  expect(refusals).toBeGreaterThan(1);
});
