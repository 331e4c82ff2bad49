import { describe, it } from "vitest";
import { type RuleState, stepBy } from "../../src/optim/rule.js";
import { onFlipOf, type RpropVariant, VARIANTS } from "../../src/optim/variants.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, mixed } from "./numbers.js";
import { standard } from "./rule.js";

const { fround } = Math;
const [count, steps] = [103, 60];
const boxes: [number, number][] = [
  [-Infinity, Infinity],
  [-0.75, 0.5],
  [-Infinity, 0.25],
  [-0, 0],
];
const cases = VARIANTS.flatMap((variant) =>
  boxes.map(([lower, upper]) => [variant, lower, upper] satisfies [RpropVariant, number, number]),
);

describe.each(cores)("rprop of the $name core has the bits of the rule of minimize:", (core) => {
  it.each(cases)("%s within [%d, %d], special numbers and parameters outside", (variant, lower, upper) => {
    for (const maximize of [false, true]) {
      for (const weightDecay of [0, fround(0.1)]) {
        const random = generator(count);
        const x = mixed(random, count, 0.1);
        const state: RuleState = {
          prev: new Float32Array(count),
          stepSize: mixed(random, count, 0.1).map(Math.abs),
          hasFlipped: new Uint8Array(count),
        };
        const box = { lower: x.map(() => lower), upper: x.map(() => upper) };
        const rule = { ...standard, maximize, weightDecay, lower, upper };
        inRoom(core, (room) => {
          const [data, prev, stepSize] = [x, state.prev, state.stepSize].map((from) => room.floats(from));
          const grad = room.floats(x);
          for (let step = 0; step < steps; step++) {
            const gradient = mixed(random, count, 0.1).map((g) => g + 0.3);
            const worse = random() < 0.5;
            grad.view.set(gradient);
            core.rprop(data!, grad, prev!, stepSize!, { ...rule, onFlip: onFlipOf(variant, worse) });
            const slope = gradient.map((g, i) => {
              const climbed = maximize ? -g : g;
              return weightDecay === 0 ? climbed : climbed + fround(weightDecay * x[i]!);
            });
            stepBy({ ...rule, variant, round: fround }, x, slope, state, worse, box);
            expectSame(data!.view, x, `w after step ${step}`);
            expectSame(prev!.view, state.prev, `prev after step ${step}`);
            expectSame(stepSize!.view, state.stepSize, `Δ after step ${step}`);
          }
        });
      }
    }
  });
});
