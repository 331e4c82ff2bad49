import { describe, expect, test } from "vitest";
import {
  Linear,
  MSELoss,
  type ParamGroup,
  parameter,
  Rprop,
  type RpropParameter,
  tensor,
} from "../../../src/index.js";
import { plain, sloped } from "./parameters.js";

describe("step", () => {
  test("moves every kind of parameter against the sign of its gradient", () => {
    const linear = new Linear(1, 1);
    linear.weight.data[0] = 1;
    linear.forward([2]).backward([1]);
    const own = sloped([1, 1, 1], [5, -1e-30, 0]);
    const arrays = plain([1, 1], [-3, 3]);
    const { data } = arrays;
    new Rprop([linear.weight, own, arrays], { lr: 0.25 }).step();
    expect(linear.weight.toArray()).toEqual([0.75]);
    expect(own.toArray()).toEqual([0.75, 1.25, 1]);
    expect([...arrays.data]).toEqual([1.25, 0.75]);
    expect(arrays.data).toBe(data); // in place
  });

  test("climbs under maximize", () => {
    const own = sloped([1, 1], [5, -5]);
    new Rprop([own], { lr: 0.25, maximize: true }).step();
    expect(own.toArray()).toEqual([1.25, 0.75]);
  });

  test("returns the loss it is given, or that a closure computes before the step", () => {
    const own = sloped([1], [0]);
    const optimizer = new Rprop([own], { lr: 0.5 });
    const closure = () => {
      own.grad.data[0] = 1;
      return tensor([own.data[0]!]);
    };
    expect(optimizer.step(closure)).toBe(1);
    expect(own.item()).toBe(0.5);
    expect(optimizer.step(() => 7)).toBe(7);
    expect(optimizer.step(tensor([3]))).toBe(3);
    expect(optimizer.step(2)).toBe(2);
    expect(optimizer.step()).toBeUndefined();
    expect(() => optimizer.step("3" as unknown as number)).toThrow(
      `"loss": expected a number, a tensor of one value, or a function, got "3"`,
    );
  });

  test("leaves parameters alone that never had a gradient", () => {
    const [moved, still] = [sloped([1], [1]), parameter([1])];
    const optimizer = new Rprop([moved, still]);
    optimizer.step();
    expect([still.item(), optimizer.state(still).step, optimizer.state(moved).step]).toEqual([1, 0, 1]);
  });

  test("throws when no parameter has ever had a gradient", () => {
    const own = sloped([1, 2], [0, -0]);
    const optimizer = new Rprop([own]);
    expect(() => optimizer.step()).toThrow("no parameter has a gradient");
    own.grad.data[1] = 1;
    optimizer.step();
    optimizer.zeroGrad();
    optimizer.step(); // it has had one: zeros are a gradient now
    expect(optimizer.state(own).step).toBe(2);
    new Rprop([plain([1], [0])]).step(); // arrays always have one
  });
});

describe("zeroGrad", () => {
  test("empties every gradient", () => {
    const [own, arrays] = [sloped([1], [2]), plain([1], [2])];
    new Rprop([own, arrays]).zeroGrad();
    expect([own.grad.item(), arrays.grad[0]]).toEqual([0, 0]);
  });
});

describe("state", () => {
  test("is copies of step, prev and step size", () => {
    const own = sloped([1, 1], [2, 0]);
    const optimizer = new Rprop([own], { lr: 0.5 });
    expect(optimizer.state(own)).toEqual({
      step: 0,
      prev: Float32Array.of(0, 0),
      stepSize: Float32Array.of(0.5, 0.5),
    });
    optimizer.step();
    optimizer.state(own).stepSize.fill(9);
    expect(optimizer.state(own)).toEqual({
      step: 1,
      prev: Float32Array.of(2, 0),
      stepSize: Float32Array.of(0.5, 0.5),
    });
    expect(() => optimizer.state(parameter([1]))).toThrow(
      `"param": expected a parameter of this optimizer, got a Parameter`,
    );
    expect(() => optimizer.state(undefined as unknown as RpropParameter)).toThrow(TypeError);
  });
});

