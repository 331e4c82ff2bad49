import { afterEach, describe, expect, test } from "vitest";
import {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  epochs,
  evaluate,
  type FitOptions,
  fingerprint,
  fit,
  fitSync,
  L1Loss,
  Linear,
  type Module,
  Moments,
  MSELoss,
  Normalization,
  predict,
  Rprop,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";

const model = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 2));
const [x, y] = [randn(5, 2), randn(5, 2)];
const before = fingerprint(model);
const optimizer = new Rprop(model.parameters());

/** Nothing that was refused may have changed anything. */
afterEach(() => {
  expect(fingerprint(model)).toBe(before);
  expect(optimizer.stateDict().state).toEqual({});
});

const refusal = (options: object) => () => fitSync(model, x, y, { optimizer, ...options });

describe("options", () => {
  test("that do not exist are refused, and the nearest is named", () => {
    expect(refusal({ epoch: 3 })).toThrow(`got "epoch" (did you mean "epochs"?)`);
    expect(refusal({ keepbest: true })).toThrow(`(did you mean "keepBest"?)`);
    expect(refusal({ targetLos: 1 })).toThrow(`(did you mean "targetLoss"?)`);
    expect(() => fitSync(model, x, y, 3 as FitOptions)).toThrow(
      /^"options": expected \{ .*epochs, .* \}, got 3$/,
    );
    expect(() => fitSync(model, () => [{ x, y }], x as FitOptions)).toThrow(/ \}, got a Tensor$/);
  });

  test.each<[object, ErrorConstructor, string]>([
    [{ epochs: 0 }, RangeError, `"epochs": expected a whole number of at least 1, got 0`],
    [{ epochs: 1.5 }, RangeError, `"epochs"`],
    [{ epochs: "10" }, TypeError, `"epochs": expected a whole number of at least 1, got "10"`],
    [{ restarts: 0 }, RangeError, `"restarts"`],
    [{ every: -1 }, RangeError, `"every"`],
    [{ patience: 0 }, RangeError, `"patience"`],
    [{ targetLoss: NaN }, RangeError, `"targetLoss": expected a finite number, got NaN`],
    [{ minDelta: -1 }, RangeError, `"minDelta": expected a finite number of at least 0, got -1`],
    [{ minDelta: "1" }, TypeError, `"minDelta"`],
    [{ yieldEvery: Infinity }, RangeError, `"yieldEvery"`],
    [{ keepBest: 1 }, TypeError, `"keepBest": expected true or false, got 1`],
    [{ seed: 0.5 }, RangeError, `"seed": expected a whole number`],
    [
      { seed: Number.MAX_SAFE_INTEGER, restarts: 2 },
      RangeError,
      `"seed": expected a whole number within ±(2^53 − 1), as the last restart's too, got 9007199254740992`,
    ],
    [{ seed: "a" }, TypeError, `"seed": expected a whole number within`],
    [{ validation: "x" }, TypeError, `"validation": expected { x, y } or a number between 0 and 1, got "x"`],
    [
      { validation: { x } },
      RangeError,
      `"validation": expected { x, y } or a number between 0 and 1, got an object with x`,
    ],
    [
      { validation: [x, y] },
      TypeError,
      `"validation": expected { x, y } or a number between 0 and 1, got an array of 2`,
    ],
    [{ signal: { aborted: false } }, TypeError, `"signal": expected an AbortSignal, got an object`],
    [{ signal: {} }, TypeError, `"signal": expected an AbortSignal, got an object`],
    [{ onEpoch: 1 }, TypeError, `"onEpoch": expected a function, got 1`],
    [{ loss: "mse" }, TypeError, `"loss": expected a loss of this library, such as new MSELoss(), got "mse"`],
    [{ loss: MSELoss }, TypeError, `"loss"`],
    [{ optimizer: {} }, TypeError, `"optimizer": expected an Rprop of this library, got an object`],
  ])("%j", (options, kind, message) => {
    expect(refusal(options)).toThrow(kind);
    expect(refusal(options)).toThrow(message);
  });

  test("a class in the place of what new makes of it is asked for its new", () => {
    const options = { loss: MSELoss, optimizer: Rprop, validation: Moments } as Record<string, unknown>;
    for (const [name, value] of Object.entries(options))
      expect(refusal({ [name]: value })).toThrow(/, got a class \(did you forget "new"\?\)$/);
    expect(() => fitSync(Linear as never, x, y)).toThrow('got a class (did you forget "new"?)');
    expect(refusal({ loss: () => 1 })).toThrow(/, got a function$/);
  });

  test("reject where fit is asked", async () => {
    await expect(fit(model, x, y, { epochs: 0 })).rejects.toThrow(RangeError);
    await expect(fit(model, [1], y)).rejects.toThrow(`"x"`);
  });

  test("may be given as undefined", () => {
    const other = new Linear(2, 2);
    const options = { targetLoss: undefined, validation: undefined, signal: undefined, patience: undefined };
    const result = fitSync(other, x, y, { ...options, epochs: 2 } as FitOptions);
    expect(result).toMatchObject({ completed: 2 });
    expect(result).not.toHaveProperty("validationLosses");
  });
});

