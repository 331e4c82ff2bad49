import { describe, expect, it } from "vitest";
import type { Core } from "../../src/core/contract/core.js";
import { differenceLosses } from "../../src/core/families.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, expectWithin, generator, mixed, uniform } from "./numbers.js";
import { DELTA, differenceLoss, exactly, losses } from "./reference.js";

const lossesOf = (core: Core) => ({
  squaredError: core.squaredError.bind(core),
  ...core.family(differenceLosses),
});

const names = Object.keys(losses) as (keyof typeof losses)[];

const lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 19, 20, 21, 31, 33, 255, 256, 257, 511, 513, 769];
const widths = [1, 2, 3, 4, 5, 7, 8, 9, 17];
const shapes = lengths.flatMap((rows) => widths.map((outs) => ({ rows, outs })));

describe.each(cores.flatMap((core) => names.map((loss) => ({ core, loss, name: core.name }))))(
  "$loss of the $name core",
  ({ core, loss }) => {
    it.each([0, 1 / 32])(
      "sums lanes and blocks in the order of the contract, %d of the numbers special",
      (share) => {
        for (const { rows, outs } of shapes) {
          const random = generator(rows * 100 + outs);
          const [p, t] = [mixed(random, rows * outs, share), mixed(random, rows * outs, share)];
          inRoom(core, (room) => {
            const spare = (rows + outs) % 3;
            const derivative = room.output(rows * outs, spare);
            const sum = lossesOf(core)[loss](
              room.input(p, spare),
              room.input(t, spare),
              derivative,
              rows,
              outs,
              DELTA,
            );
            const expected = differenceLoss(losses[loss], p, t, rows, outs);
            expectSame(derivative.view, expected.derivative, `derivative of ${rows} × ${outs}`);
            expectSame([sum], [expected.sum], `sum of ${rows} × ${outs}`);
          });
        }
      },
    );

    it("may write the derivative over the prediction", () => {
      for (const { rows, outs } of shapes) {
        const random = generator(rows * 100 + outs);
        const [p, t] = [uniform(random, rows * outs), uniform(random, rows * outs)];
        inRoom(core, (room) => {
          const prediction = room.floats(p, (rows + outs) % 3);
          const sum = lossesOf(core)[loss](prediction, room.input(t), prediction, rows, outs, DELTA);
          const expected = differenceLoss(losses[loss], p, t, rows, outs);
          expectSame(prediction.view, expected.derivative, `derivative of ${rows} × ${outs}`);
          expectSame([sum], [expected.sum], `sum of ${rows} × ${outs}`);
        });
      }
    });

    it("is NaN from one NaN, and from ∞ − ∞, wherever it stands", () => {
      for (const bad of [NaN, Infinity]) {
        for (let at = 0; at < 21; at++) {
          const [p, t] = [new Float32Array(21), new Float32Array(21)];
          p[at] = bad;
          t[at] = bad;
          inRoom(core, (room) => {
            const derivative = room.output(21);
            expect(lossesOf(core)[loss](room.input(p), room.input(t), derivative, 7, 3, DELTA)).toBeNaN();
            expect(derivative.view[at]).toBeNaN();
          });
        }
      }
    });

    it("is +0 for no rows", () => {
      inRoom(core, (room) => {
        expect(lossesOf(core)[loss](room.input([]), room.input([]), room.output(0), 0, 3, DELTA)).toBe(0);
      });
    });
  },
);

describe.each(cores)("squaredError of the $name core", (core) => {
  it.each([1, 7, 8, 300, 1000])("is the sum of squares within the error of float32: %i rows", (rows) => {
    const outs = 3;
    const random = generator(rows);
    const [p, t] = [uniform(random, rows * outs), uniform(random, rows * outs)];
    const { sum } = exactly(rows * outs, (i) => (p[i]! - t[i]!) ** 2);
    // Each difference is rounded to 2^-24 of it, so its square is off by 2^-23; float64 adds nothing visible.
    const actual = inRoom(core, (room) =>
      core.squaredError(room.input(p), room.input(t), room.output(rows * outs), rows, outs),
    );
    expectWithin([actual], [sum], [1.01 * 2 ** -23 * sum], "sum");
  });

  it("neither overflows nor underflows where float32 squares would", () => {
    const differences = [1e-30, 1e30];
    const sums = differences.map((d) =>
      inRoom(core, (room) => core.squaredError(room.input([d]), room.input([0]), room.output(1), 1, 1)),
    );
    expect(sums).toEqual(differences.map((d) => Math.fround(d) ** 2));
  });
});
