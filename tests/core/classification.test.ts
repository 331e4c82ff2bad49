import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classification } from "../../src/core/families.js";
import { crossEntropy, crossEntropyCase, predictions, rowsOf, shapes } from "./classification-cases.js";
import { binary, crossEntropyOf, softmaxOf, sumOfTerms } from "./classification-reference.js";
import { cores, inRoom } from "./cores.js";
import { expectSame, generator, mixed } from "./numbers.js";

const { fround } = Math;
const BLOCK = 256;
const names = Object.keys(binary) as (keyof typeof binary)[];

describe.each(cores.flatMap((core) => names.map((loss) => ({ core, loss, name: core.name }))))(
  "$loss of the $name core",
  ({ core, loss }) => {
    const kernel = core.family(classification)[loss];

    it.each([0, 1 / 32])("is its contract, number by number, %d of them special; in place too", (share) => {
      for (const { rows, columns } of shapes) {
        const random = generator(rows * 100 + columns);
        const p = predictions(loss, random, rows * columns, share);
        const y = mixed(random, rows * columns, share).map(Math.abs);
        const expected = Array.from(p, (value, i) => binary[loss](value, y[i] as number));
        const sum = sumOfTerms(
          expected.map(({ term }) => term),
          BLOCK * columns,
        );
        const slopes = expected.map(({ slope }) => slope);
        inRoom(core, (room) => {
          const spare = (rows + columns) % 3;
          const derivative = room.output(rows * columns, spare);
          const target = room.input(y, spare);
          const got = kernel(room.input(p, spare), target, derivative, rows, columns);
          expectSame([got], [sum], `sum of ${rows} × ${columns}`);
          expectSame(derivative.view, slopes, `derivative of ${rows} × ${columns}`);
          const over = room.floats(p, spare);
          expectSame([kernel(over, target, over, rows, columns)], [sum], "sum in place");
          expectSame(over.view, slopes, "derivative in place");
        });
      }
    });

    it("is NaN from one NaN, wherever it stands, with that derivative alone", () => {
      for (let at = 0; at < 21; at++) {
        const p = new Float32Array(21).fill(0.5);
        p[at] = NaN;
        inRoom(core, (room) => {
          const derivative = room.output(21);
          expect(kernel(room.input(p), room.input(new Float32Array(21)), derivative, 7, 3)).toBeNaN();
          expect([...derivative.view].map(Number.isNaN)).toEqual([...p].map(Number.isNaN));
        });
      }
    });
  },
);

