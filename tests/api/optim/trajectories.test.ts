import { describe, expect, it } from "vitest";
import { parameter, Rprop, type RpropOptions, type RpropParameter } from "../../../src/index.js";

const forms: [string, (values: number[]) => RpropParameter][] = [
  ["parameter()", (values) => parameter(values)],
  [
    "{ data, grad }",
    (values) => ({ data: Float32Array.from(values), grad: new Float32Array(values.length) }),
  ],
];

/** One vector of four and a rest of one: the wasm kernel treats them apart. */
const LENGTH = 5;

/** float32 numbers: rounded as the library rounds them. */
const f32 = (...values: number[]) => values.map(Math.fround);

describe.each(forms)("Rprop on %s", (_, form) => {
  /** The weight, step size and previous gradient after each step along the gradients, all elements alike. */
  function follow(gradients: number[], options: RpropOptions = {}, start = 0) {
    const param = form(Array(LENGTH).fill(start));
    const optimizer = new Rprop([param], options);
    const way = { weight: [] as number[], stepSize: [] as number[], prev: [] as number[] };
    for (const gradient of gradients) {
      const { grad } = param;
      (grad instanceof Float32Array ? grad : grad.data).fill(gradient);
      optimizer.step();
      const { prev, stepSize } = optimizer.state(param);
      for (const values of [param.data, prev, stepSize]) {
        for (const value of values) expect(value).toBe(values[0]);
      }
      way.weight.push(param.data[0] as number);
      way.stepSize.push(stepSize[0] as number);
      way.prev.push(prev[0] as number);
    }
    return way;
  }

  it("goes the way of iRprop⁻: no move on a flip, and no comparison with the flipped gradient", () => {
    const { weight, stepSize, prev } = follow([1, 1, 1, -1, 1, 1], { lr: 0.1 });
    const wanted = [-0.1, -0.22, -0.364, -0.364, -0.436, -0.5224];
    weight.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] as number, 6);
    });
    [0.1, 0.12, 0.144, 0.072, 0.072, 0.0864].forEach((value, i) => {
      expect(stepSize[i]).toBeCloseTo(value, 7);
    });
    expect(prev).toEqual([1, 1, 1, 0, 1, 1]);
  });

  // FANN moves up on every flip, whichever way it goes; Rprop with backtracking takes the last move back.
  it.each([1, -1])("stays where it is when the gradient flips from %d", (sign) => {
    const { weight, stepSize } = follow([sign, -sign], { lr: 0.5 });
    expect(weight).toEqual([-0.5 * sign, -0.5 * sign]);
    expect(stepSize).toEqual([0.5, 0.25]);
  });

  // FANN's rprop grows where the product of the gradients is 0.
  it("keeps its step size at a zero gradient and at the one after it", () => {
    expect(follow([1, 0, 1, 1], { lr: 0.5 }).stepSize).toEqual(f32(0.5, 0.5, 0.5, 0.5 * Math.fround(1.2)));
    expect(follow([-1, -0, -1], { lr: 0.5 }).stepSize).toEqual([0.5, 0.5, 0.5]);
    expect(follow([1, 0, -1], { lr: 0.5 }).stepSize).toEqual([0.5, 0.5, 0.5]);
  });

  it("keeps its step size after a flip, where the previous gradient counts as 0", () => {
    expect(follow([1, -1, -1, 1], { lr: 0.5 }).stepSize).toEqual([0.5, 0.25, 0.25, 0.125]);
  });

  // FANN keeps weights within ±1500.
  it.each([1, -1])("lets weights of sign %d grow without bound", (sign) => {
    const { weight } = follow([-sign, -sign, -sign], { lr: 50 }, 1490 * sign);
    expect(weight).toEqual([1540 * sign, 1590 * sign, 1640 * sign]);
    expect(follow([-sign], { lr: 50 }, 2 ** 24 * sign).weight).toEqual([(2 ** 24 + 50) * sign]);
  });

  // optax emits each update one step late, so that its first step moves nothing.
  it("moves at the first step, against that step's gradient", () => {
    expect(follow([1], { lr: 0.25 }).weight).toEqual([-0.25]);
    expect(follow([-3], { lr: 0.25 }).weight).toEqual([0.25]);
  });

  // Encog ignores the first step size in two of its variants.
  it.each([0.001, 0.3, 7])("first moves by lr %d", (lr) => {
    expect(follow([1], { lr }).weight).toEqual(f32(-lr));
  });

  // PyBrain moves by the step size of the step before.
  it("moves by the step size that it has just adapted", () => {
    const { weight } = follow([1, 1], { lr: 1 });
    expect((weight[0] as number) - (weight[1] as number)).toBeCloseTo(1.2, 6);
  });

  // Encog takes |g| < 1e-13 for 0; a product of float32 gradients below 1e-23 underflows to 0, PyTorch's too.
  it.each([1e-12, 1e-14, 1e-25, 1e-38, 1e-40, 2 ** -149])("counts the sign of a gradient of %d", (g) => {
    expect(follow([g, g, -g], { lr: 1 }).weight).toEqual(follow([1, 1, -1], { lr: 1 }).weight);
    expect(follow([g, g, -g], { lr: 1 }).stepSize).toEqual(follow([1, 1, -1], { lr: 1 }).stepSize);
  });

  it("counts the sign of gradients whose product overflows", () => {
    for (const g of [3e38, Infinity]) {
      expect(follow([g, g, -g, -g], { lr: 1 }).weight).toEqual(follow([1, 1, -1, -1], { lr: 1 }).weight);
    }
  });

  // Kernels that take "not 0" for "has a sign" move here.
  it("moves nothing at a NaN gradient, keeps the step size and does not compare with it later", () => {
    const { weight, stepSize, prev } = follow([1, NaN, 1, 1], { lr: 0.5 });
    expect(weight.slice(0, 3)).toEqual([-0.5, -0.5, -1]);
    expect(stepSize).toEqual(f32(0.5, 0.5, 0.5, 0.5 * Math.fround(1.2)));
    expect(prev).toEqual([1, NaN, 1, 1]);
  });

  // Kernels that add a move of 0 make +0 of it.
  it.each([
    ["0", 0],
    ["−0", -0],
    ["NaN", NaN],
  ])("leaves a weight of ±0 as it is at a gradient of %s", (_, gradient) => {
    for (const maximize of [false, true]) {
      for (const start of [-0, 0]) {
        // NaN first: an optimizer of which all gradients have always been 0 refuses to step.
        expect(follow([NaN, gradient], { maximize }, start).weight).toEqual([start, start]);
      }
    }
  });

  it("moves by the smallest step at lr 0 and by the largest at lr 100", () => {
    expect(follow([1, 1], { lr: 0 }).stepSize).toEqual(f32(1e-6, Math.fround(1e-6) * Math.fround(1.2)));
    expect(follow([1], { lr: 0 }).weight).toEqual(f32(-1e-6));
    expect(follow([1, 1], { lr: 100 }).weight).toEqual([-50, -100]);
  });

  it("keeps step sizes within their bounds, also where nothing moves", () => {
    expect(follow([NaN, 0], { lr: 100 }).stepSize).toEqual([50, 50]);
    expect(follow([NaN, 0], { lr: 0 }).stepSize).toEqual(f32(1e-6, 1e-6));
    expect(follow([1, -1, 1, -1], { lr: 1, stepSizes: [0.5, 2] }).stepSize).toEqual([1, 0.5, 0.5, 0.5]);
    expect(follow([1, 1, 1], { lr: 1.75, stepSizes: [0.5, 2] }).stepSize).toEqual([1.75, 2, 2]);
  });

  it("climbs under maximize, the way that it descends along the negative gradients", () => {
    const gradients = [1, 2, -1, 0, -3, NaN, -1, -1, 1];
    const negative = gradients.map((value) => -value);
    expect(follow(gradients, { maximize: true })).toEqual(follow(negative));
  });

  it("changes no weight at zero gradients, and makes the previous gradient 0", () => {
    const { weight, prev } = follow([1, 0, 0], { lr: 0.5 });
    expect(weight).toEqual([-0.5, -0.5, -0.5]);
    expect(prev).toEqual([1, 0, 0]);
  });
});

