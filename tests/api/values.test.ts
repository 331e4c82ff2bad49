import { describe, expect, test } from "vitest";
import {
  decode,
  decodeTensors,
  encode,
  fitSync,
  Linear,
  Moments,
  MSELoss,
  minimize,
  Normalization,
  ones,
  parameter,
  predict,
  Rprop,
  Tensor,
  tensor,
  type Values,
  zeros,
} from "../../src/index.js";

const rows = [
  [1, 2, 3],
  [4, 5, 6],
];

describe("every kind of values gives the same tensor", () => {
  const kinds: [string, Values, number[]][] = [
    ["rows", rows, [2, 3]],
    ["rows of typed arrays", rows.map((row) => Float64Array.from(row)), [2, 3]],
    ["flat array", rows.flat(), [6]],
    ["Float32Array", Float32Array.from(rows.flat()), [6]],
    ["Float64Array", Float64Array.from(rows.flat()), [6]],
    ["Int8Array", Int8Array.from(rows.flat()), [6]],
    ["array-like", { length: 2, 0: 1, 1: 2 }, [2]],
    ["Tensor", tensor(rows), [2, 3]],
    ["tensor of another library", { shape: [2, 3], data: rows.flat() }, [2, 3]],
    ["nothing", [], [0]],
    ["empty rows", [[], []], [2, 0]],
  ];
  test.each(kinds)("%s", (_, values, shape) => {
    const made = tensor(values);
    expect(made.shape).toEqual(shape);
    expect(made.toArray()).toEqual(rows.flat().slice(0, made.size));
  });

  test.each(kinds.slice(0, 6).concat(kinds.slice(7, 9)))("%s, as the input of a module", (_, values) => {
    const linear = new Linear(3, 1);
    expect(linear.forward(values).toArray()).toEqual(linear.forward(rows).toArray());
  });
});

describe("views of the array that others make", () => {
  const data = Float64Array.of(1, 2, 3, 4, 5, 6);

  test.each<[string, object]>([
    ["a transpose of ndarray, with stride", { shape: [3, 2], data, stride: [1, 3], offset: 0 }],
    ["one that runs backward", { shape: [2, 3], data, stride: [-3, 1], offset: 3 }],
    ["a line that runs backward", { shape: [6], data, stride: [-1], offset: 5 }],
    ["a column, in the whole array", { shape: [2], data, stride: [3], offset: 1 }],
    ["one number for all", { shape: [2, 3], data: [1], strides: [0, 0] }],
    ["NumPy's transpose, with strides", { shape: [3, 2], data, strides: Int32Array.of(1, 3) }],
    ["three axes, two of them changed", { shape: [2, 1, 3], data, strides: [1, 6, 2] }],
    ["Fortran's order of an .npy file", { shape: [2, 3], data, fortranOrder: true }],
    ["Fortran's order by its letter", { shape: [2, 3], data, order: "F" }],
    ["columns first", { shape: [2, 3], data, strides: [1, 2], order: "column-major" }],
  ])("are not read as if they lay in rows: %s", (_, view) => {
    const values = view as Values;
    const message = /^"\w+": expected a row-major copy, got an object$/;
    for (const read of [
      () => tensor(values),
      () => parameter(values),
      () => new Linear(3, 1).forward(values),
      () => new MSELoss().forward(values, values),
      () => predict(new Linear(2, 1), values),
      () => fitSync(new Linear(2, 1), values, [1, 2, 3]),
      () => Moments.from(values, values),
      () => new Normalization(values),
    ])
      expect(read).toThrow(message);
  });

  test.each<[string, object]>([
    ["an ndarray", { stride: [3, 1], offset: 0, order: [1, 0] }],
    ["strides in a typed array", { strides: Int32Array.of(3, 1), order: "row-major" }],
    ["what is said not to be Fortran's", { fortranOrder: false, order: "C" }],
    ["a method called stride", { stride: () => [1, 2] }],
  ])("are read where they do: %s", (_, layout) => {
    expect(tensor({ shape: [2, 3], data, ...layout }).toRows()).toEqual(rows);
  });

  test("have no order where there is one number, or none", () => {
    expect(tensor({ shape: [], data: [7], strides: [] } as Values).item()).toBe(7);
    expect(tensor({ shape: [0, 3], data: [], stride: [3, 1] } as Values).shape).toEqual([0, 3]);
  });
});

