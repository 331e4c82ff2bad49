import { describe, expect, it } from "vitest";
import {
  type Core,
  ON_FLIP_BACK,
  ON_FLIP_MOVE,
  ON_FLIP_STAY,
  type RpropRule,
} from "../../src/core/contract/core.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, expectWithin, generator, mixed } from "./numbers.js";
import { standard } from "./rule.js";

const { fround } = Math;
/** Whole vectors, tails of every length, and both. */
const counts = Array.from({ length: 21 }, (_, i) => i);

interface State {
  data: number;
  prev: number;
  stepSize: number;
}

/** The rule of Core.rprop for one element, as the contract says it. */
function stepped({ data, prev, stepSize }: State, grad: number, rule: RpropRule): State {
  const sign = (value: number) => (value > 0 ? 1 : value < 0 ? -1 : 0);
  const climbed = rule.maximize ? -grad : grad;
  const g = rule.weightDecay === 0 ? climbed : fround(climbed + fround(rule.weightDecay * data));
  const way = sign(g); // −way is where it goes
  const bound = way > 0 ? rule.lower : rule.upper;
  const held = way !== 0 && Number.isFinite(bound) && way * data <= way * bound;
  const s = held ? 0 : way * sign(prev);
  const grown = fround(stepSize * (s > 0 ? rule.etaPlus : s < 0 ? rule.etaMinus : 1));
  const delta = Math.min(Math.max(grown, rule.minStep), rule.maxStep);
  const next = { data, prev: s < 0 && rule.onFlip !== ON_FLIP_MOVE ? 0 : g, stepSize: delta };
  if (way === 0 || held || (s < 0 && rule.onFlip === ON_FLIP_STAY)) return next;
  const size = s < 0 && rule.onFlip === ON_FLIP_BACK ? stepSize : delta;
  const moved = fround(data - way * size);
  if (!(way * moved < way * bound)) return { ...next, data: moved };
  return { ...next, data: bound, stepSize: Math.max(Math.abs(fround(bound - data)), rule.minStep) };
}

/** Every way through the rule. */
const rules: RpropRule[] = [{ ...standard, maximize: true }];
for (const onFlip of [ON_FLIP_STAY, ON_FLIP_MOVE, ON_FLIP_BACK]) {
  for (const weightDecay of [0, 0.125]) {
    for (const [lower, upper] of [
      [-Infinity, Infinity],
      [-0.75, 0.5],
      [-Infinity, 0.25],
      [-0.25, Infinity],
    ] as const) {
      rules.push({ ...standard, onFlip, weightDecay, lower, upper });
    }
  }
}
rules.push({ ...rules.at(-1)!, maximize: true });
rules.push({ ...standard, onFlip: ON_FLIP_BACK, lower: -0.5, upper: -0, minStep: 0.25, maxStep: 0.75 });

/** count equal elements, stepped by the core through these gradients; the states after each step, which are one. */
function trajectory(core: Core, count: number, start: State, gradients: number[], changes = {}): State[] {
  const all = (value: number) => new Float32Array(count).fill(value);
  return inRoom(core, (room) => {
    const [data, prev, stepSize] = [start.data, start.prev, start.stepSize].map((v) => room.floats(all(v)));
    const grad = room.floats(all(0));
    return gradients.map((g) => {
      grad.view.fill(g);
      core.rprop(data!, grad, prev!, stepSize!, { ...standard, ...changes });
      expectSame(grad.view, all(fround(g)), "gradient");
      for (const block of [data!, prev!, stepSize!]) expectSame(block.view, all(block.view[0]!), "element");
      return { data: data!.view[0]!, prev: prev!.view[0]!, stepSize: stepSize!.view[0]! };
    });
  });
}

const fresh = { data: 0, prev: 0, stepSize: fround(0.1) };

