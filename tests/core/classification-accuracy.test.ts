import { describe, expect, it } from "vitest";
import { classification } from "../../src/core/families.js";
import { crossEntropy, crossEntropyCase, rowsOf, widths } from "./classification-cases.js";
import type { binary } from "./classification-reference.js";
import { cores, inRoom } from "./cores.js";
import { generator, uniform } from "./numbers.js";

const { fround } = Math;

describe.each(cores)("losses of the $name core, against float64", (core) => {
  const kernels = core.family(classification);

  function alone(loss: keyof typeof binary, p: number, y: number) {
    return inRoom(core, (room) => {
      const derivative = room.output(1);
      const term = kernels[loss](room.input([p]), room.input([y]), derivative, 1, 1);
      return { term, slope: derivative.view[0] as number };
    });
  }

  it("binaryCrossEntropyWithLogits is within 2⁻²² of what is below 1, and 1e-12 of the rest", () => {
    const random = generator(1);
    for (let i = 0; i < 3000; i++) {
      const z = fround((random() * 2 - 1) * (i % 3 === 0 ? 1e4 : 30));
      const y = i % 2 === 0 ? Math.round(random()) : fround(random());
      const { term, slope } = alone("binaryCrossEntropyWithLogits", z, y);
      const log = Math.log1p(Math.exp(-Math.abs(z)));
      const exact = Math.max(z, 0) - z * y + log;
      // What float32 has no smaller numbers for is off by up to 2⁻¹⁴⁹.
      expect(Math.abs(term - exact)).toBeLessThanOrEqual(
        2 ** -22 * log + 1e-12 * Math.abs(exact) + 2 ** -148,
      );
      expect(Math.abs(slope - (1 / (1 + Math.exp(-z)) - y))).toBeLessThanOrEqual(2 ** -22);
    }
  });

  it("binaryCrossEntropy is within 2⁻²² of each logarithm", () => {
    const random = generator(2);
    for (let i = 0; i < 3000; i++) {
      const p = fround(i % 2 === 0 ? random() : 10 ** (-8 * random()));
      const y = i % 3 === 0 ? fround(random()) : Math.round(random());
      const { term, slope } = alone("binaryCrossEntropy", p, y);
      const exact = -y * Math.log(p) - (1 - y) * Math.log1p(-p);
      if (p < 1) expect(Math.abs(term - exact)).toBeLessThanOrEqual(2 ** -22 * exact);
      const exactSlope = (p - y) / Math.max(p * (1 - p), 1e-12);
      expect(Math.abs(slope - exactSlope)).toBeLessThanOrEqual(2 ** -20 * Math.abs(exactSlope));
    }
  });

  it("binaryCrossEntropy stops logarithms at −100, and slopes at 1e12", () => {
    expect(alone("binaryCrossEntropy", 0, 1)).toEqual({ term: 100, slope: fround(-1 / fround(1e-12)) });
    expect(alone("binaryCrossEntropy", 1, 0)).toEqual({ term: 100, slope: fround(1 / fround(1e-12)) });
    expect(alone("binaryCrossEntropy", 1, 1)).toEqual({ term: 0, slope: 0 });
    expect(alone("binaryCrossEntropy", 0, 0)).toEqual({ term: 0, slope: 0 });
  });

  it.each([true, false])(
    "crossEntropy, indexed: %s, is within 2⁻²² of 1 + |z − m| for each class, and its slopes within 2⁻²¹",
    (indexed) => {
      for (let seed = 0; seed < 40; seed++) {
        const made = crossEntropyCase(seed, 6, 1 + (seed % 9), indexed, 0);
        const scale = seed % 3 === 0 ? 1000 : 1; // logits of up to 1e4
        const of = { ...made, x: made.x.map((z) => z * scale) };
        const { sum, derivative } = crossEntropy(core, of);
        let [exact, size] = [0, 0];
        rowsOf(of).forEach(({ row, t }, r) => {
          const most = Math.max(...row);
          const logOfSum = Math.log(row.reduce((total, z) => total + Math.exp(z - most), 0));
          const q = t.map(
            (value, c) => of.weight[c]! * (value * (1 - of.smoothing) + of.smoothing / of.columns),
          );
          const whole = q.reduce((a, b) => a + b, 0);
          row.forEach((z, c) => {
            exact += q[c]! * (logOfSum - (z - most));
            size += q[c]! * (1 + Math.abs(z - most));
            const slope = Math.exp(z - most - logOfSum) * whole - q[c]!;
            // The difference z − most is rounded before exp.
            const bound = 2 ** -21 * (whole + q[c]!);
            expect(Math.abs(derivative[r * of.columns + c]! - slope)).toBeLessThanOrEqual(bound);
          });
        });
        expect(Math.abs(sum - exact)).toBeLessThanOrEqual(2 ** -22 * size);
      }
    },
  );

  it("softmax of logits within ±8 is within 2⁻²⁰ of each probability, and rows add up to 1 within 2⁻²²", () => {
    for (const columns of [...widths, 1000]) {
      const x = uniform(generator(columns), 3 * columns, -8, 8);
      const y = inRoom(core, (room) => {
        const output = room.output(x.length);
        kernels.softmax(room.input(x), output, 3, columns);
        return Array.from(output.view);
      });
      for (let r = 0; r < 3; r++) {
        const row = Array.from(x.subarray(r * columns, (r + 1) * columns));
        const sum = row.reduce((total, z) => total + Math.exp(z), 0);
        const got = y.slice(r * columns, (r + 1) * columns);
        got.forEach((p, c) => {
          const exact = Math.exp(row[c]!) / sum;
          // x − m, up to 16, is rounded by up to 2⁻²¹ before exp.
          expect(Math.abs(p - exact)).toBeLessThanOrEqual(2 ** -20 * exact);
        });
        expect(Math.abs(got.reduce((a, b) => a + b, 0) - 1)).toBeLessThanOrEqual(2 ** -22);
      }
    }
  });
});
