import { describe, expect, test } from "vitest";
import {
  fitSync,
  L1Loss,
  Linear,
  type Module,
  Moments,
  MSELoss,
  Normalization,
  parameter,
  Rprop,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { momentsTrainer } from "../../../src/train/trainers/moments-trainer.js";
import { made, moments, x } from "./run.js";

describe("training from moments is refused", () => {
  const refusals: [string, (parts: ReturnType<typeof made>) => unknown, ErrorConstructor, string][] = [
    [
      "for other models",
      ({ linear, optimizer }) =>
        momentsTrainer(new Sequential(linear, new Tanh()), moments, new MSELoss(), optimizer, null),
      TypeError,
      `"model": expected a Linear, with nothing but Normalization around it, to train from Moments, got Sequential(Linear(3, 2), Tanh)`,
    ],
    [
      "for two Linears",
      ({ linear, optimizer }) =>
        momentsTrainer(new Sequential(linear, new Linear(2, 2)), moments, new MSELoss(), optimizer, null),
      TypeError,
      `got Sequential(Linear(3, 2), Linear(2, 2))`,
    ],
    [
      "for no Linear",
      ({ optimizer }) => momentsTrainer(new Normalization(x), moments, new MSELoss(), optimizer, null),
      TypeError,
      `"model": expected a Linear, with nothing but Normalization around it, to train from Moments, got Norm`,
    ],
    [
      "for what is no model",
      ({ optimizer }) => momentsTrainer({} as Module, moments, new MSELoss(), optimizer, null),
      TypeError,
      `"model": expected a Linear`,
    ],
    [
      "for other losses",
      ({ model, optimizer }) => momentsTrainer(model, moments, new L1Loss(), optimizer, null),
      TypeError,
      `"loss": expected an MSELoss: Moments hold what it needs, and nothing else, got`,
    ],
    [
      "for another width",
      ({ model, optimizer }) => momentsTrainer(model, new Moments(3, 1), new MSELoss(), optimizer, null),
      RangeError,
      `"moments": expected 3 features and 2 outputs, got 3 features and 1 output`,
    ],
    [
      "for no rows",
      ({ model, optimizer }) => momentsTrainer(model, new Moments(3, 2), new MSELoss(), optimizer, null),
      Error,
      "these Moments have no rows: add() some before fit",
    ],
    [
      "for validation moments of another width",
      ({ model, optimizer }) => momentsTrainer(model, moments, new MSELoss(), optimizer, new Moments(1, 2)),
      RangeError,
      `"validation": expected 3 features and 2 outputs, got 1 feature and 2 outputs`,
    ],
    [
      "for validation rows with NaN",
      ({ model, optimizer }) =>
        momentsTrainer(model, moments, new MSELoss(), optimizer, { x: [1, 2, NaN], y: [1, 2] }),
      RangeError,
      `"validation.x": row 0, column 2 is NaN`,
    ],
    [
      "for validation rows whose squares overflow",
      ({ model, optimizer }) =>
        momentsTrainer(model, moments, new MSELoss(), optimizer, {
          x: [1, 2, 3, 4, 5, 6],
          y: [1e200, 2, 3, 4],
        }),
      RangeError,
      `"validation.y": expected numbers whose squares have a finite sum`,
    ],
    [
      "for no validation rows",
      ({ model, optimizer }) => momentsTrainer(model, moments, new MSELoss(), optimizer, { x: [], y: [] }),
      RangeError,
      `"validation.x": expected at least one row, got none`,
    ],
    [
      "for what is no optimizer",
      ({ model }) => fitSync(model, moments, { optimizer: {} as Rprop }),
      TypeError,
      `"optimizer": expected an Rprop of this library, got an object`,
    ],
    [
      "for an optimizer of other parameters",
      ({ model, linear }) => {
        const optimizer = new Rprop([linear.weight, parameter([1])]);
        return momentsTrainer(model, moments, new MSELoss(), optimizer, null);
      },
      RangeError,
      `"optimizer": expected parameters of the model's Linear alone, got others`,
    ],
    [
      "for weights out of bounds",
      ({ linear, trainer, optimizer }) => {
        optimizer.paramGroups[0]!.bounds = [-2, 2];
        linear.weight.data[0] = 5;
        return trainer();
      },
      RangeError,
      'params[0]": expected values within the bounds [-2, 2], got 5',
    ],
    [
      "after dispose of the optimizer",
      ({ trainer, optimizer }) => {
        optimizer.dispose();
        return trainer();
      },
      Error,
      "this Rprop was disposed",
    ],
    [
      "after dispose of the model",
      ({ trainer, model }) => {
        model.dispose();
        return trainer();
      },
      Error,
      "was disposed",
    ],
  ];
  test.each(refusals)("%s", (_, act, kind, message) => {
    expect(() => act(made())).toThrow(kind);
    expect(() => act(made())).toThrow(message);
  });

  test("at gradients that are not finite, under nonFinite: throw, with nothing changed", () => {
    const huge = Moments.from([1e150, -1e150], [1, 2]);
    const linear = new Linear(1, 1, { bias: false });
    linear.weight.data[0] = 3e38;
    for (const nonFinite of ["throw", "skip"] as const) {
      const optimizer = new Rprop(linear.parameters(), { nonFinite });
      const trainer = momentsTrainer(linear, huge, new MSELoss(), optimizer, null);
      const loss = trainer.measure();
      expect(loss).toBe(Infinity);
      const { extras } = trainer;
      const message = `"params[0].grad": expected finite gradients under nonFinite: "throw", got 1 of 1 that are not`;
      if (nonFinite === "skip") trainer.state.step(loss);
      else expect(() => trainer.state.step(loss)).toThrow(message);
      expect(trainer.extras).toEqual(extras);
      trainer.state.publish();
      expect(optimizer.state(linear.weight).step).toBe(nonFinite === "skip" ? 1 : 0);
    }
  });
});
