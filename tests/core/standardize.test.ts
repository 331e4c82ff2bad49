import { describe, expect, it } from "vitest";
import { standardization } from "../../src/core/families.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, mixed } from "./numbers.js";

const { fround } = Math;
const shapes = [0, 1, 2, 5, 33].flatMap((rows) =>
  [1, 2, 3, 4, 5, 7, 8, 9, 13].map((columns) => [rows, columns] as const),
);

describe.each(cores)("standardize of the $name core", (core) => {
  it.each([false, true])("equals its formula, special numbers anywhere; inverted: %s", (invert) => {
    for (const [rows, columns] of shapes) {
      const random = generator(rows * 100 + columns);
      const [x, mean, std] = [rows * columns, columns, columns].map((n) => mixed(random, n, 0.2));
      const each = (formula: (v: number, m: number, d: number) => number) =>
        Float32Array.from(x!, (v, i) => formula(v, mean![i % columns]!, std![i % columns]!));
      const forward = each((v, m, d) => (invert ? fround(fround(v * d) + m) : fround(fround(v - m) / d)));
      const back = each((v, _, d) => (invert ? fround(v * d) : fround(v / d)));
      inRoom(core, (room) => {
        const [m, d] = [room.input(mean!), room.input(std!)];
        const [y, dx] = [room.floats(new Float32Array(x!.length)), room.floats(new Float32Array(x!.length))];
        core.family(standardization).standardize(room.input(x!), m, d, y, rows, columns, invert);
        core.family(standardization).standardizeGradInput(room.input(x!), d, dx, rows, columns, invert);
        expectSame(y.view, forward, `y of ${rows} × ${columns}`);
        expectSame(dx.view, back, `dx of ${rows} × ${columns}`);
        const inPlace = room.floats(x!);
        core.family(standardization).standardize(inPlace, m, d, inPlace, rows, columns, invert);
        expectSame(inPlace.view, forward, "in place");
      });
    }
  });

  it("and back is the same within two units in the last place", () => {
    inRoom(core, (room) => {
      const x = Float32Array.from({ length: 100 }, (_, i) => 1000 + i);
      const [mean, std] = [room.input([1050]), room.input([29])];
      const y = room.floats(x);
      core.family(standardization).standardize(y, mean, std, y, 100, 1, false);
      core.family(standardization).standardize(y, mean, std, y, 100, 1, true);
      for (const [i, value] of y.view.entries())
        expect(Math.abs(value - x[i]!)).toBeLessThanOrEqual(2 ** -12);
    });
  });
});