describe("groups", () => {
  test("have options of their own over the optimizer's", () => {
    const [a, b] = [sloped([1], [1]), sloped([1], [1])];
    const optimizer = new Rprop([{ params: [a] }, { params: [b], lr: 0.5, maximize: true }], { lr: 0.25 });
    optimizer.step();
    expect([a.item(), b.item()]).toEqual([0.75, 1.5]);
    const read = ({ params, lr, etas, stepSizes, maximize }: ParamGroup) => [
      params,
      lr,
      etas,
      stepSizes,
      maximize,
    ];
    expect(optimizer.paramGroups.map(read)).toEqual([
      [[a], 0.25, [0.5, 1.2], [1e-6, 50], false],
      [[b], 0.5, [0.5, 1.2], [1e-6, 50], true],
    ]);
  });

  test("can be changed between steps, and lr before the first", () => {
    const own = sloped([0], [1]);
    const optimizer = new Rprop([own]);
    const [group] = optimizer.paramGroups as [ParamGroup];
    group.lr = 0.5;
    optimizer.step();
    group.etas = [0.5, 2];
    group.maximize = true;
    own.grad.data[0] = -1;
    optimizer.step();
    expect([own.item(), group.etas]).toEqual([-1.5, [0.5, 2]]); // −0.5, then 0.5 · 2 further
    expect(() => Object.assign(group, { lr: 1 })).toThrow(
      "lr is the first step size and cannot change after a step",
    );
    expect(() => Object.assign(group, { etas: [2, 3] })).toThrow(
      `"etas": expected 0 < η⁻ < 1 < η⁺, got [2, 3]`,
    );
    expect(() => Object.assign(group, { stepSizes: [1, 0] })).toThrow(RangeError);
    expect(() => Object.assign(group, { variant: "rprop" })).toThrow(`"variant": expected "irprop-" or`);
    expect(group.lr).toBe(0.5);
  });

  test("can be added; one that is refused adds nothing", () => {
    const [a, b] = [sloped([1], [1]), sloped([1], [1])];
    const optimizer = new Rprop([a]);
    expect(() => optimizer.addParamGroup({ params: [b, a] })).toThrow(
      `"group 1.params[1]": expected each parameter once, got one that is there already`,
    );
    expect(() => optimizer.addParamGroup({ params: [b], lr: -1 })).toThrow(RangeError);
    expect(optimizer.paramGroups).toHaveLength(1);
    optimizer.addParamGroup({ params: [b], lr: 0.5 });
    optimizer.step();
    expect(b.item()).toBe(0.5);
  });
});

describe(`nonFinite: "throw"`, () => {
  test("leaves every parameter as it was and names the parameter and the count", () => {
    const [a, b, c] = [sloped([1], [1]), sloped([1, 2, 3], [NaN, 1, -Infinity]), plain([5], [1])];
    const optimizer = new Rprop([a, b, c], { nonFinite: "throw" });
    expect(() => optimizer.step()).toThrow(
      `"params[1].grad": expected finite gradients under nonFinite: "throw", got 2 of 3 that are not`,
    );
    expect([a.toArray(), b.toArray(), [...c.data]]).toEqual([[1], [1, 2, 3], [5]]);
    expect(optimizer.state(a).step).toBe(0);
    b.grad.data.fill(1);
    optimizer.step();
    expect(optimizer.state(a).step).toBe(1);
  });

  test("is not the default: NaN is skipped, an infinite gradient is a step", () => {
    const own = sloped([1, 2, 3], [NaN, 1, -Infinity]);
    new Rprop([own], { lr: 0.5 }).step();
    expect(own.toArray()).toEqual([1, 1.5, 3.5]);
  });
});

test("training a line with a loop written by hand finds it", () => {
  const linear = new Linear(1, 1);
  const criterion = new MSELoss();
  const optimizer = new Rprop(linear.parameters());
  for (let epoch = 0; epoch < 200; epoch++) {
    optimizer.zeroGrad();
    criterion.forward(linear.forward([0, 1, 2, 3]), [1, 3, 5, 7]).backward();
    optimizer.step();
  }
  expect(linear.weight.item()).toBeCloseTo(2, 4);
  expect(linear.bias?.item()).toBeCloseTo(1, 4);
});
