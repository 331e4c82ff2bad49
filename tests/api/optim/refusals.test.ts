import { describe, expect, test } from "vitest";
import {
  core,
  Linear,
  parameter,
  Rprop,
  type RpropOptions,
  type RpropParameter,
  tensor,
} from "../../../src/index.js";
import { plain, sloped } from "./parameters.js";

test("a parameter and its own data are refused together", () => {
  const made = parameter([1, 2]);
  expect(() => new Rprop([made, { data: made.data, grad: new Float32Array(2) }])).toThrow(
    `"params[1]": expected each parameter once, got one that is there already`,
  );
});

test("arrays that show a module's data are refused once memory has grown under them", () => {
  const { weight } = new Linear(2, 2);
  const arrays = { data: weight.data, grad: weight.grad.data };
  // As much state as there is memory has no place in it, whatever earlier tests have left free.
  const length = weight.data.buffer.byteLength / 8;
  const make = () =>
    new Rprop([parameter([1]), { data: new Float32Array(length), grad: new Float32Array(length) }, arrays]);
  if (core() === "js") make();
  else
    expect(make).toThrow(
      `"params[2].data": expected a Float32Array, got a detached Float32Array (transferred,`,
    );
});

describe("options that are out of range are refused", () => {
  test.each<[RpropOptions, string | RegExp]>([
    [{ lr: -1 }, `"lr": expected a finite number of at least 0, got -1`],
    [{ lr: NaN }, `"lr": expected a finite number of at least 0, got NaN`],
    [{ lr: 1e39 }, `"lr": expected a finite number of at least 0, got 1e+39`],
    [{ lr: "1" as unknown as number }, `"lr": expected a finite number of at least 0, got "1"`],
    [{ etas: [0.5, 1] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, 1]`],
    [{ etas: [1, 0.5] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [1, 0.5]`],
    [{ etas: [1.2, 0.5] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [1.2, 0.5]`],
    [{ etas: [0.5, 1 + 1e-10] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, 1.0000000001]`], // 1 in float32
    [{ etas: [undefined, 1.2] as unknown as [number, number] }, `"etas": expected two numbers`],
    [new Map([["lr", 1]]) as RpropOptions, /^"options": expected \{ lr, etas, .* \}, got a Map$/],
    [{ etas: [0.5, NaN] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, NaN]`],
    [{ etas: 0.5 as unknown as [number, number] }, `"etas": expected two numbers, 0 < η⁻ < 1 < η⁺, got 0.5`],
    [{ stepSizes: [1, 0.5] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [1, 0.5]`],
    [{ stepSizes: [-1, 1] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [-1, 1]`],
    [{ stepSizes: [0, Infinity] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [0, Infinity]`],
    [{ stepSizes: [1] as unknown as [number, number] }, `"stepSizes": expected two numbers`],
    [{ maximize: 1 as unknown as boolean }, `"maximize": expected true or false, got 1`],
    [{ nonFinite: "stop" as "skip" }, `"nonFinite": expected "skip" or "throw", got "stop"`],
    [{ learningRate: 1 } as RpropOptions, /nonFinite, got "learningRate"$/],
    [{ stepsizes: [1, 2] } as RpropOptions, `got "stepsizes" (did you mean "stepSizes"?)`],
    [null as unknown as RpropOptions, /nonFinite \}, got null$/],
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
    [
      "no list",
      linear,
      `"params": expected an array of parameters or of groups, such as model.parameters(), got a Linear`,
    ],
    [
      "one by itself",
      linear.weight,
      `"params": expected an array of parameters or of groups, such as model.parameters(), got a Parameter`,
    ],
    [
      "undefined",
      undefined,
      `"params": expected an array of parameters or of groups, such as model.parameters(), got undefined`,
    ],
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
      "a gradient that is another's data",
      [plainOf(shared), { data: new Float32Array(5), grad: shared }],
      `"params[1]"`,
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