describe.each(cores)("rprop of the $name core", (core) => {
  it("equals the rule element by element, special numbers anywhere", () => {
    for (const count of [...counts, 31, 33, 64, 1000]) {
      for (const share of [0, 0.1, 0.6]) {
        for (const rule of rules) {
          const random = generator(count);
          const start = [0, 1, 2].map(() => mixed(random, count, share));
          const [d, g, p] = start as [Float32Array, Float32Array, Float32Array];
          for (let i = 0; i < count; i += 5) d[i] = random() < 0.5 ? rule.lower : rule.upper;
          const s = mixed(random, count, share).map(Math.abs);
          const expected = Array.from(d, (data, i) =>
            stepped({ data, prev: p[i]!, stepSize: s[i]! }, g[i]!, rule),
          );
          inRoom(core, (room) => {
            const [data, prev, stepSize] = [room.floats(d), room.floats(p), room.floats(s)];
            core.rprop(data, room.input(g), prev, stepSize, rule);
            for (const [what, block] of Object.entries({ data, prev, stepSize }))
              expectSame(
                block.view,
                expected.map((state) => state[what as keyof State]),
                `${what} of ${count}`,
              );
          });
        }
      }
    }
  });

  // 3e-7: six steps, each rounded twice, by at most half a unit (3e-8) in the last place of 0.52.
  const within = new Array(6).fill(3e-7);
  const published: [string, number, number[], number[]][] = [
    ["iRprop⁻", ON_FLIP_STAY, [-0.1, -0.22, -0.364, -0.364, -0.436, -0.5224], [1, 1, 1, 0, 1, 1]],
    ["Rprop⁻", ON_FLIP_MOVE, [-0.1, -0.22, -0.364, -0.292, -0.328, -0.3712], [1, 1, 1, -1, 1, 1]],
    ["Rprop⁺", ON_FLIP_BACK, [-0.1, -0.22, -0.364, -0.22, -0.292, -0.3784], [1, 1, 1, 0, 1, 1]],
  ];
  describe.each(published)("the published trajectory of %s", (name, onFlip, weights, gradients) => {
    it.each(counts.slice(1))("is followed by %i elements", (count) => {
      const states = trajectory(core, count, fresh, [1, 1, 1, -1, 1, 1], { onFlip });
      const stepSizes = states.map((state) => state.stepSize);
      expectWithin(
        states.map((state) => state.data),
        weights,
        within,
        "w",
      );
      // Rprop⁻ compares with the flip itself, and so shrinks a second time.
      const sizes = name === "Rprop⁻" ? [0.072, 0.036, 0.0432] : [0.072, 0.072, 0.0864];
      expectWithin(stepSizes, [0.1, 0.12, 0.144, ...sizes], within, "Δ");
      expect(states.map((state) => state.prev)).toEqual(gradients);
    });
  });

  describe.each(counts.slice(1))("within bounds, %i elements:", (count) => {
    const run = (data: number, gradients: number[], changes: Partial<RpropRule>) => {
      const states = trajectory(core, count, { data, prev: 0, stepSize: 0.5 }, gradients, changes);
      return states.map((state) => [state.data, state.stepSize, state.prev]);
    };

    it("a move ends on the bound, held there Δ stays, and the turn inwards is a flip", () => {
      for (const side of [1, -1]) {
        const gradients = [2, 3, 4, -5, -6].map((g) => g * side);
        const ends = [0.75, 2].map((end) => end * side).sort((a, b) => a - b);
        expect(run(side, gradients, { lower: ends[0]!, upper: ends[1]! })).toEqual([
          [0.75 * side, 0.25, 2 * side],
          [0.75 * side, 0.25, 3 * side],
          [0.75 * side, 0.25, 4 * side],
          [0.75 * side, 0.125, 0],
          [0.875 * side, 0.125, -6 * side],
        ]);
      }
    });

    it("the way really gone is taken back", () => {
      const changes = { onFlip: ON_FLIP_BACK, lower: 0.75 };
      expect(run(1, [2, -3], changes)).toEqual([
        [0.75, 0.25, 2],
        [1, 0.125, 0],
      ]);
      expect(run(1, [2, 3, -4], changes).slice(1)).toEqual([
        [0.75, 0.25, 3],
        [1, 0.125, 0],
      ]);
    });

    it("a move that is taken back ends on a bound, too", () => {
      const changes = { onFlip: ON_FLIP_BACK, lower: 0.75, upper: 0.875, minStep: 0.25 };
      expect(run(0.875, [2, -3], changes)).toEqual([
        [0.75, 0.25, 2],
        [0.875, 0.25, 0],
      ]);
    });

    it("Δ is the smallest step at least", () => {
      expect(run(1, [2], { lower: 0.875, minStep: 0.25 })).toEqual([[0.875, 0.25, 2]]);
    });

    it("a parameter that is outside goes no further, and comes back by ordinary steps", () => {
      const box = { lower: 0, upper: 1 };
      expect(run(3, [-1, -1, 1, 1], box)).toEqual([
        [3, 0.5, -1],
        [3, 0.5, -1],
        [3, 0.25, 0],
        [2.75, 0.25, 1],
      ]);
      expect(run(-3, [-1, -1], { ...box, onFlip: ON_FLIP_MOVE, etaPlus: 1.5 })).toEqual([
        [-2.5, 0.5, -1],
        [-1.75, 0.75, -1],
      ]);
    });

    it("gradients without a sign move nothing, on a bound or outside", () => {
      for (const data of [-3, 0, 1, 3]) {
        for (const g of [0, -0, NaN]) {
          expectSame(run(data, [g], { lower: 0, upper: 1 })[0]!, [data, 0.5, g], "w, Δ, prev");
        }
      }
    });

    it("a side that is open holds nothing, infinite parameters included", () => {
      expect(run(-Infinity, [1, 1], { upper: 5, etaPlus: 1.5 })[1]).toEqual([-Infinity, 0.75, 1]);
      expect(run(Infinity, [-1, -1], { lower: 5, etaPlus: 1.5 })[1]).toEqual([Infinity, 0.75, -1]);
    });

    it("bounds are taken with their sign of zero, and moves that end at 0 have +0", () => {
      expectSame(run(0.25, [1], { lower: -0, upper: 3 })[0]!, [-0, 0.25, 1], "w, Δ, prev");
      expectSame(run(-0.25, [-1], { lower: -3, upper: -0 })[0]!, [-0, 0.25, -1], "w, Δ, prev");
      for (const side of [1, -1])
        expectSame(run(side / 2, [side], { lower: -3, upper: 3 })[0]!, [0, 0.5, side], "w, Δ, prev");
    });
  });

  it.each(counts.slice(1))("weight decay enters before the sign is taken: %i elements", (count) => {
    const states = trajectory(core, count, { ...fresh, data: 8 }, [-1, -2], { weightDecay: 0.25 });
    // −1 + 0.25 · 8 = 1, and −2 + 0.25 · 7.9 < 0: a flip.
    expect(states.map(({ prev }) => prev)).toEqual([1, 0]);
    expect(states.map(({ data }) => data)).toEqual([fround(7.9), fround(7.9)]);
  });

  it.each(counts.slice(1))("climbs under maximize, and keeps −grad: %i elements", (count) => {
    const down = trajectory(core, count, fresh, [1, 1, -2, 3]);
    const up = trajectory(core, count, fresh, [1, 1, -2, 3], { maximize: true });
    expectSame(
      up.map(({ data }) => data),
      down.map(({ data }) => -data),
      "w",
    );
    expect(up.map(({ prev }) => prev)).toEqual([-1, -1, 0, -3]);
    expect(up.map(({ stepSize }) => stepSize)).toEqual(down.map(({ stepSize }) => stepSize));
  });

  describe.each([1, 3, 4, 7, 8])("%i elements", (count) => {
    const run = (start: State, gradients: number[], changes = {}) =>
      trajectory(core, count, start, gradients, changes);

    it("a NaN gradient moves nothing, keeps Δ, and the step after it keeps Δ too", () => {
      const states = run({ data: 3, prev: 1, stepSize: 0.25 }, [NaN, 1, 1]);
      expectSame([states[0]!.data, states[0]!.stepSize, states[0]!.prev], [3, 0.25, NaN], "after NaN");
      expectSame([states[1]!.data, states[1]!.stepSize, states[1]!.prev], [2.75, 0.25, 1], "after 1");
      expect(states[2]!.stepSize).toBe(fround(0.25 * fround(1.2)));
    });

    it("an infinite gradient is an ordinary step", () => {
      const states = run({ data: 0, prev: 0, stepSize: 0.5 }, [Infinity, Infinity, -Infinity, -Infinity]);
      expect(states.map(({ prev }) => prev)).toEqual([Infinity, Infinity, 0, -Infinity]);
      expect(states.map(({ stepSize }) => stepSize)).toEqual([0.5, fround(0.6), fround(0.3), fround(0.3)]);
      expect(states[0]!.data).toBe(-0.5);
      expect(states[2]!.data).toBe(states[1]!.data);
      expect(states[3]!.data).toBeGreaterThan(states[2]!.data);
    });

    it("a zero gradient of either sign moves nothing, keeps Δ, and is kept with its sign", () => {
      for (const data of [-0, 0, 7]) {
        for (const zero of [-0, 0]) {
          const [state] = run({ data, prev: -1, stepSize: 0.25 }, [zero]);
          expectSame([state!.data, state!.stepSize, state!.prev], [data, 0.25, zero], "w, Δ, prev");
        }
      }
    });

    it("growth resumes one step after a zero gradient", () => {
      const states = run({ data: 0, prev: 1, stepSize: 1 }, [0, 1, 1]);
      expect(states.map(({ stepSize }) => stepSize)).toEqual([1, 1, fround(1.2)]);
    });

    it("a flip moves nothing and stores +0, and −0 stays −0", () => {
      for (const prev of [-2, 2]) {
        const [state] = run({ data: -0, prev, stepSize: 1 }, [-prev]);
        expectSame([state!.data, state!.stepSize, state!.prev], [-0, 0.5, 0], "w, Δ, prev");
      }
    });

    it("signs that float32 products would lose still count", () => {
      for (const tiny of [1e-25, 1e-45, -1e-45]) {
        const states = run({ data: 0, prev: 0, stepSize: 1 }, [tiny, tiny, -tiny]);
        expect(states.map(({ stepSize }) => stepSize)).toEqual([1, fround(1.2), fround(1.2) / 2]);
      }
    });

    it("Δ is clamped at every step, also where its factor is 1", () => {
      const first = (stepSize: number, gradient: number) =>
        run({ data: 0, prev: 0, stepSize }, [gradient])[0]!.stepSize;
      for (const gradient of [1, 0, NaN]) {
        expect(first(0, gradient)).toBe(standard.minStep);
        expect(first(100, gradient)).toBe(50);
      }
      expect(run({ data: 0, prev: 1, stepSize: 45 }, [1])[0]).toEqual({ data: -50, prev: 1, stepSize: 50 });
      const low = run({ data: 0, prev: 1, stepSize: fround(1.5e-6) }, [-1])[0]!;
      expect(low.stepSize).toBe(standard.minStep);
    });

    it("takes its factors and limits from the constants", () => {
      const changes = { etaMinus: 0.25, etaPlus: 2, minStep: 0.125, maxStep: 4 };
      const states = run({ data: 0, prev: 0, stepSize: 1 }, [1, 1, 1, 1, -1, 1, -1, 1, -1], changes);
      expect(states.map(({ stepSize }) => stepSize)).toEqual([1, 2, 4, 4, 1, 1, 0.25, 0.25, 0.125]);
    });
  });
});
