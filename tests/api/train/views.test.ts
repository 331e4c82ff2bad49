import { describe, expect, test } from "vitest";
import {
  evaluate,
  fitSync,
  Linear,
  MSELoss,
  manualSeed,
  predict,
  Rprop,
  randn,
  Tensor,
} from "../../../src/index.js";

/** So large that what a run or an optimizer of it allocates makes memory grow. */
function made() {
  manualSeed(4);
  return new Linear(1000, 700);
}

/** Rows that are live views of the library's memory, and copies of them. */
function rows() {
  manualSeed(5);
  const [x, y, heldX, heldY] = [1000, 700, 1000, 700].map((columns) => new Linear(columns, 3));
  const live = () => ({ x: x!.weight.data, y: y!.weight.data });
  const held = () => ({ x: heldX!.weight.data, y: heldY!.weight.data });
  const copied = ({ x, y }: { x: Float32Array; y: Float32Array }) => ({ x: x.slice(), y: y.slice() });
  return { live, held, copies: copied(live()), heldCopies: copied(held()), owners: [x, y, heldX, heldY] };
}

const options = { epochs: 2, keepBest: false };

describe("numbers that are views of the library's memory, which grows meanwhile, are those of the call", () => {
  test.each([true, false])("in fitSync; an optimizer of one's own: %s", (own) => {
    const { live, held, copies, heldCopies } = rows();
    const [one, other] = [made(), made()];
    const expected = fitSync(one, copies.x, copies.y, { ...options, validation: heldCopies });
    const optimizer = own ? { optimizer: new Rprop(other.parameters()) } : {};
    const { x, y } = live();
    const result = fitSync(other, x, y, { ...options, ...optimizer, validation: held() });
    expect(result.losses).toEqual(expected.losses);
    expect(result.validationLosses).toEqual(expected.validationLosses);
    expect(result.validationLoss).toBe(expected.validationLoss);
  });

  test("in a share for validation", () => {
    const { live, copies } = rows();
    const expected = fitSync(made(), copies.x, copies.y, { ...options, validation: 0.4 });
    const { x, y } = live();
    const result = fitSync(made(), x, y, { ...options, validation: 0.4 });
    expect(result.validationLosses).toEqual(expected.validationLosses);
    expect(result.losses).toEqual(expected.losses);
  });

  test("in chunks of a source, and the validation set beside it", () => {
    const { live, held, copies, heldCopies } = rows();
    const expected = fitSync(made(), () => [copies], { ...options, validation: heldCopies });
    const result = fitSync(made(), () => [live()], { ...options, validation: held() });
    expect(result.losses).toEqual(expected.losses);
    expect(result.validationLosses).toEqual(expected.validationLosses);
  });

  test("in predict and evaluate", () => {
    const { live, copies } = rows();
    const model = made();
    const expected = model.forward(copies.x).toArray();
    expect(predict(model, live().x).toArray()).toEqual(expected);
    const { x, y } = live();
    expect(evaluate(model, x, y, new MSELoss())).toBe(new MSELoss().forward(expected, copies.y).item());
  });
});

describe("outputs and tensors of modules", () => {
  test("are rows as any other", () => {
    const encoder = new Linear(3, 1000);
    const given = encoder.forward(randn(4, 3));
    expect(given).toBeInstanceOf(Tensor);
    const y = randn(4, 700);
    const expected = fitSync(made(), given.toArray(), y, options);
    expect(fitSync(made(), given, y, options).losses).toEqual(expected.losses);
    expect(fitSync(made(), () => [{ x: given, y }], options).losses).toEqual(expected.losses);
    expect(predict(made(), given).toArray()).toEqual(made().forward(given).toArray());
    encoder.forward(randn(4, 3));
    for (const call of [() => fitSync(made(), given, y), () => predict(made(), given)]) {
      expect(call).toThrow("this output is stale");
    }
  });

  test("of the model itself may be trained on", () => {
    const model = new Linear(2, 2);
    const x = randn(9, 2);
    const output = model.forward(x);
    const copy = output.toArray();
    expect(fitSync(model, x, output, { epochs: 1 }).losses[0]).toBe(0);
    expect(output.toArray()).toEqual(copy); // its own until the next forward
  });
});
