/** The contracts of ClassificationKernels once more, in the plainest way. */
import { exp, log, log1p, logReduced } from "../../src/core/js/elementary.js";

const { fround } = Math;
type Floats = ArrayLike<number>;
const at = (values: Floats, i: number): number => values[i] as number;

/** Σ terms: lanes of eight within blocks of so many terms. */
export function sumOfTerms(terms: number[], block: number): number {
  let sum = 0;
  for (let first = 0; first < terms.length; first += block) {
    const lanes = [0, 0, 0, 0, 0, 0, 0, 0];
    terms.slice(first, first + block).forEach((term, i) => {
      lanes[i % 8] = at(lanes, i % 8) + term;
    });
    const pair = (lane: number) => at(lanes, lane) + at(lanes, lane + 1);
    const low = pair(0) + pair(2);
    const high = pair(4) + pair(6);
    sum += low + high;
  }
  return sum;
}

/** The derivative and the term of one number. */
export const binary = {
  binaryCrossEntropyWithLogits(z: number, y: number) {
    const e = exp(-Math.abs(z));
    const sigmoid = z > 0 ? fround(1 / fround(1 + e)) : fround(e / fround(1 + e));
    const hinge = z < 0 ? 0 : z;
    return { slope: fround(sigmoid - y), term: hinge - z * y + log1p(e) };
  },
  binaryCrossEntropy(p: number, y: number) {
    const clamped = (value: number) => (value < -100 ? -100 : value);
    const rest = Math.abs(p) < 0.25 ? logReduced(-p, 0) : log(fround(1 - p));
    const spread = fround(fround(1 - p) * p);
    const slope = fround(fround(p - y) / (spread < fround(1e-12) ? fround(1e-12) : spread));
    return { slope, term: (y - 1) * clamped(rest) - y * clamped(log(p)) };
  },
};

export function softmaxOf(x: number[]): { p: number[]; most: number; logOfSum: number } {
  const most = x.reduce((a, b) => (a < b ? b : a));
  const e = x.map((value) => exp(fround(value - most)));
  const sum = fround(e.reduce((a, b) => a + b, 0));
  return { p: e.map((value) => fround(value / sum)), most, logOfSum: log(sum) };
}

/** t is 1 for the class and 0 for the others, or the probabilities. */
export function crossEntropyOf(x: number[], t: number[], weight: Floats, keep: number, share: number) {
  const { p, most, logOfSum } = softmaxOf(x);
  const q = t.map((value, c) => fround(at(weight, c) * fround(fround(value * keep) + share)));
  const whole = fround(q.reduce((a, b) => a + b, 0));
  let term = 0;
  q.forEach((portion, c) => {
    const distance = fround(at(x, c) - most);
    if (portion !== 0 || distance !== -Infinity) term += portion * (logOfSum - distance);
  });
  return { slopes: p.map((value, c) => fround(fround(value * whole) - at(q, c))), term };
}