describe.each(cores)("crossEntropy and softmax of the $name core", (core) => {
  const kernels = core.family(classification);

  it.each([
    [true, 0],
    [true, 1 / 32],
    [false, 0],
    [false, 1 / 32],
  ])("are their contracts in the order of sums, indexed: %s, %d of the numbers special", (indexed, share) => {
    for (const { rows, columns } of shapes) {
      const of = crossEntropyCase(rows * 100 + columns * 7, rows, columns, indexed, share);
      const spare = (rows + columns) % 3;
      const { sum, derivative } = crossEntropy(core, of, spare);
      const [keep, part] = [fround(1 - of.smoothing), fround(of.smoothing / columns)];
      const expected = rowsOf(of).map(({ row, t }) => crossEntropyOf(row, t, of.weight, keep, part));
      const what = `of ${rows} × ${columns}`;
      expectSame(
        derivative,
        expected.flatMap(({ slopes }) => slopes),
        `derivative ${what}`,
      );
      const terms = expected.map(({ term }) => term);
      expectSame([sum], [sumOfTerms(terms, BLOCK)], `sum ${what}`);
      const p = rowsOf(of).flatMap(({ row }) => softmaxOf(row).p);
      inRoom(core, (room) => {
        const [y, over] = [room.output(rows * columns, spare), room.floats(of.x, spare)];
        kernels.softmax(room.input(of.x, spare), y, rows, columns);
        kernels.softmax(over, over, rows, columns);
        expectSame(y.view, p, `softmax ${what}`);
        expectSame(over.view, p, `softmax ${what} in place`);
      });
    }
  });

  it("a row with NaN or ∞, or of −∞ alone, becomes NaN, and no other row", () => {
    const [inf, tiny] = [Infinity, 2 ** -149];
    const x = [
      [0, NaN, 0],
      [NaN, 0, 0],
      [inf, 0, 1],
      [-inf, -inf, -inf],
      [-inf, 0, -inf],
      [-0, 0, tiny],
      [1e4, -1e4, -1e4],
    ];
    const third = fround(1 / 3);
    const y = inRoom(core, (room) => {
      const output = room.output(21);
      kernels.softmax(room.input(x.flat()), output, 7, 3);
      return Array.from(output.view);
    });
    const bad = [NaN, NaN, NaN];
    expectSame(y, [bad, bad, bad, bad, [0, 1, 0], [third, third, third], [1, 0, 0]].flat(), "softmax");
  });

  it("a class that cannot be may be infinitely far", () => {
    const weight = Float32Array.of(1, 1);
    const x = Float32Array.of(-Infinity, 3);
    const common = { x, weight, rows: 1, columns: 2, smoothing: 0 };
    const index = crossEntropy(core, { ...common, target: Float32Array.of(1), indexed: true });
    const shares = crossEntropy(core, { ...common, target: Float32Array.of(0, 1), indexed: false });
    const other = crossEntropy(core, { ...common, target: Float32Array.of(0), indexed: true });
    expect(index).toEqual({ sum: 0, derivative: Float32Array.of(0, 0) });
    expect(shares).toEqual(index);
    expect(other).toEqual({ sum: Infinity, derivative: Float32Array.of(-1, 1) });
  });

  it.each([NaN, Infinity])("%d in a row that counts 0 is not hidden: value and derivative are NaN", (bad) => {
    const x = Float32Array.of(bad, 0, 1, 2);
    const target = Float32Array.of(0, 1);
    const common = { x, target, indexed: true, rows: 2, columns: 2, smoothing: 0 };
    const { sum, derivative } = crossEntropy(core, { ...common, weight: Float32Array.of(0, 1) });
    expect(sum).toBeNaN();
    expect([...derivative].map(Number.isNaN)).toEqual([true, true, false, false]);
  });
});

describe("both cores give the same bits, special numbers anywhere:", () => {
  const float = fc.oneof(
    fc.float(),
    fc.float({ min: -110, max: 110 }),
    fc.float({ min: 0, max: 1 }),
    fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 2 ** -126, 3e38, -3e38),
  );

  it.each(names)("%s", (loss) => {
    const pairs = fc.array(fc.tuple(float, float), { maxLength: 40 });
    const property = fc.property(pairs, (all) => {
      const [js, wasm] = cores.map((core) =>
        inRoom(core, (room) => {
          const derivative = room.output(all.length);
          const [p, y] = [room.input(all.map(([a]) => a)), room.input(all.map(([, b]) => b))];
          const sum = core.family(classification)[loss](p, y, derivative, all.length, 1);
          return [sum, ...derivative.view];
        }),
      );
      expectSame(wasm!, js!, loss);
    });
    fc.assert(property, { seed: 1, numRuns: 2000 });
  });

  it("crossEntropy and softmax", () => {
    const shape = fc.record({
      seed: fc.nat(),
      rows: fc.integer({ min: 0, max: 20 }),
      columns: fc.integer({ min: 1, max: 20 }),
      indexed: fc.boolean(),
      share: fc.constantFrom(0, 0.02, 0.3),
    });
    const property = fc.property(shape, ({ seed, rows, columns, indexed, share }) => {
      const of = crossEntropyCase(seed, rows, columns, indexed, share);
      of.weight.set(mixed(generator(seed + 1), columns, share));
      const [js, wasm] = cores.map((core) => crossEntropy(core, of, 2));
      expectSame(wasm!.derivative, js!.derivative, "derivative");
      expectSame([wasm!.sum], [js!.sum], "sum");
    });
    fc.assert(property, { seed: 2, numRuns: 2000 });
  });
});