describe("Rprop before any gradient", () => {
  // Deviation: PyTorch does nothing.
  it("refuses to step, and changes nothing", () => {
    const param = parameter([1, -2, 3]);
    const optimizer = new Rprop([param]);
    expect(() => optimizer.step()).toThrow(/no parameter has a gradient/);
    param.grad.data.set([0, -0, 0]);
    expect(() => optimizer.step()).toThrow(/no parameter has a gradient/);
    expect(param.toArray()).toEqual([1, -2, 3]);
    expect(optimizer.state(param).step).toBe(0);
  });

  it("leaves a parameter without a gradient alone while others have one", () => {
    const [still, moving] = [parameter([1]), parameter([1])];
    const optimizer = new Rprop([still, moving], { lr: 0.5 });
    moving.grad.data.set([1]);
    optimizer.step();
    expect([still.item(), moving.item()]).toEqual([1, 0.5]);
    expect([optimizer.state(still).step, optimizer.state(moving).step]).toEqual([0, 1]);
  });

  it("takes zero gradients of plain arrays for gradients", () => {
    const plain = { data: Float32Array.of(1, 2), grad: new Float32Array(2) };
    const optimizer = new Rprop([plain]);
    optimizer.step();
    expect(plain.data).toEqual(Float32Array.of(1, 2));
    expect(optimizer.state(plain).step).toBe(1);
  });
});