describe("numbers", () => {
  const at = (r: number, c: number, value: number) =>
    Array.from({ length: 300 }, (_, i) => (i === r ? [1, 2].with(c, value) : [1, 2]));
  const good = at(-1, 0, 0);

  test("that are not finite are named by row and column", () => {
    expect(() => fitSync(model, at(17, 1, NaN), good, { optimizer })).toThrow(`"x": row 17, column 1 is NaN`);
    expect(() => fitSync(model, good, at(299, 0, -Infinity), { optimizer })).toThrow(
      `"y": row 299, column 0 is -Infinity`,
    );
    expect(() => fitSync(model, at(0, 0, 1e300), good, { optimizer })).toThrow(
      `"x": row 0, column 0 is Infinity`,
    );
    for (const validation of [
      { x: at(3, 1, NaN), y: good },
      { x: good, y: at(3, 1, NaN) },
    ]) {
      const name = validation.x === good ? "y" : "x";
      const message = `"validation.${name}": row 3, column 1 is NaN`;
      expect(refusal({ validation })).toThrow(message);
      expect(() => fitSync(model, () => [{ x, y }], { validation, optimizer })).toThrow(message);
    }
    expect(() => epochs(model, at(1, 1, NaN), good)).toThrow(`"x": row 1`); // before the first next
  });

  test("of other shapes are refused", () => {
    const start = (a: unknown, b: unknown) => () =>
      fitSync(model, a as number[], b as number[], { optimizer });
    expect(start([1, 2, 3], y)).toThrow(`"x": expected rows × 2 features, got 3 values`);
    expect(start([[1, 2, 3]], y)).toThrow(`"x": expected rows × 2 features, got shape [1, 3]`);
    expect(start(x, [[1, 2]])).toThrow(`"y": expected 5 rows, as the prediction has, got 1`);
    const classes = "expected rows × 3 (class indices: CrossEntropyLoss), got shape [5]";
    const indices = Uint8Array.of(0, 1, 2, 1, 0);
    const three = new Linear(2, 3);
    for (const loss of [new MSELoss(), new L1Loss(), new BCEWithLogitsLoss()]) {
      expect(() => fitSync(three, x, indices, { loss })).toThrow(`"y": ${classes}`);
      expect(() => evaluate(three, x, indices, loss)).toThrow(`"y": ${classes}`);
      const validation = { x, y: indices };
      const rows = randn(5, 3)
        .toRows()
        .map((row) => row.map(() => 1));
      expect(() => fitSync(three, x, rows, { loss, validation })).toThrow(`"validation.y": ${classes}`);
    }
    fitSync(three, x, indices, { loss: new CrossEntropyLoss(), epochs: 1 });
    expect(start(x, undefined)).toThrow(TypeError);
    expect(start("x", y)).toThrow(`"x": expected numbers`);
    expect(start([], [])).toThrow(`"x": expected at least one row, got none`);
    expect(start([["a", 1]], y)).toThrow(`"x": expected numbers, got "a" at row 0, column 0`);
    expect(refusal({ validation: { x: [1], y: [1, 2] } })).toThrow(
      `"validation.x": expected rows × 2 features`,
    );
    expect(refusal({ validation: { x: [1, 2], y: [1] } })).toThrow(`"validation.y"`);
    expect(refusal({ validation: { x: [], y: [] } })).toThrow(`"validation.x": expected at least one row`);
  });

  test("that a loss does not take are refused, by row", () => {
    const loss = new CrossEntropyLoss();
    const classes = Array.from({ length: 300 }, (_, i) => (i === 270 ? 2 : 0));
    expect(() => fitSync(model, good, classes, { loss, optimizer })).toThrow(`got 2 in row 270`);
    const validation = { x, y: randn(5, 2) };
    expect(() => fitSync(model, good, classes.with(270, 0), { loss, validation, optimizer })).toThrow(
      `"validation.y": expected targets of the same kind as y`,
    );
    const share = { loss, validation: 0.5, optimizer };
    expect(() => fitSync(model, good, classes, share)).toThrow(`got 2 in row 270`);
    const linear = new Linear(1, 1);
    linear.weight.data[0] = 0;
    linear.bias!.data[0] = 0.5;
    const far = Array.from({ length: 600 }, (_, i) => (i === 555 ? 10 : 0));
    linear.weight.data[0] = 1;
    const zeros = far.map(() => 0);
    const message = `"prediction": expected numbers from 0 to 1, got 10.5 in row 555, column 0`;
    expect(() => fitSync(linear, far, zeros, { loss: new BCELoss() })).toThrow(message);
    expect(() => evaluate(linear, far, zeros, new BCELoss())).toThrow(message);
    const chunks = [0, 400].map((row) => ({ x: far.slice(row, row + 400), y: zeros.slice(row, row + 400) }));
    expect(() => fitSync(linear, () => chunks, { loss: new BCELoss() })).toThrow(message);
    expect(linear.weight.item()).toBe(1);
  });
});

