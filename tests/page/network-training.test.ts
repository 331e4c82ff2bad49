import { BCEWithLogitsLoss, fingerprint, fitSync, predict, Rprop } from "rprop";
import { expect, test } from "vitest";
import { type Beginning, MAP_GRID, REACH } from "../../page/network/messages.js";
import { pointsOf } from "../../page/network/points.js";
import { modelOf, Training } from "../../page/network/training.js";

const BEGINNING: Beginning = {
  architecture: { hiddenLayers: 2, width: 6, activation: "Tanh", seed: 3 },
  steering: { variant: "irprop-", etas: [0.5, 1.2], stepSizes: [1e-6, 50], weightDecay: 0, targetLoss: null },
  lr: 0.01,
  training: pointsOf("spirals", 60, 0.05, 3),
  validation: pointsOf("spirals", 20, 0.05, 4),
};

/** What the library makes of the same in one go. */
function straight({ architecture, steering, lr, training, validation }: Beginning, epochs: number) {
  const { targetLoss, ...options } = steering;
  const model = modelOf(architecture);
  const result = fitSync(model, training.at, training.classes, {
    loss: new BCEWithLogitsLoss(),
    optimizer: new Rprop(model.parameters(), { lr, ...options }),
    epochs,
    keepBest: false,
    targetLoss: targetLoss ?? undefined,
    validation: validation ? { x: validation.at, y: validation.classes } : undefined,
  });
  return { model, ...result };
}

test("a run that is looked at again and again is the library's, to the bit", () => {
  const training = new Training(BEGINNING);
  const losses: number[] = [];
  const validationLosses: number[] = [];
  for (let epoch = 0; epoch < 120; epoch++) {
    training.step();
    if (epoch % 7 !== 0 && epoch < 119) continue;
    const seen = training.look();
    losses.push(...seen.losses);
    validationLosses.push(...(seen.validationLosses ?? []));
  }
  const whole = straight(BEGINNING, 120);
  expect(training.completed).toBe(120);
  expect(losses).toEqual([...whole.losses]);
  expect(validationLosses).toEqual([...(whole.validationLosses ?? [])]);
  expect(training.fingerprint).toBe(fingerprint(whole.model));
});

test("options that are changed between steps count from the next step on", () => {
  const steering = {
    variant: "rprop+",
    etas: [0.7, 1.1],
    stepSizes: [1e-5, 0.1],
    weightDecay: 0.01,
  } as const;
  const training = new Training(BEGINNING);
  for (let epoch = 0; epoch < 40; epoch++) training.step();
  training.steer({ ...steering, etas: [0.7, 1.1], stepSizes: [1e-5, 0.1], targetLoss: null });
  for (let epoch = 0; epoch < 40; epoch++) training.step();

  const { model, optimizer } = straight(BEGINNING, 40);
  Object.assign(optimizer.paramGroups[0] as object, steering);
  const { at, classes } = BEGINNING.training;
  fitSync(model, at, classes, { loss: new BCEWithLogitsLoss(), optimizer, epochs: 40 });
  expect(training.fingerprint).toBe(fingerprint(model));
});

test("the map has the logit in the middle of each cell, rows from the top", () => {
  const training = new Training(BEGINNING);
  training.step();
  const { logits } = training.look();
  const { model } = straight(BEGINNING, 1);
  const cell = (2 * REACH) / MAP_GRID;
  for (const [row, column] of [
    [0, 0],
    [0, MAP_GRID - 1],
    [5, 40],
    [MAP_GRID - 1, 0],
  ] as const) {
    const point = [-REACH + (column + 0.5) * cell, REACH - (row + 0.5) * cell];
    expect(logits[row * MAP_GRID + column]).toBe(predict(model, [point]).item());
  }
});

test("accuracy is the share of points on the right side", () => {
  const training = new Training({ ...BEGINNING, training: pointsOf("moons", 80, 0, 0) });
  for (let epoch = 0; epoch < 300; epoch++) training.step();
  expect(training.look().accuracy).toBe(1);

  const { at, classes } = BEGINNING.training;
  const wrong = { at, classes: classes.map((kind, i) => (i < 15 ? 1 - kind : kind)) };
  const few = new Training({ ...BEGINNING, validation: wrong });
  for (let epoch = 0; epoch < 2000; epoch++) few.step();
  expect(few.look()).toMatchObject({ accuracy: 1, validationAccuracy: 0.75 });
});

test("every weight has its step size in a power of ten", () => {
  const training = new Training({ ...BEGINNING, lr: 0.01 });
  const weights = 2 * 6 + 6 + 6 * 6 + 6 + 6 + 1;
  expect(training.look().decades).toEqual([0, 0, 0, 0, 0, weights, 0, 0, 0]);
  for (let epoch = 0; epoch < 50; epoch++) training.step();
  const { decades } = training.look();
  expect(decades.reduce((a, b) => a + b)).toBe(weights);
  expect(decades.filter((count) => count > 0).length).toBeGreaterThan(1);
});

test("a run that has converged says so, and goes on where that is asked for", () => {
  const training = new Training({ ...BEGINNING, training: pointsOf("circles", 8, 0, 1), validation: null });
  training.work(1e4);
  expect(training.stopReason).toBe("converged");
  const { completed } = training;
  training.step();
  expect(training.stopReason).toBe(null);
  expect(training.completed).toBe(completed + 1);
});

test("a loss to stop at ends the run, and another one lets it go on", () => {
  const to = (targetLoss: number) => ({ ...BEGINNING, steering: { ...BEGINNING.steering, targetLoss } });
  const training = new Training(to(0.1));
  training.work(1e4);
  const { completed } = straight(to(0.1), 10_000);
  expect(training).toMatchObject({ stopReason: "target", completed });
  training.steer(to(0.01).steering);
  training.work(1e4);
  const whole = straight(to(0.01), 10_000);
  expect(training).toMatchObject({ stopReason: "target", completed: whole.completed });
  expect(whole.completed).toBeGreaterThan(completed);
  expect(training.fingerprint).toBe(fingerprint(whole.model));
});

test("no more epochs are done than were asked for", () => {
  const training = new Training(BEGINNING);
  training.work(1e4, 5);
  expect(training.completed).toBe(5);
});

test("a run that has diverged has the weights of its last finite loss", () => {
  const steering = { ...BEGINNING.steering, stepSizes: [1e-6, 1e38] as [number, number] };
  const beginning = {
    ...BEGINNING,
    architecture: { ...BEGINNING.architecture, activation: "ReLU" as const },
    steering,
    lr: 1e20,
  };
  const training = new Training(beginning);
  training.work(1000);
  expect(training.stopReason).toBe("diverged");
  const whole = straight(beginning, 1000);
  expect(training.completed).toBe(whole.completed);
  expect(training.fingerprint).toBe(fingerprint(whole.model));
  expect([...training.look().logits].every((logit) => !Number.isNaN(logit))).toBe(true);
});

test("what the library refuses is refused in its words, and changes nothing", () => {
  expect(() => new Training({ ...BEGINNING, lr: -1 })).toThrow(/^"lr": expected/);
  const training = new Training(BEGINNING);
  expect(() => training.steer({ ...BEGINNING.steering, etas: [1.5, 1.2] })).toThrow(/^"etas": expected/);
  training.step();
  expect(training.fingerprint).toBe(fingerprint(straight(BEGINNING, 1).model));
});