describe("what is not numbers is refused by name and place", () => {
  test.each([
    ["a string", "abc", `"values": expected numbers, rows of numbers or a tensor, got "abc"`],
    ["a number", 3, `"values": expected numbers, rows of numbers or a tensor, got 3`],
    ["null", null, `"values": expected numbers, rows of numbers or a tensor, got null`],
    ["strings inside", [1, "2"], `"values": expected numbers, got "2" at index 1`],
    ["a hole", new Array(2), `"values": expected numbers, got undefined at index 0`],
    [
      "null in a row",
      [
        [1, 2],
        [3, null],
      ],
      `"values": expected numbers, got null at row 1, column 1`,
    ],
    ["a number among rows", [[1, 2], 3], `"values": expected rows of 2 numbers, got 3 as row 1`],
    ["three dimensions", [[[1]]], `"values": expected numbers, got an array of 1 at row 0, column 0`],
    ["big integers", BigInt64Array.of(1n), `"values": expected numbers, got a BigInt64Array`],
    ["a tensor without numbers", { shape: [1], data: "1" }, `"values.data": expected numbers, got "1"`],
  ])("%s", (_, values, message) => {
    expect(() => tensor(values as Values)).toThrow(TypeError);
    expect(() => tensor(values as Values)).toThrow(message);
  });

  test("a tensor whose shape is none", () => {
    for (const shape of [[1.5], [-1, -1]]) {
      expect(() => tensor({ shape, data: [1] })).toThrow(RangeError);
      expect(() => tensor({ shape, data: [1] })).toThrow(
        `"values.shape": expected whole numbers of at least 0`,
      );
    }
    const holes = new Array<number>(1).concat(2);
    expect(() => tensor({ shape: holes, data: [1, 2] })).toThrow(TypeError);
    expect(() => new Linear(2, 2).forward({ shape: "2" as unknown as number[], data: [1, 2] })).toThrow(
      `"x.shape": expected an array of whole numbers, got "2"`,
    );
  });

  test("arrays without numbers", () => {
    expect(() => tensor(new BigInt64Array(0) as unknown as number[])).toThrow(TypeError);
    expect(() => tensor({ length: -2 })).toThrow(
      `"values": expected numbers, rows of numbers or a tensor, got an object`,
    );
    expect(tensor(new Float32Array(0)).shape).toEqual([0]);
  });

  test("rows of different lengths", () => {
    const ragged = [[1, 2], [3, 4], [5]];
    expect(() => tensor(ragged)).toThrow(RangeError);
    expect(() => tensor(ragged)).toThrow(`"values": expected rows of 2 numbers, got 1 in row 2`);
  });

  test("a tensor whose data do not fill its shape", () => {
    const values = { shape: [2, 3], data: [1, 2, 3] };
    expect(() => tensor(values)).toThrow(`"values.data": expected 6 values for shape [2, 3], got 3`);
  });
});

describe("memory that was transferred to a worker is refused by name, where engines say nothing of whose it is:", () => {
  const transferred = <T extends ArrayBufferView<ArrayBuffer>>(view: T): T => {
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  };
  const floats = (length = 2) => transferred(new Float32Array(length));
  const file = () => transferred(encode({ model: new Linear(1, 1) }));
  const made = () => {
    const values = tensor([1, 2]);
    transferred(values.data as Float32Array<ArrayBuffer>);
    return values;
  };
  const stepped = (key: "data" | "grad", length = 2) => {
    const parameter = { data: new Float32Array(length), grad: new Float32Array(length) };
    const optimizer = new Rprop([parameter]);
    transferred(parameter[key]);
    return optimizer;
  };

  test.each<[string, () => unknown, string]>([
    ["values", () => tensor(floats()), `"values": expected numbers, got a detached Float32Array`],
    ["no values", () => tensor(floats(0)), `"values": expected numbers, got a detached Float32Array`],
    ["their buffer", () => tensor(floats().buffer as never), "a tensor, got a detached ArrayBuffer"],
    [
      "big integers",
      () => tensor(transferred(BigInt64Array.of(1n)) as never),
      "got a detached BigInt64Array",
    ],
    ["the first row", () => predict(new Linear(2, 1), [floats(), floats()]), `"x": expected numbers`],
    ["another row", () => predict(new Linear(2, 1), [[1, 2], floats()]), `"x": expected numbers`],
    ["a tensor", () => predict(new Linear(1, 1), made()), `"x": expected numbers`],
    ["a tensor of another library", () => tensor({ shape: [2], data: floats() }), `"values.data": expected`],
    ["a target", () => new MSELoss().forward([1, 2], made()), `"target": expected numbers`],
    ["rows of a run", () => fitSync(new Linear(1, 1), floats(), [1, 2]), `"x": expected numbers`],
    ["targets of a run", () => fitSync(new Linear(1, 1), [1, 2], made()), `"y": expected numbers`],
    ["a chunk", () => fitSync(new Linear(1, 1), () => [{ x: [1, 2], y: floats() }]), `"y": expected numbers`],
    ["rows of Moments", () => Moments.from([[1], floats(1)], [1, 2]), `"x": expected numbers`],
    ["targets of Moments", () => Moments.from([1, 2], made()), `"y": expected numbers`],
    ["state", () => new Linear(1, 1).loadStateDict({ weight: floats(1), bias: [1] }), `"state.weight"`],
    [
      "data of one's own",
      () => new Rprop([{ data: floats(), grad: floats() }]),
      `"params[0].data": expected`,
    ],
    ["data at a step", () => stepped("data").step(), `"params[0].data": expected a Float32Array`],
    ["a gradient at a step", () => stepped("grad").step(), `"params[0].grad": expected a Float32Array`],
    ["a gradient to clear", () => stepped("grad").zeroGrad(), `"params[0].grad": expected a Float32Array`],
    ["where minimize starts", () => minimize(() => 0, floats()), `"x0": expected at least one number`],
    [
      "a file",
      () => decode(file()),
      `"bytes": expected a Uint8Array or ArrayBuffer, got a detached Uint8Array`,
    ],
    ["the buffer of a file", () => decode(file().buffer as ArrayBuffer), "got a detached ArrayBuffer"],
    [
      "a view of a file",
      () => decode(transferred(new DataView(new ArrayBuffer(9)))),
      "got a detached DataView",
    ],
    ["a file of tensors", () => decodeTensors(file()), `"bytes": expected`],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
    expect(act).toThrow(/got a detached \w+ \(transferred, or kept while memory grew\?\)$/);
  });
});

