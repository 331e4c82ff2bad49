import { describe, expect, test, vi } from "vitest";
import { activeCore } from "../../../src/core/select.js";
import { Linear, type Module, MSELoss, ReLU, Sequential, Tanh } from "../../../src/index.js";

const mlp = () => new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2));

describe("a Sequential refuses", () => {
  const shared = new Tanh();
  test.each<[string, () => unknown, ErrorConstructor, string]>([
    ["no modules", () => new Sequential(), RangeError, `"modules": expected at least one module, got none`],
    [
      "what is no module",
      () => new Sequential(new Tanh(), {} as Module),
      TypeError,
      `"modules[1]": expected a module of this library, such as new Sequential(a, b), got an object`,
    ],
    [
      "an array of modules",
      () => new Sequential([new Tanh()] as unknown as Module),
      TypeError,
      `"modules[0]": expected a module of this library, such as new Sequential(a, b), got an array of 1`,
    ],
    [
      "one module twice",
      () => new Sequential(shared, new Linear(2, 2), shared),
      RangeError,
      `"modules": expected one module per place, got this Tanh twice`,
    ],
    [
      "one module twice, nested",
      () => new Sequential(new Sequential(new ReLU(), shared), shared),
      RangeError,
      `"modules": expected one module per place, got this Tanh twice`,
    ],
    [
      "widths that do not fit",
      () => new Sequential(new Linear(3, 5), new Tanh(), new Linear(4, 2)),
      RangeError,
      `"modules": expected as many features as the module before has, got Linear(4, 2) after Linear(3, 5)`,
    ],
  ])("%s", (_, make, type, message) => {
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });

  test("x of another width before any module has run", () => {
    const model = new Sequential(new Tanh(), new Linear(3, 2));
    const y = model.forward([1, 2, 3]);
    const inner = new Tanh();
    expect(() => model.forward([[1, 2]])).toThrow(`"x": expected rows × 3 features, got shape [1, 2]`);
    expect(() => model.forward(inner.forward([1, 2]))).toThrow(`"x": expected rows × 3 features`);
    y.backward([1, 1]); // still alive, and so is what it was made from
    expect(model.parameters()[1]?.grad.toArray()).toEqual([1, 1]);
  });

  test("its own output, and that of a module in it", () => {
    const model = new Sequential(new Linear(2, 2), new Tanh());
    const y = model.forward([1, 2]);
    const message = (name: string) =>
      `"x": expected rows from elsewhere (one module per place), got the output of its own ${name}`;
    expect(() => model.forward(y)).toThrow(message("Tanh"));
    const inner = (model.modules[0] as Linear).forward([1, 2]);
    expect(() => model.forward(inner)).toThrow(message("Linear(2, 2)"));
    expect(inner.toArray()).toHaveLength(2);
  });

  test("to go backward without memory for all of it: no gradient changes", () => {
    const core = activeCore();
    const [allocate, allocateTotals] = [core.allocate, core.allocateTotals];
    const model = mlp();
    const y = model.forward(Array(15).fill(1));
    for (let limit = 0; ; limit++) {
      let left = limit;
      const limited = <B>(make: (length: number) => B) =>
        function refusing(length: number): B {
          if (left-- === 0) throw new RangeError("memory is exhausted");
          return make.call(core, length);
        };
      vi.spyOn(core, "allocate").mockImplementation(limited(allocate));
      vi.spyOn(core, "allocateTotals").mockImplementation(limited(allocateTotals));
      let refused = false;
      try {
        y.backward(Array(10).fill(1));
      } catch {
        refused = true;
      }
      vi.restoreAllMocks();
      const moved = model.parameters().some(({ grad }) => grad.toArray().some((value) => value !== 0));
      expect(moved, `with memory for ${limit} blocks`).toBe(!refused);
      // Each refusal keeps what was allocated before it.
      if (!refused) break;
      expect(limit).toBeLessThan(10);
    }
  });

  test("to run when one of its modules was disposed, before any has run", () => {
    const model = mlp();
    const y = (model.modules[0] as Linear).forward([1, 2, 3]);
    model.modules[2]?.dispose();
    expect(() => model.forward([1, 2, 3])).toThrow("this Linear(5, 2) was disposed");
    expect(y.toArray()).toHaveLength(5);
  });
});

describe("an output of a Sequential", () => {
  test("lives until its next forward", () => {
    const model = mlp();
    const old = model.forward([1, 2, 3]);
    model.forward([4, 5, 6]);
    expect(() => old.toArray()).toThrow("this output is stale: its Linear(5, 2) has run forward again since");
    expect(() => new MSELoss().forward(old, [1, 1])).toThrow("stale");
  });
});
