import { describe, expect, test } from "vitest";
import {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  Ensemble,
  evaluate,
  HuberLoss,
  L1Loss,
  MSELoss,
  predict,
  tensor,
} from "../../../src/index.js";
import { constant, members, rowsOf } from "./ensembles.js";

describe("evaluate of an Ensemble", () => {
  test.each([7, 600])("takes outputs as any model's, of %d rows", (count) => {
    const model = new Ensemble(members(3, 2));
    const x = rowsOf(count, 3);
    const z = predict(model, x);
    const y = rowsOf(count + 1, 2).data.slice(0, 2 * count);
    const target = tensor(y, [count, 2]);
    for (const loss of [new MSELoss(), new L1Loss(), new HuberLoss(), new MSELoss({ reduction: "sum" })])
      expect(evaluate(model, x, target, loss)).toBe(loss.forward(z, target).item());
    const classes = Float32Array.from({ length: count }, (_, i) => i % 2);
    // An output that is no probability is a logit.
    const crossEntropy = new CrossEntropyLoss();
    expect(evaluate(model, x, classes, crossEntropy)).toBe(crossEntropy.forward(z, classes).item());
    const binary = new BCEWithLogitsLoss();
    const answers = tensor(
      y.map((value) => (value > 0 ? 1 : 0)),
      [count, 2],
    );
    expect(evaluate(model, x, answers, binary)).toBe(binary.forward(z, answers).item());
  });

  test.each([7, 600])("takes probabilities as what they are, of %d rows", (count) => {
    const model = new Ensemble(members(3, 4), { average: "probabilities" });
    const x = rowsOf(count, 3);
    const p = predict(model, x);
    const rows = p.toRows();
    const classes = rows.map((_, i) => i % 4);
    const expected = rows.reduce((sum, row, i) => sum - Math.log(row[i % 4] as number), 0);
    expect(evaluate(model, x, classes, new CrossEntropyLoss())).toBeCloseTo(expected / count, 5);
    expect(evaluate(model, x, classes, new CrossEntropyLoss({ reduction: "sum" })) / expected).toBeCloseTo(
      1,
      5,
    );
    const oneHot = classes.map((c) => [0, 1, 2, 3].map((k) => (k === c ? 1 : 0)));
    for (const loss of [new MSELoss(), new L1Loss(), new HuberLoss(), new BCELoss()])
      expect(evaluate(model, x, oneHot, loss)).toBe(loss.forward(p, oneHot).item());
    const binary = evaluate(model, x, oneHot, new BCEWithLogitsLoss());
    expect(binary).toBeCloseTo(new BCELoss().forward(p, oneHot).item(), 5);
  });

  test("weights and smooths classes as the loss does", () => {
    const model = new Ensemble([constant(0, 1, 2), constant(2, 0, 0)], { average: "probabilities" });
    const [p = []] = predict(model, [0]).toRows();
    const loss = new CrossEntropyLoss({ weight: [1, 2, 3], labelSmoothing: 0.1 });
    const logs = p.map(Math.log) as [number, number, number];
    const shares = [0.1 / 3, 0.1 / 3, 0.9 + 0.1 / 3];
    const expected = -logs.reduce((sum, value, k) => sum + (k + 1) * (shares[k] as number) * value, 0) / 3;
    expect(evaluate(model, [0], [2], loss)).toBeCloseTo(expected, 5);
  });

  test("takes one probability for each row", () => {
    const model = new Ensemble(members(3, 1), { average: "probabilities" });
    const x = rowsOf(50, 3);
    const p = predict(model, x).toArray();
    const y = p.map((_, i) => (i % 3) / 2);
    const terms = p.map((value, i) => {
      const t = y[i] as number;
      return -t * Math.log(value) - (1 - t) * Math.log(1 - value);
    });
    const expected = terms.reduce((a, b) => a + b) / 50;
    expect(evaluate(model, x, y, new BCEWithLogitsLoss())).toBeCloseTo(expected, 5);
    expect(evaluate(model, x, y, new BCELoss())).toBeCloseTo(expected, 5);
  });

  test("of 0 and 1 is −log p by CrossEntropyLoss: 0 and ∞", () => {
    const model = new Ensemble([constant(500, 0), constant(300, 0)], { average: "probabilities" });
    expect(predict(model, [0]).toArray()).toEqual([1, 0]);
    const loss = new CrossEntropyLoss();
    expect(evaluate(model, [0], [0], loss)).toBe(0);
    expect(evaluate(model, [0], [1], loss)).toBe(Infinity);
    expect(evaluate(model, [0], [[1, 0]], loss)).toBe(0);
    expect(evaluate(model, [0], [[0.5, 0.5]], loss)).toBe(Infinity);
  });

  test("of 0 and 1 is what BCELoss gives by BCEWithLogitsLoss: −log 0 is 100", () => {
    const outputs: [logit: number, p: number][] = [
      [200, 1],
      [-200, 0],
    ];
    for (const [logit, p] of outputs) {
      const one = new Ensemble([constant(logit), constant(logit)], { average: "probabilities" });
      expect(predict(one, [0]).item()).toBe(p);
      for (const y of [0, 0.5, 1]) {
        const expected = 100 * Math.abs(p - y);
        expect(evaluate(one, [0], [y], new BCEWithLogitsLoss())).toBeCloseTo(expected, 30);
        expect(evaluate(one, [0], [y], new BCELoss())).toBe(expected);
      }
    }
    const two = new Ensemble([constant(200, 0)], { average: "probabilities" });
    expect(evaluate(two, [0], [[1, 0]], new BCEWithLogitsLoss())).toBeCloseTo(0, 30);
    expect(evaluate(two, [0], [[0, 1]], new BCEWithLogitsLoss())).toBe(100);
  });

  test("of NaN is NaN", () => {
    const model = new Ensemble([constant(NaN, 0)], { average: "probabilities" });
    expect(evaluate(model, [0], [0], new CrossEntropyLoss())).toBeNaN();
    expect(evaluate(model, [0], [[0, 1]], new BCEWithLogitsLoss())).toBeNaN();
    expect(evaluate(new Ensemble([constant(NaN)]), [0], [1], new MSELoss())).toBeNaN();
  });

  test("refuses what a model's refuses", () => {
    const model = new Ensemble(members(3, 2));
    const loss = new MSELoss();
    expect(() => evaluate(model, [], [], loss)).toThrow('"x": expected at least one row, got none');
    expect(() => evaluate(model, [1, 2], [1, 2], loss)).toThrow(
      '"x": expected rows × 3 features, got 2 values',
    );
    expect(() => evaluate(model, [1, 2, 3], [1], loss)).toThrow(
      '"y": expected rows × 2 (class indices: CrossEntropyLoss), got shape [1]',
    );
    expect(() => evaluate(model, [1, 2, 3], [2], new CrossEntropyLoss())).toThrow('"y": expected');
    const beyond = new Ensemble([constant(2)]);
    expect(() => evaluate(beyond, [0], [1], new BCELoss())).toThrow(
      '"prediction": expected numbers from 0 to 1',
    );
  });
});