describe("tensors", () => {
  test("copy what they are made of and round it to float32", () => {
    const from = [0.1, 1e300, NaN, -0];
    const made = tensor(from);
    from[0] = 7;
    expect(Object.is(made.data[3], -0)).toBe(true);
    expect(made.toArray()).toEqual([Math.fround(0.1), Infinity, NaN, -0]);
  });

  test("take a shape of the same size, and no other", () => {
    expect(tensor([1, 2, 3, 4], [2, 2]).toRows()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(() => tensor([1, 2, 3], [2, 2])).toThrow(`"shape": expected 3 values in all, got [2, 2]`);
    expect(() => tensor([1], [-1])).toThrow(`"shape": expected whole numbers of at least 0, got -1`);
    expect(() => tensor([1], ["1"] as unknown as number[])).toThrow(TypeError);
  });

  test("zeros and ones take lengths or a shape", () => {
    expect(zeros(2, 3).shape).toEqual([2, 3]);
    expect(ones([2, 2]).toArray()).toEqual([1, 1, 1, 1]);
    expect(() => zeros(2, 0.5)).toThrow(RangeError);
    expect(() => zeros(1e6, 1e6)).toThrow(/memory is exhausted/);
  });

  test("data is live, toArray and toRows are copies", () => {
    const made = zeros(2, 2);
    const copy = made.toArray();
    made.data[3] = 5;
    expect(copy[3]).toBe(0);
    expect(made.toRows()).toEqual([
      [0, 0],
      [0, 5],
    ]);
  });

  test("item is for one value, toRows for two dimensions", () => {
    expect(tensor([2.5]).item()).toBe(2.5);
    expect(() => zeros(2).item()).toThrow(`"item()": expected a tensor of one value, got shape [2]`);
    expect(() => zeros(0).item()).toThrow(RangeError);
    expect(() => zeros(2).toRows()).toThrow(`"toRows()": expected a tensor of two dimensions, got shape [2]`);
  });

  test("are made by functions, not by new", () => {
    const New = Tensor as unknown as new (...args: unknown[]) => Tensor;
    expect(() => new New([[1, 2]])).toThrow(`"Tensor": expected to be made by tensor(values)`);
    expect(() => new New(5)).toThrow(TypeError);
  });

  test("go through JSON", () => {
    const made = tensor([[1, 2.5]]);
    const again = tensor(JSON.parse(JSON.stringify(made)));
    expect([again.shape, again.toArray()]).toEqual([made.shape, made.toArray()]);
  });

  test("print their shape and first numbers", () => {
    expect(String(tensor([0.1, 2]))).toBe("Tensor[2] 0.1, 2");
    expect(String(zeros(2, 4))).toBe("Tensor[2 × 4] 0, 0, 0, 0, 0, 0, …");
    expect(zeros(1)).toBeInstanceOf(Tensor);
  });
});
