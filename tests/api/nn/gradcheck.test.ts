import { describe, expect, it, test } from "vitest";
import {
  Generator,
  gradcheck,
  Linear,
  type Module,
  MSELoss,
  type Output,
  Rprop,
  type Values,
} from "../../../src/index.js";

const generator = new Generator(3);
const x = generator.randn(20, 3);
const y = generator.randn(20, 2);
const make = () => new Linear(3, 2, { generator });

/** Two layers, for what a stack is. */
function stack(): Module {
  const [first, second] = [new Linear(3, 4, { generator }), new Linear(4, 2, { generator })];
  return {
    forward: (rows: Values) => second.forward(first.forward(rows)),
    namedParameters: () => [
      ...first.namedParameters().map(([name, p]) => [`0.${name}`, p]),
      ...second.namedParameters().map(([name, p]) => [`1.${name}`, p]),
    ],
    parameters: () => [...first.parameters(), ...second.parameters()],
  } as Module;
}

/** MSELoss whose backward is wrong in one entry of one parameter. */
const spoiled = (model: Linear, index: number, factor: number) => {
  const loss = new MSELoss();
  return {
    forward(prediction: Output, target: Values) {
      const value = loss.forward(prediction, target);
      return {
        item: () => value.item(),
        backward() {
          value.backward();
          model.weight.grad.data[index]! *= factor;
        },
      };
    },
  };
};

describe("gradcheck", () => {
  it("agrees with backward in layers and stacks, for small losses and large ones", () => {
    expect(gradcheck(make(), x, y, new MSELoss())).toMatchObject({ ok: true, checked: 8 });
    expect(gradcheck(stack(), x, y, new MSELoss())).toMatchObject({ ok: true, checked: 26 });
    expect(gradcheck(make(), x, y, new MSELoss({ reduction: "sum" })).ok).toBe(true);
    for (const scale of [1e-6, 1e6]) {
      const targets = y.toRows().map((row) => row.map((value) => value * scale));
      expect(gradcheck(make(), x, targets, new MSELoss()).ok).toBe(true);
    }
  });

  // A step that does not grow with the weight would be lost in its rounding.
  it("agrees where weights are large", () => {
    const model = make();
    for (const parameter of model.parameters()) parameter.data.fill(2e6 / 3);
    expect(gradcheck(model, x, y, new MSELoss()).ok).toBe(true);
  });

  test.each([1.05, 0.9, -1, 0])("names the entry whose gradient is %d times what it should be", (factor) => {
    const model = make();
    const { ok, worst } = gradcheck(model, x, y, spoiled(model, 4, factor), { raise: false });
    expect(ok).toBe(false);
    expect(worst).toMatchObject({ parameter: "weight", index: 4 });
    expect(worst.error).toBe(Math.abs(worst.analytic - worst.numeric));
    expect(worst.analytic / worst.numeric).toBeCloseTo(factor, 2);
    expect(() => gradcheck(model, x, y, spoiled(model, 4, factor))).toThrow(
      /^gradients disagree, most of all weight\[4\]: backward gives \S+, differences \S+ \(error \S+\)$/,
    );
  });

  it("takes NaN for the worst of all", () => {
    const model = make();
    const { ok, worst } = gradcheck(model, x, y, spoiled(model, 2, NaN), { raise: false });
    expect([ok, worst.parameter, worst.index]).toEqual([false, "weight", 2]);
  });

  it("allows as much as tolerance says", () => {
    const model = make();
    expect(gradcheck(model, x, y, spoiled(model, 4, 1.05), { tolerance: 0.1 }).ok).toBe(true);
  });
});

describe("gradcheck leaves as it was", () => {
  /** A model in the middle of its training, and what can be seen of it. */
  function trained() {
    const model = make();
    const optimizer = new Rprop(model.parameters());
    const loss = new MSELoss();
    for (let epoch = 0; epoch < 3; epoch++) {
      optimizer.zeroGrad();
      loss.forward(model.forward(x), y).backward();
      optimizer.step();
    }
    const look = () => [
      ...model.parameters().flatMap((p) => [p.data.slice(), p.grad.data.slice(), p.hasGradient, p.version]),
      ...model.parameters().map((p) => optimizer.state(p)),
    ];
    return { model, look };
  }

  it("parameters, gradients and the optimizer's state", () => {
    const { model, look } = trained();
    const before = look();
    gradcheck(model, x, y, new MSELoss());
    expect(look()).toEqual(before);
  });

  it("the same where gradients disagree", () => {
    const { model, look } = trained();
    const before = look();
    expect(() => gradcheck(model, x, y, spoiled(model, 1, 2))).toThrow("gradients disagree");
    expect(look()).toEqual(before);
  });

  it("the same where forward or backward throw", () => {
    const { model, look } = trained();
    const before = look();
    const inner = new MSELoss();
    for (const last of [1, 4]) {
      let calls = 0;
      const failing = {
        forward(prediction: Output, target: Values) {
          if (++calls === last) throw new RangeError("out of fuel");
          return inner.forward(prediction, target);
        },
      };
      expect(() => gradcheck(model, x, y, failing)).toThrow(new RangeError("out of fuel"));
      expect(look()).toEqual(before);
    }
    expect(() => gradcheck(model, [[1, 2]], y, inner)).toThrow(`"x": expected rows × 3 features`);
    expect(look()).toEqual(before);
  });

  it("a model that has never had a gradient: an optimizer still refuses to step", () => {
    const model = make();
    gradcheck(model, x, y, new MSELoss());
    expect(() => new Rprop(model.parameters()).step()).toThrow(/no parameter has a gradient/);
  });
});

describe("gradcheck refuses", () => {
  test.each<[string, () => unknown, string]>([
    ["no model", () => gradcheck(3 as never, x, y, new MSELoss()), `"model": expected a module, got 3`],
    [
      "a model without parameters",
      () => gradcheck({ namedParameters: () => [] } as never, x, y, new MSELoss()),
      `"model": expected at least one parameter, got 0`,
    ],
    [
      "no loss",
      () => gradcheck(make(), x, y, null as never),
      `"loss": expected a loss such as new MSELoss(), got null`,
    ],
    [
      "a negative tolerance",
      () => gradcheck(make(), x, y, new MSELoss(), { tolerance: -1 }),
      `"tolerance": expected a number of at least 0, got -1`,
    ],
    [
      "unknown options",
      () => gradcheck(make(), x, y, new MSELoss(), { tolerence: 1 } as never),
      `got "tolerence" (did you mean "tolerance"?)`,
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});
