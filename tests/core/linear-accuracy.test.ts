import { describe, expect, it } from "vitest";
import { cores, inRoom } from "./cores.js";
import { expectWithin, generator, uniform } from "./numbers.js";
import { linearForward, linearGradInput } from "./products.js";
import { exactly } from "./reference.js";
import { named, someShapes } from "./shapes.js";

/**
 * What rounding may do to a float32 sum of this many products: each term passes its own rounding and at most one for
 * each addition, each of them off by at most 2^-24 of it (Higham 2002, section 3.1; 1.01 covers the higher orders).
 */
function bound(terms: number, magnitude: number): number {
  return 1.01 * (terms + 1) * 2 ** -24 * magnitude;
}

/** Sums by float64, and how far float32 may be from them. */
function sums(length: number, terms: number, deepest: number, term: (result: number, i: number) => number) {
  const all = Array.from({ length }, (_, result) => exactly(terms, (i) => term(result, i)));
  return {
    expected: all.map(({ sum }) => sum),
    bounds: all.map(({ magnitude }) => bound(deepest, magnitude)),
  };
}

describe.each(cores)("linear kernels of the $name core are float64's within the error of float32", (core) => {
  const cases = someShapes().map((shape) => ({ ...shape, label: named(shape) }));

  it.each(cases)("$label", ({ rows, ins, outs, index }) => {
    const random = generator(index);
    const [x, dy] = [uniform(random, rows * ins), uniform(random, rows * outs)];
    const [weight, bias] = [uniform(random, outs * ins), uniform(random, outs)];
    inRoom(core, (room) => {
      const [xBlock, dyBlock, weightBlock] = [room.input(x), room.input(dy), room.input(weight)];
      const [y, dx] = [room.output(rows * outs), room.output(rows * ins)];
      const totals = [
        room.totals(new Float64Array(outs * ins)),
        room.totals(new Float64Array(outs)),
      ] as const;
      linearForward(core, xBlock, weightBlock, room.input(bias), y, rows, ins, outs);
      linearGradInput(core, dyBlock, weightBlock, dx, rows, ins, outs);
      core.linearGradParameters(dyBlock, xBlock, ...totals, rows, ins, outs);

      const ys = sums(rows * outs, ins + 1, ins + 1, (i, k) => {
        const [r, o] = [Math.floor(i / outs), i % outs];
        return k === ins ? bias[o]! : x[r * ins + k]! * weight[o * ins + k]!;
      });
      const dxs = sums(rows * ins, outs, outs, (i, o) => {
        return dy[Math.floor(i / ins) * outs + o]! * weight[o * ins + (i % ins)]!;
      });
      // Only the roundings within a block count: the totals are float64.
      const depth = Math.min(rows, 256);
      const weights = sums(outs * ins, rows, depth, (i, r) => {
        return dy[r * outs + Math.floor(i / ins)]! * x[r * ins + (i % ins)]!;
      });
      const biases = sums(outs, rows, depth, (o, r) => dy[r * outs + o]!);
      expectWithin(y.view, ys.expected, ys.bounds, "y");
      expectWithin(dx.view, dxs.expected, dxs.bounds, "gradient of the input");
      expectWithin(totals[0].view, weights.expected, weights.bounds, "gradient of the weight");
      expectWithin(totals[1].view, biases.expected, biases.bounds, "gradient of the bias");
    });
  });
});

describe.each(cores)("sums of positive numbers over 1,000,000 rows, $name core", (core) => {
  // Fewer than four outputs have a kernel of their own.
  it.each([2, 5])("are as exact as over 1,000: %i outputs", (outs) => {
    const few = worstErrors(1_000, outs);
    const many = worstErrors(1_000_000, outs);
    expect(few.sum).toBeLessThan(3e-7);
    expect(many.sum).toBeLessThan(1e-7);
    // What the contract avoids: one float32 accumulator from the first row to the last.
    expect(many.chain).toBeGreaterThan(1e-5);
  });

  function worstErrors(rows: number, outs: number) {
    const ins = 3;
    const random = generator(rows);
    const [x, dy] = [uniform(random, rows * ins, 0, 1), uniform(random, rows * outs, 0, 1)];
    const total = inRoom(core, (room) => {
      const weight = room.totals(new Float64Array(outs * ins));
      core.linearGradParameters(room.floats(dy), room.floats(x), weight, null, rows, ins, outs);
      return weight.view.slice();
    });
    const worst = { sum: 0, chain: 0 };
    total.forEach((sum, i) => {
      const [o, k] = [Math.floor(i / ins), i % ins];
      let exact = 0;
      let chain = 0;
      for (let r = 0; r < rows; r++) {
        const product = dy[r * outs + o]! * x[r * ins + k]!;
        exact += product;
        chain = Math.fround(chain + Math.fround(product));
      }
      worst.sum = Math.max(worst.sum, Math.abs(sum / exact - 1));
      worst.chain = Math.max(worst.chain, Math.abs(chain / exact - 1));
    });
    return worst;
  }
});
