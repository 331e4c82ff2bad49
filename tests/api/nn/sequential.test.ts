import { describe, expect, test, vi } from "vitest";
import { activeCore } from "../../../src/core/select.js";
import {
  Generator,
  Linear,
  type Module,
  MSELoss,
  type Parameter,
  ReLU,
  Rprop,
  randn,
  Sequential,
  Sigmoid,
  Softplus,
  Tanh,
} from "../../../src/index.js";

const mlp = () => new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2));
const grads = (model: Module) => model.parameters().map(({ grad }) => grad.toArray());

describe("forward", () => {
  test("is each module after the other", () => {
    const model = mlp();
    const [first, tanh, last] = model.modules as [Linear, Tanh, Linear];
    const x = randn(7, 3);
    const y = model.forward(x).toArray();
    expect(last.forward(tanh.forward(first.forward(x))).toArray()).toEqual(y);
  });

  test("through nested modules too", () => {
    const inner = new Sequential(new Linear(4, 3), new Sigmoid());
    const model = new Sequential(new Linear(2, 4), inner, new Linear(3, 1));
    const flat = new Sequential(model.modules[0]!, ...inner.modules, model.modules[2]!);
    const x = randn(5, 2);
    const y = model.forward(x).toArray();
    expect(flat.forward(x).toArray()).toEqual(y);
    expect(y).toHaveLength(5);
  });

  test("of a single module is that module", () => {
    const linear = new Linear(2, 2);
    const x = randn(3, 2);
    const y = new Sequential(linear).forward(x).toArray();
    expect(linear.forward(x).toArray()).toEqual(y);
  });

  test("cuts flat values into rows for the first Linear, wherever it stands", () => {
    expect(mlp().forward([1, 2, 3, 4, 5, 6]).shape).toEqual([2, 2]);
    expect(new Sequential(new ReLU(), new Linear(3, 1)).forward([1, 2, 3, 4, 5, 6]).shape).toEqual([2, 1]);
    expect(new Sequential(new ReLU(), new Tanh()).forward([1, 2, 3]).shape).toEqual([3, 1]);
  });

  test("reads another module's output in place, and backward goes on to it", () => {
    const before = new Linear(2, 3);
    const model = mlp();
    model.forward(before.forward([1, 2])).backward([1, 1]);
    expect(before.weight.grad.toArray().some((value) => value !== 0)).toBe(true);
  });
});

describe("backward", () => {
  /** The loss in float64, from the parameters' values. */
  function loss(values: number[][], x: number[][], y: number[][]): number {
    const [w1, b1, w2, b2] = values as [number[], number[], number[], number[]];
    let sum = 0;
    x.forEach((row, r) => {
      const hidden = b1.map((b, o) => Math.tanh(row.reduce((s, v, k) => s + v * w1[o * 3 + k]!, b)));
      b2.forEach((b, o) => {
        const p = hidden.reduce((s, v, k) => s + v * w2[o * 5 + k]!, b);
        sum += (p - y[r]![o]!) ** 2;
      });
    });
    return sum / (x.length * 2);
  }

  test.each([1, 10, 300])("gives the derivatives of the loss: %i rows", (rows) => {
    const generator = new Generator(rows);
    const model = mlp();
    const [x, y] = [generator.randn(rows, 3), generator.randn(rows, 2)];
    new MSELoss().forward(model.forward(x), y).backward();
    const values = model.parameters().map((p) => p.toArray());
    const h = 1e-4;
    const at = (list: number[], i: number, value: number) => {
      const before = list[i]!;
      list[i] = value;
      const result = loss(values, x.toRows(), y.toRows());
      list[i] = before;
      return result;
    };
    model.parameters().forEach(({ grad }, p) => {
      const list = values[p]!;
      grad.toArray().forEach((gradient, i) => {
        const expected = (at(list, i, list[i]! + h) - at(list, i, list[i]! - h)) / (2 * h);
        // The difference is off by h² times a third derivative of the order of 1.
        expect(Math.abs(gradient - expected), `parameter ${p}, entry ${i}`).toBeLessThan(1e-6);
      });
    });
  });

  test("is refused as a whole after a step: no gradient changes", () => {
    const model = mlp();
    const optimizer = new Rprop(model.parameters());
    const y = model.forward([1, 2, 3]);
    y.backward([1, 1]);
    optimizer.step();
    const before = grads(model);
    expect(() => y.backward([1, 1])).toThrow(
      "the weights of this Linear(5, 2) have changed since its forward",
    );
    expect(grads(model)).toEqual(before);
  });
});

describe("parameters", () => {
  const names = (model: Module) => model.namedParameters().map(([name]) => name);

  test("have PyTorch's names and order", () => {
    expect(names(mlp())).toEqual(["0.weight", "0.bias", "2.weight", "2.bias"]);
    const inner = new Sequential(new Linear(2, 2, { bias: false }), new Softplus(), new Linear(2, 3));
    expect(names(new Sequential(new Tanh(), inner, new Linear(3, 1)))).toEqual([
      "1.0.weight",
      "1.2.weight",
      "1.2.bias",
      "2.weight",
      "2.bias",
    ]);
  });

  test("are the modules' own", () => {
    const model = mlp();
    const [first, , last] = model.modules as [Linear, Tanh, Linear];
    const expected: (Parameter | null)[] = [first.weight, first.bias, last.weight, last.bias];
    expect(model.parameters()).toHaveLength(4);
    model.parameters().forEach((parameter, i) => {
      expect(parameter).toBe(expected[i]);
    });
  });
});

describe("memory", () => {
  test("a training loop allocates nothing in core memory after its first epoch, fewer rows included", () => {
    const model = new Sequential(new Linear(3, 5), new Tanh(), new Sequential(new Linear(5, 4), new ReLU()));
    const [x, y] = [randn(300, 3), randn(300, 4)];
    const criterion = new MSELoss();
    const optimizer = new Rprop(model.parameters());
    const epoch = (rows: number) => {
      optimizer.zeroGrad();
      const output = model.forward(x.data.subarray(0, rows * 3));
      criterion.forward(output, y.data.subarray(0, rows * 4)).backward();
      optimizer.step();
    };
    epoch(300);
    const core = activeCore();
    const spies = [vi.spyOn(core, "allocate"), vi.spyOn(core, "allocateTotals"), vi.spyOn(core, "free")];
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    for (let i = 0; i < 50; i++) epoch(i % 5 === 0 ? 17 : 300);
    for (const spy of [...spies, grow]) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test("dispose gives all of it back", () => {
    const core = activeCore();
    const makes = [vi.spyOn(core, "allocate"), vi.spyOn(core, "allocateTotals")];
    const free = vi.spyOn(core, "free");
    const model = new Sequential(mlp(), new Tanh());
    model.forward(randn(9, 3)).backward(randn(9, 2));
    model.dispose();
    const live = new Set<object>(makes.flatMap(({ mock }) => mock.results.map(({ value }) => value)));
    expect(live.size).toBeGreaterThan(8);
    for (const [block] of free.mock.calls) expect(live.delete(block)).toBe(true);
    expect(live.size).toBe(0);
    expect(() => model.forward([1, 2, 3])).toThrow("this Linear(3, 5) was disposed");
    vi.restoreAllMocks();
  });
});

test("describes itself by its modules", () => {
  expect(mlp().describe()).toBe("Sequential(Linear(3, 5), Tanh, Linear(5, 2))");
});
