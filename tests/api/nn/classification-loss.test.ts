import { describe, expect, test } from "vitest";
import {
  argmax,
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  Generator,
  Linear,
  type Loss,
  type LossOptions,
  manualSeed,
  parameter,
  Rprop,
  Sequential,
  Sigmoid,
  Tanh,
  tensor,
  type Values,
} from "../../../src/index.js";

interface Criterion {
  forward(prediction: Values, target: Values): Loss;
}

const log = (values: number[]) => values.map(Math.log).reduce((a, b) => a + b, 0);

describe("values", () => {
  test("BCEWithLogitsLoss is the mean or the sum of −log of what the target says", () => {
    const logits = [0, Math.log(3), -Math.log(3)]; // ½, ¾, ¼
    const sum = -log([0.5, 0.75, 0.75]);
    expect(new BCEWithLogitsLoss({ reduction: "sum" }).forward(logits, [1, 1, 0]).item()).toBeCloseTo(sum, 6);
    expect(new BCEWithLogitsLoss().forward(logits, [1, 1, 0]).item()).toBeCloseTo(sum / 3, 6);
  });

  test("BCELoss is the same of probabilities", () => {
    const sum = -log([0.5, 0.75, 0.75]);
    expect(new BCELoss().forward([0.5, 0.75, 0.25], [1, 1, 0]).item()).toBeCloseTo(sum / 3, 6);
    expect(new BCELoss({ reduction: "sum" }).forward([[0, 1]], [[1, 1]]).item()).toBe(100);
  });

  test("CrossEntropyLoss takes class indices, or probabilities, which may be the same", () => {
    const logits = [
      [0, Math.log(3)],
      [0, 0],
    ];
    for (const target of [[1, 0], new Uint8Array([1, 0]), tensor([1, 0])]) {
      expect(new CrossEntropyLoss().forward(logits, target).item()).toBeCloseTo(-log([0.75, 0.5]) / 2, 6);
    }
    const same = [
      [0, 1],
      [1, 0],
    ];
    expect(new CrossEntropyLoss({ reduction: "sum" }).forward(logits, same).item()).toBeCloseTo(
      -log([0.75, 0.5]),
      6,
    );
  });

  test("the mean of weighted class indices divides by their weights, that of probabilities by the rows", () => {
    const criterion = new CrossEntropyLoss({ weight: [1, 3] });
    const logits = [
      [0, Math.log(3)],
      [0, 0],
    ];
    const sum = -(3 * Math.log(0.75) + Math.log(0.5));
    expect(criterion.forward(logits, [1, 0]).item()).toBeCloseTo(sum / 4, 6);
    const probabilities = [
      [0, 1],
      [1, 0],
    ];
    expect(criterion.forward(logits, probabilities).item()).toBeCloseTo(sum / 2, 6);
    expect(criterion.weight).toEqual([1, 3]);
    expect(criterion.weight).toSatisfy(Object.isFrozen);
  });

  test("the sum over classes that all weigh 0 is 0", () => {
    const criterion = new CrossEntropyLoss({ weight: [0, 1], reduction: "sum" });
    expect(criterion.forward([[1, 2]], [0]).item()).toBe(0);
  });

  test("label smoothing is rounded to float32, on either core", () => {
    const linear = new Linear(1, 2, { bias: false });
    linear.weight.data.set([1, 2]);
    const criterion = new CrossEntropyLoss({ labelSmoothing: 0.1, reduction: "sum" });
    criterion.forward(linear.forward([1]), [[1 / 64, 63 / 64]]).backward();
    expect(linear.weight.grad.toArray()).toEqual([0.20487889647483826, -0.20487892627716064]);
  });

  test("logits of ±10⁴ are no trouble", () => {
    expect(new BCEWithLogitsLoss().forward([1e4, -1e4], [1, 0]).item()).toBe(0);
    expect(new BCEWithLogitsLoss().forward([1e4, -1e4], [0, 1]).item()).toBe(1e4);
    const far = [
      [1e4, -1e4, 0],
      [-1e4, -1e4, 1e4],
    ];
    expect(new CrossEntropyLoss().forward(far, [0, 2]).item()).toBe(0);
    expect(new CrossEntropyLoss().forward(far, [1, 0]).item()).toBe(2e4);
  });

  test("a criterion takes larger and smaller batches, of either kind of target", () => {
    const criterion = new CrossEntropyLoss();
    for (const rows of [1, 5, 2, 300]) {
      const logits = new Generator(rows).randn(rows, 3);
      const classes = Array.from({ length: rows }, (_, r) => r % 3);
      const index = criterion.forward(logits, classes).item();
      const shares = classes.map((y) => [0, 1, 2].map((c) => (c === y ? 1 : 0)));
      expect(criterion.forward(logits, shares).item()).toBe(index);
      expect(new CrossEntropyLoss({ weight: [1, 1, 1] }).forward(logits, classes).item()).toBe(index);
    }
  });
});