describe("models", () => {
  const foreign = { forward: () => null, parameters: () => [] } as unknown as Module;

  test("of another library are refused, everywhere", () => {
    const message = `"model": expected a module of this library, such as new Sequential(a, b), got an object`;
    for (const call of [
      () => fitSync(foreign, x, y),
      () => epochs(foreign, x, y),
      () => predict(foreign, x),
      () => evaluate(foreign, x, y, new MSELoss()),
      () => fingerprint(foreign),
    ]) {
      expect(call).toThrow(message);
      expect(call).toThrow(TypeError);
    }
    expect(() => evaluate(model, x, y, {} as MSELoss)).toThrow(`"loss": expected a loss of this library`);
  });

  test("without parameters are refused", () => {
    for (const each of [new Tanh(), new Sequential(new Normalization(x), new Tanh())]) {
      expect(() => fitSync(each, x, y)).toThrow(`"model": expected a model with parameters`);
      expect(() => fitSync(each, () => [{ x, y }])).toThrow(`"model": expected a model with parameters`);
    }
  });

  test("that were disposed are refused, optimizers too", () => {
    const gone = new Linear(2, 2);
    const spare = new Linear(2, 2);
    const spent = new Rprop(spare.parameters());
    gone.dispose();
    spent.dispose();
    for (const call of [
      () => fitSync(gone, x, y),
      () => predict(gone, x),
      () => evaluate(gone, x, y, new MSELoss()),
      () => fingerprint(gone),
    ]) {
      expect(call).toThrow("this Linear(2, 2) was disposed");
    }
    expect(() => fitSync(spare, x, y, { optimizer: spent })).toThrow("dispose");
    fitSync(spare, x, y, { epochs: 1 }); // free
  });

  test("are refused with an optimizer of other parameters, or of arrays", () => {
    const other = new Linear(2, 2);
    const own = model.parameters();
    const arrays = { data: new Float32Array(3), grad: new Float32Array(3) };
    const cases = [[other.weight], [...own, other.weight], [...own, arrays]] as const;
    cases.forEach((params, i) => {
      const name = `params[${i === 0 ? 0 : own.length}]`;
      expect(() => fitSync(model, x, y, { optimizer: new Rprop(params) })).toThrow(
        `"optimizer": expected parameters of the model alone, got ${name}, which is none`,
      );
    });
  });

  test("whose parameters were moved out of the optimizer's bounds are refused", () => {
    const linear = new Linear(2, 2);
    const bounded = new Rprop(linear.parameters(), { bounds: [-1, 1] });
    linear.weight.data[1] = 3;
    expect(() => fitSync(linear, x, y, { optimizer: bounded })).toThrow(
      `"params[0]": expected values within the bounds [-1, 1], got 3`,
    );
  });
});
