import { describe, expect, test } from "vitest";
import {
  core,
  Linear,
  MSELoss,
  parameter,
  Rprop,
  type RpropOptions,
  type RpropParameter,
  tensor,
} from "../../src/index.js";

/** A parameter with a gradient. */
function sloped(values: number[], gradient: number[]) {
  const made = parameter(values);
  made.grad.data.set(gradient);
  return made;
}

const plain = (data: number[], grad: number[]) => ({
  data: Float32Array.from(data),
  grad: Float32Array.from(grad),
});

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

test("a parameter and its own data are refused together", () => {
  const made = parameter([1, 2]);
  expect(() => new Rprop([made, { data: made.data, grad: new Float32Array(2) }])).toThrow(
    `"params[1]": expected each parameter once, got one that is there already`,
  );
});

test("arrays that show a module's data are refused once memory has grown under them", () => {
  const { weight } = new Linear(2, 2);
  const arrays = { data: weight.data, grad: weight.grad.data };
  const make = () =>
    new Rprop([parameter([1]), { data: new Float32Array(1e6), grad: new Float32Array(1e6) }, arrays]);
  if (core() === "js") make();
  else
    expect(make).toThrow(`"params[2].data": expected 4 values, got 0 (a view of a module's data is detached`);
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
    expect(optimizer.paramGroups).toEqual([
      { params: [a], lr: 0.25, etas: [0.5, 1.2], stepSizes: [1e-6, 50], maximize: false },
      { params: [b], lr: 0.5, etas: [0.5, 1.2], stepSizes: [1e-6, 50], maximize: true },
    ]);
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

describe("options that are out of range are refused", () => {
  test.each<[RpropOptions, string]>([
    [{ lr: -1 }, `"lr": expected a finite number of at least 0, got -1`],
    [{ lr: NaN }, `"lr": expected a finite number of at least 0, got NaN`],
    [{ lr: 1e39 }, `"lr": expected a finite number of at least 0, got 1e+39`],
    [{ lr: "1" as unknown as number }, `"lr": expected a finite number of at least 0, got "1"`],
    [{ etas: [0.5, 1] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, 1]`],
    [{ etas: [1.2, 0.5] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [1.2, 0.5]`],
    [{ etas: [0.5, 1 + 1e-10] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, 1.0000000001]`], // 1 in float32
    [{ etas: [undefined, 1.2] as unknown as [number, number] }, `"etas": expected two numbers`],
    [new Map([["lr", 1]]) as RpropOptions, `"options": expected an object of options, got a Map`],
    [{ etas: [0.5, NaN] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, NaN]`],
    [{ etas: 0.5 as unknown as [number, number] }, `"etas": expected two numbers, 0 < η⁻ < 1 < η⁺, got 0.5`],
    [{ stepSizes: [1, 0.5] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [1, 0.5]`],
    [{ stepSizes: [-1, 1] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [-1, 1]`],
    [{ stepSizes: [0, Infinity] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [0, Infinity]`],
    [{ stepSizes: [1] as unknown as [number, number] }, `"stepSizes": expected two numbers`],
    [{ maximize: 1 as unknown as boolean }, `"maximize": expected true or false, got 1`],
    [{ nonFinite: "stop" as "skip" }, `"nonFinite": expected "skip" or "throw", got "stop"`],
    [{ stepsizes: [1, 2] } as RpropOptions, `got "stepsizes" (did you mean "stepSizes"?)`],
    [null as unknown as RpropOptions, `"options": expected an object of options, got null`],
  ])("%j", (options, message) => {
    expect(() => new Rprop([parameter([1])], options)).toThrow(message);
  });
});

describe("parameters that cannot be trained are refused", () => {
  const linear = new Linear(1, 1);
  const arrays = plain([1, 2], [0, 0]);
  const shared = new Float32Array(5);
  const plainOf = (data: Float32Array) => ({ data, grad: new Float32Array(data.length) });
  const gone = parameter([1]);
  gone.dispose();
  const foreign = { shape: [1], data: Float32Array.of(1), grad: { shape: [1], data: Float32Array.of(0) } };
  test.each<[string, unknown, string]>([
    ["none", [], `"params": expected at least one parameter, got none`],
    ["no list", linear, `"params": expected an array of parameters or of groups, got a Linear`],
    ["undefined", undefined, `"params": expected an array of parameters or of groups, got undefined`],
    [
      "one twice",
      [linear.weight, linear.weight],
      `"params[1]": expected each parameter once, got one that is there already`,
    ],
    ["arrays twice", [arrays, { ...arrays }], `"params[1]": expected each parameter once`],
    ["a number", [3], `"params[0]": expected a Parameter, or { data, grad } of two Float32Arrays, got 3`],
    ["null", [null], `"params[0]": expected a Parameter, or { data, grad } of two Float32Arrays, got null`],
    [
      "a tensor",
      [tensor([1])],
      `"params[0]": expected a Parameter, or { data, grad } of two Float32Arrays, got a Tensor`,
    ],
    [
      "float64",
      [{ data: new Float64Array(1), grad: new Float64Array(1) }],
      `"params[0].data": expected a Float32Array, got a Float64Array`,
    ],
    ["unequal lengths", [plain([1, 2], [1])], `"params[0].grad": expected 2 values, as data has, got 1`],
    ["empty arrays", [plain([], [])], `"params[0].data": expected at least one value, got 0`],
    [
      "arrays that overlap",
      [plainOf(shared.subarray(0, 3)), plainOf(shared.subarray(2))],
      `"params[1]": expected each`,
    ],
    [
      "a gradient in its data",
      [{ data: shared, grad: shared }],
      `"params[0].grad": expected an array of its own`,
    ],
    ["another library's", [foreign], `"params[0]": expected a parameter of this library`],
    ["a disposed one", [gone], "params[0] was disposed"],
    ["a group without params", [{ lr: 1 }], `"params[0]": expected a Parameter`],
    ["an empty group", [{ params: [] }], `"group 0.params": expected at least one parameter, got none`],
    ["a group's wrong option", [{ params: [linear.bias], Lr: 1 }], `got "Lr" (did you mean "lr"?)`],
    [
      "groups and parameters",
      [{ params: [linear.bias] }, linear.weight],
      `"params": expected parameters or groups, got both`,
    ],
  ])("%s", (_, params, message) => {
    expect(() => new Rprop(params as RpropParameter[])).toThrow(message);
  });
});

describe("a step that is refused changes nothing", () => {
  test("when arrays have changed their length", () => {
    const own = sloped([1], [1]);
    const arrays: { data: Float32Array; grad: Float32Array } = plain([1, 2], [1, 1]);
    const optimizer = new Rprop([own, arrays]);
    arrays.grad = new Float32Array(3);
    expect(() => optimizer.step()).toThrow(`"params[1].grad": expected 2 values, as data has, got 3`);
    expect(own.item()).toBe(1);
  });

  test.each([null, "12", new Float64Array(2), [1, 2]])("when a gradient was replaced by %j", (grad) => {
    const own = sloped([1], [1]);
    const arrays = plain([1, 2], [1, 1]);
    const optimizer = new Rprop([own, arrays]);
    Object.assign(arrays, { grad });
    expect(() => optimizer.step()).toThrow(`"params[1].grad": expected a Float32Array`);
    expect(() => optimizer.zeroGrad()).toThrow(`"params[1].grad": expected a Float32Array`);
    expect([own.item(), optimizer.state(own).step]).toEqual([1, 0]);
  });

  test("when its closure disposes the optimizer", () => {
    const own = sloped([1, 1], [1, 1]);
    const optimizer = new Rprop([own]);
    expect(() => optimizer.step(() => optimizer.dispose() as unknown as number)).toThrow(
      "this Rprop was disposed",
    );
    expect(own.toArray()).toEqual([1, 1]);
  });

  test("when a parameter was disposed, which others can still be added to", () => {
    const gone = sloped([1], [1]);
    const optimizer = new Rprop([gone]);
    gone.dispose();
    optimizer.addParamGroup({ params: [sloped([1], [1])] });
    expect(optimizer.paramGroups).toHaveLength(2);
  });

  test("when a parameter was disposed", () => {
    const [own, gone] = [sloped([1], [1]), sloped([1], [1])];
    const optimizer = new Rprop([own, gone]);
    gone.dispose();
    expect(() => optimizer.step()).toThrow("params[1] was disposed");
    expect(() => optimizer.zeroGrad()).toThrow("params[1] was disposed");
    expect([own.item(), own.grad.item()]).toEqual([1, 1]);
  });

  test("when the optimizer was disposed, which leaves the parameters", () => {
    const own = sloped([1], [1]);
    const optimizer = new Rprop([own]);
    optimizer.dispose();
    expect(() => optimizer.step()).toThrow("this Rprop was disposed");
    expect(() => optimizer.state(own)).toThrow("this Rprop was disposed");
    expect(own.item()).toBe(1);
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