test("probabilities after indices may be a view of memory that has to grow for them", () => {
  const [rows, classes] = [1000, 1000];
  const logits = new Generator(0).randn(rows, classes);
  const probabilities = parameter(new Float32Array(rows * classes).fill(1 / classes), [rows, classes]);
  const criterion = new CrossEntropyLoss();
  criterion.forward(logits, new Float32Array(rows));
  const view = { shape: [rows, classes], data: probabilities.data };
  const value = criterion.forward(logits, view).item();
  expect(value).toBe(new CrossEntropyLoss().forward(logits, probabilities).item());
  expect(value).toBeGreaterThan(1);
});

describe("gradients are derivatives", () => {
  const cases: [string, (options: LossOptions) => Criterion, Values][] = [
    ["BCEWithLogitsLoss", (o) => new BCEWithLogitsLoss(o), [0, 0.25, 1, 1, 0, 0.5]],
    ["BCELoss", (o) => new BCELoss(o), [0, 0.25, 1, 1, 0, 0.5]],
    ["CrossEntropyLoss", (o) => new CrossEntropyLoss({ ...o, weight: [1, 2, 0.5] }), [2, 1]],
    [
      "CrossEntropyLoss, smoothed",
      (o) => new CrossEntropyLoss({ ...o, weight: [1, 2, 0.5], labelSmoothing: 0.25 }),
      tensor([0.2, 0.3, 0.5, 1, 0, 0], [2, 3]),
    ],
  ];
  test.each(cases)("%s", (name, make, target) => {
    for (const reduction of ["mean", "sum"] as const) {
      const criterion = make({ reduction });
      const start = name === "BCELoss" ? [0.3, 0.6, 0.7, 0.5, 0.4, 0.65] : [0.5, -1, 2, 1, -0.25, 0.125];
      const identity = new Linear(2, 3, { bias: false });
      const value = (at: number[]) => {
        at.forEach((entry, i) => {
          identity.weight.data[(i % 3) * 2 + Math.floor(i / 3)] = entry;
        });
        const output = identity.forward([
          [1, 0],
          [0, 1],
        ]);
        return criterion.forward(output, target);
      };
      value(start).backward(-2);
      const slopes = identity.weight.grad.toArray();
      const h = 2 ** -8;
      start.forEach((entry, i) => {
        const at = (moved: number) => value(start.with(i, moved)).item();
        const difference = (at(entry + h) - at(entry - h)) / (2 * h);
        // Losses of about 4 are rounded by 2⁻²³, and h is not infinitely small.
        expect(Math.abs(slopes[(i % 3) * 2 + Math.floor(i / 3)]! / -2 - difference)).toBeLessThan(1e-3);
      });
    }
  });
});

describe("training", () => {
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];

  test.each([
    ["BCEWithLogitsLoss", new BCEWithLogitsLoss(), false],
    ["BCELoss", new BCELoss(), true],
  ])("%s learns exclusive or", (_, criterion, ends) => {
    manualSeed(0);
    const layers = [new Linear(2, 4), new Tanh(), new Linear(4, 1)];
    const model = new Sequential(...layers, ...(ends ? [new Sigmoid()] : []));
    const optimizer = new Rprop(model.parameters());
    for (let epoch = 0; epoch < 100; epoch++) {
      optimizer.zeroGrad();
      criterion.forward(model.forward(corners), [0, 1, 1, 0]).backward();
      optimizer.step();
    }
    const said = model.forward(corners).toArray();
    expect(said.map((value) => (value > (ends ? 0.5 : 0) ? 1 : 0))).toEqual([0, 1, 1, 0]);
  });

  test("CrossEntropyLoss learns three arms of a spiral", () => {
    manualSeed(0);
    const generator = new Generator(1);
    const classes = Array.from({ length: 150 }, (_, i) => i % 3);
    const noise = generator.randn(150).toArray();
    const x = classes.map((arm, i) => {
      const radius = (i + 15) / 165;
      const angle = 4 * radius + (arm * 2 * Math.PI) / 3 + 0.05 * noise[i]!;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
    const model = new Sequential(new Linear(2, 12), new Tanh(), new Linear(12, 3));
    const criterion = new CrossEntropyLoss();
    const optimizer = new Rprop(model.parameters());
    for (let epoch = 0; epoch < 300; epoch++) {
      optimizer.zeroGrad();
      criterion.forward(model.forward(x), classes).backward();
      optimizer.step();
    }
    expect(argmax(model.forward(x))).toEqual(classes);
  });
});
