import fc from "fast-check";
import { describe, it } from "vitest";
import { Activation } from "../../src/core/contract/activations.js";
import {
  type Block,
  type Core,
  ON_FLIP_BACK,
  ON_FLIP_MOVE,
  ON_FLIP_STAY,
} from "../../src/core/contract/core.js";
import { activations } from "../../src/core/families.js";
import { ACTIVATION_NAMES } from "../../src/nn/activation-kinds.js";
import { cores, inRoom, type Room } from "./cores.js";
import { expectSame, generator, mixed, mixedTotals } from "./numbers.js";
import { linearForward, linearGradInput } from "./products.js";

/** Runs a kernel on both cores: what it leaves and returns is the same. */
function expectEqual(run: (core: Core, room: Room) => { view: ArrayLike<number> }[]): void {
  const [js, wasm] = cores.map((core) =>
    inRoom(core, (room) => run(core, room).map(({ view }) => Array.from(view))),
  );
  js!.forEach((values, i) => {
    expectSame(wasm![i]!, values, `result ${i}`);
  });
}

const shape = fc.record({
  rows: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 24 }) },
    fc.integer({ min: 250, max: 270 }),
  ),
  ins: fc.integer({ min: 1, max: 40 }),
  outs: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(),
  share: fc.constantFrom(0, 0.002, 0.02, 0.3),
  spare: fc.nat(3),
});

/** Any float32: fast-check's own favourites are the special ones. */
const float = fc.oneof(
  fc.float(),
  fc
    .constantFrom(NaN, 0, -0, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 2 ** -126, 3e38, -3e38)
    .map(Math.fround),
);

describe("both cores give the same bits, special numbers anywhere:", () => {
  it("linearForward", () => {
    const property = fc.property(shape, fc.boolean(), ({ rows, ins, outs, seed, share, spare }, hasBias) => {
      const random = generator(seed);
      const [x, weight] = [mixed(random, rows * ins, share), mixed(random, outs * ins, share)];
      const bias = mixed(random, outs, share);
      expectEqual((core, room) => {
        const y = room.output(rows * outs, spare);
        const given = hasBias ? room.input(bias) : null;
        linearForward(core, room.input(x, spare), room.input(weight), given, y, rows, ins, outs);
        return [y];
      });
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
  });

  it("linearGradParameters and linearGradInput", () => {
    const property = fc.property(shape, ({ rows, ins, outs, seed, share, spare }) => {
      const random = generator(seed);
      const [x, dy] = [mixed(random, rows * ins, share), mixed(random, rows * outs, share)];
      const weight = mixed(random, outs * ins, share);
      const totals = [mixedTotals(random, outs * ins, share), mixedTotals(random, outs, share)] as const;
      expectEqual((core, room) => {
        const [slope, dx] = [room.input(dy, spare), room.output(rows * ins, spare)];
        const [weightTotal, biasTotal] = [room.totals(totals[0]), room.totals(totals[1])];
        core.linearGradParameters(slope, room.input(x, spare), weightTotal, biasTotal, rows, ins, outs);
        linearGradInput(core, slope, room.input(weight), dx, rows, ins, outs);
        return [weightTotal, biasTotal, dx];
      });
    });
    fc.assert(property, { seed: 2, numRuns: 300 });
  });

  it("exp, log and every activation, there and back", () => {
    const numbers = fc.array(fc.tuple(float, float), { maxLength: 40 });
    const around = fc.array(fc.tuple(fc.float({ min: -120, max: 120 }), float), { maxLength: 40 });
    const kind = fc.constantFrom(...ACTIVATION_NAMES.map((name) => Activation[name]));
    const property = fc.property(fc.oneof(numbers, around), kind, float, (pairs, which, slope) => {
      const { length } = pairs;
      expectEqual((core, room) => {
        const x = room.input(pairs.map(([value]) => value));
        const dy = room.input(pairs.map(([, value]) => value));
        const results = Array.from({ length: 4 }, () => room.output(length));
        const [e, l, y, dx] = results as [Block, Block, Block, Block];
        core.family(activations).exp(x, e, length);
        core.family(activations).log(x, l, length);
        core.family(activations).activationForward(which, x, y, length, slope);
        core.family(activations).activationBackward(which, x, y, dy, dx, length, slope);
        return results;
      });
    });
    fc.assert(property, { seed: 6, numRuns: 3000 });
  });

  it("squaredError", () => {
    const property = fc.property(shape, fc.boolean(), ({ rows, outs, seed, share, spare }, inPlace) => {
      const random = generator(seed);
      const [p, t] = [mixed(random, rows * outs, share), mixed(random, rows * outs, share)];
      expectEqual((core, room) => {
        const prediction = inPlace ? room.floats(p, spare) : room.input(p, spare);
        const derivative = inPlace ? prediction : room.output(rows * outs, spare);
        const sum = core.squaredError(prediction, room.input(t, spare), derivative, rows, outs);
        return [derivative, { view: [sum] }];
      });
    });
    fc.assert(property, { seed: 3, numRuns: 300 });
  });

  it("accumulate and countNonFinite", () => {
    const entries = fc.array(fc.tuple(float, fc.double()), { maxLength: 21 });
    const property = fc.property(entries, fc.double(), fc.boolean(), (values, scale, fresh) => {
      expectEqual((core, room) => {
        const grad = room.floats(values.map(([g]) => g));
        const total = room.totals(values.map(([, t]) => t));
        core.accumulate(grad, total, scale, fresh);
        return [grad, total, { view: [core.countNonFinite(grad)] }];
      });
    });
    fc.assert(property, { seed: 4, numRuns: 1000 });
  });

  it("rprop, over several steps", () => {
    const element = fc.record({
      data: float,
      prev: float,
      stepSize: float.map(Math.abs),
      gradients: fc.array(float, { minLength: 4, maxLength: 4 }),
    });
    const limits = fc.tuple(fc.float({ min: 0, noNaN: true }), fc.float({ min: 0, noNaN: true }));
    const constants = fc.record({
      etaMinus: fc.float({ min: Math.fround(0.1), max: Math.fround(0.9), noNaN: true }),
      etaPlus: fc.float({ min: Math.fround(1.1), max: 3, noNaN: true }),
      limits: limits.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
      maximize: fc.boolean(),
      onFlip: fc.constantFrom(ON_FLIP_STAY, ON_FLIP_MOVE, ON_FLIP_BACK),
      weightDecay: fc.constantFrom(0, 0, Math.fround(0.1)),
      lower: fc.constantFrom(-Infinity, -Infinity, -1),
      upper: fc.constantFrom(Infinity, Infinity, 1),
    });
    const elements = fc.array(element, { maxLength: 21 });
    const property = fc.property(elements, constants, (all, { limits: [minStep, maxStep], ...rest }) => {
      expectEqual((core, room) => {
        const data = room.floats(all.map((e) => e.data));
        const prev = room.floats(all.map((e) => e.prev));
        const stepSize = room.floats(all.map((e) => e.stepSize));
        for (let step = 0; step < 4; step++) {
          const grad = room.input(all.map((e) => e.gradients[step]!));
          core.rprop(data, grad, prev, stepSize, { minStep, maxStep, ...rest });
        }
        return [data, prev, stepSize];
      });
    });
    fc.assert(property, { seed: 5, numRuns: 1000 });
  });
});
