import { describe, expect, it } from "vitest";
import { cores, inRoom } from "./cores.js";
import { expectSame, expectWithin, generator, mixed, mixedTotals, uniform } from "./numbers.js";

const lengths = Array.from({ length: 22 }, (_, i) => i).concat(31, 32, 33, 63, 64, 65, 255, 257, 1000);
const scales = [1, -1, 2 / 30, 1 / 3, 0, -0, 1e-40, 1e-300, 1e300, Infinity, NaN];
const { fround } = Math;

describe.each(cores)("accumulate of the $name core", (core) => {
  it.each(scales)(
    "adds f32(total · scale) to the gradient or to +0, and clears the total: scale %d",
    (scale) => {
      for (const length of lengths) {
        const random = generator(length);
        const share = length % 2 === 0 ? 0 : 1 / 8;
        const [g, t] = [mixed(random, length, share), mixedTotals(random, length, share)];
        inRoom(core, (room) => {
          const [grad, total] = [room.floats(g), room.totals(t)];
          core.accumulate(grad, total, scale, false);
          const expected = g.map((value, i) => fround(value + fround(t[i]! * scale)));
          expectSame(grad.view, expected, `gradient of ${length}`);
          expectSame(total.view, new Float64Array(length), `total of ${length}`);
          total.view.set(t);
          core.accumulate(grad, total, scale, true);
          const fresh = g.map((_, i) => fround(0 + fround(t[i]! * scale)));
          expectSame(grad.view, fresh, `fresh gradient of ${length}`);
          expectSame(total.view, new Float64Array(length), `total of ${length} again`);
        });
      }
    },
  );

  it("is grad + total · scale within two roundings to float32", () => {
    const random = generator(1);
    const [g, t] = [uniform(random, 257), mixedTotals(random, 257, 0)];
    const expected = Array.from(g, (value, i) => value + t[i]! / 3);
    const bounds = expected.map((sum, i) => 1.01 * 2 ** -24 * (Math.abs(sum) + Math.abs(t[i]! / 3)));
    inRoom(core, (room) => {
      const grad = room.floats(g);
      core.accumulate(grad, room.totals(t), 1 / 3, false);
      expectWithin(grad.view, expected, bounds, "gradient");
    });
  });

  it("rounds the product to float32 before it adds", () => {
    // 2^-24 + 2^-50 would lift 1 to the next number; rounded first, it is a tie that goes to 1.
    for (const length of [1, 4, 5]) {
      inRoom(core, (room) => {
        const grad = room.floats(new Float32Array(length).fill(1));
        core.accumulate(grad, room.totals(new Float64Array(length).fill(1 + 2 ** -26)), 2 ** -24, false);
        expectSame(grad.view, new Float32Array(length).fill(1), "gradient");
      });
    }
  });

  it("multiplies in float64", () => {
    // A total beyond float32 and a scale below it: the product is 1.
    for (const length of [1, 4, 5]) {
      inRoom(core, (room) => {
        const grad = room.floats(new Float32Array(length));
        core.accumulate(grad, room.totals(new Float64Array(length).fill(2 ** 200)), 2 ** -200, false);
        expectSame(grad.view, new Float32Array(length).fill(1), "gradient");
      });
    }
  });
});

describe.each(cores)("countNonFinite of the $name core", (core) => {
  it("counts NaN and infinities among all kinds of numbers", () => {
    for (const length of lengths) {
      for (const share of [0, 0.2, 1]) {
        const values = mixed(generator(length), length, share);
        const expected = values.filter((value) => !Number.isFinite(value)).length;
        inRoom(core, (room) => expect(core.countNonFinite(room.input(values))).toBe(expected));
      }
    }
  });

  it("finds one at any place", () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      for (const length of [1, 4, 9]) {
        for (let at = 0; at < length; at++) {
          const values = new Float32Array(length).fill(2 ** 127);
          values[at] = value;
          inRoom(core, (room) => expect(core.countNonFinite(room.input(values))).toBe(1));
        }
      }
    }
  });

  it("counts NaNs of every sign and payload", () => {
    const words = [0x7fc00000, 0x7f800001, 0xffffffff, 0xff800001, 0x7fffffff, 0x7f7fffff, 0x80000001];
    inRoom(core, (room) => {
      const block = room.floats(new Float32Array(words.length));
      new Uint32Array(block.view.buffer, block.view.byteOffset, words.length).set(words);
      expect(core.countNonFinite(block)).toBe(5);
    });
  });
});
