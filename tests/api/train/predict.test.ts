import { describe, expect, test } from "vitest";
import {
  BCELoss,
  evaluate,
  Linear,
  MSELoss,
  manualSeed,
  Normalization,
  predict,
  Rprop,
  randn,
  Sequential,
  Sigmoid,
  SiLU,
  Tanh,
  zeros,
} from "../../../src/index.js";
import { bits } from "./by-hand.js";

const models = () => {
  manualSeed(2);
  const scale = randn(20, 3);
  return [
    new Linear(3, 2),
    new Linear(3, 1, { bias: false }),
    new Tanh(),
    new Sequential(new Tanh(), new SiLU()),
    new Sequential(new Normalization(scale), new Linear(3, 20), new Tanh(), new Linear(20, 4)),
    new Sequential(new Linear(3, 3), new Normalization(scale, { invert: true })),
  ];
};

test("a prediction that no memory holds is refused in the library's own words", () => {
  const wide = new Linear(1, 100_000);
  expect(() => predict(wide, zeros(100_000, 1))).toThrow("memory is exhausted: no room for 38147.0 MiB more");
  wide.dispose();
});

describe("predict", () => {
  test.each([0, 1, 2, 255, 256, 257, 1000])("gives what forward gives, to the bit: %i rows", (rows) => {
    for (const model of models()) {
      const x = randn(rows, 3);
      const output = model.forward(x);
      const prediction = predict(model, x);
      expect(prediction.shape).toEqual(output.shape);
      expect(prediction.toArray()).toEqual(output.toArray());
      expect(predict(model, x.toRows()).shape[0]).toBe(rows);
    }
  });

  test("gives a tensor that stays, whatever the model does next", () => {
    const model = new Linear(1, 1);
    const first = predict(model, [1, 2, 3]);
    const copy = first.toArray();
    predict(model, [4, 5, 6]);
    model.forward([7, 8, 9]);
    model.dispose();
    expect(first.toArray()).toEqual(copy);
  });

  test("passes on NaN and infinities as forward does", () => {
    const model = new Sequential(new Linear(1, 2), new Tanh());
    const x = [NaN, Infinity, -Infinity, 1];
    expect(predict(model, x).toArray()).toEqual(model.forward(x).toArray());
    expect(
      evaluate(
        model,
        x,
        [
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        new MSELoss(),
      ),
    ).toBeNaN();
  });

  test("refuses what is not rows for the model", () => {
    expect(() => predict(new Linear(2, 1), [1, 2, 3])).toThrow(
      `"x": expected rows × 2 features, got 3 values`,
    );
    expect(() => predict(new Linear(2, 1), [["1", "2"]] as unknown as number[][])).toThrow(TypeError);
    expect(() => evaluate(new Linear(2, 1), [], [], new MSELoss())).toThrow(
      `"x": expected at least one row, got none`,
    );
    expect(() => evaluate(new Linear(2, 1), [1, 2], [1, 2], new MSELoss())).toThrow(`"y": expected 1 row`);
  });

  test("and evaluate refuse predictions that the loss does not take", () => {
    const model = new Linear(1, 1);
    model.weight.data[0] = 2;
    expect(() => evaluate(model, [1], [1], new BCELoss())).toThrow(
      `"prediction": expected numbers from 0 to 1`,
    );
    expect(
      evaluate(new Sequential(new Linear(1, 1), new Sigmoid()), [1], [1], new BCELoss()),
    ).toBeGreaterThan(0);
  });
});

describe("predict and evaluate between forward and backward", () => {
  test.each([1, 300])("leave a loop written by hand as it is: %i rows", (rows) => {
    const train = (look: (model: Sequential) => void) => {
      manualSeed(1);
      const model = new Sequential(
        new Normalization(randn(9, 3)),
        new Linear(3, 6),
        new Tanh(),
        new Linear(6, 9),
        new SiLU(),
        new Linear(9, 2),
      );
      const [x, y] = [randn(200, 3), randn(200, 2)];
      const optimizer = new Rprop(model.parameters());
      const criterion = new MSELoss();
      const losses: number[] = [];
      for (let epoch = 0; epoch < 15; epoch++) {
        optimizer.zeroGrad();
        look(model);
        const output = model.forward(x);
        look(model);
        const loss = criterion.forward(output, y);
        look(model);
        loss.backward();
        look(model);
        optimizer.step(loss);
        losses.push(loss.item(), output.toArray()[7]!);
      }
      return { losses, ...bits({ model, optimizer }) };
    };
    const others = { x: randn(rows, 3), y: randn(rows, 2) };
    const looked = train((model) => {
      predict(model, others.x);
      evaluate(model, others.x, others.y, new MSELoss());
      for (const layer of model.modules.slice(1, 2)) predict(layer, others.x);
    });
    expect(looked).toEqual(train(() => {}));
  });
});
