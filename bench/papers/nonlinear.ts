import { type Model, models } from "./models.js";
import type { NonlinearSet } from "./nist.js";

/** As minimize takes them. */
export type Objective = (u: Float64Array, gradient: Float64Array) => number;

/**
 * The same, its value rounded to float32. The last digits of a sum of squares are rounding errors of its residuals, by which
 * minimize, which returns the best point, would take one 1e-8 away for the better; of equally good ones it returns the
 * latest.
 */
export function coarse(objective: Objective): Objective {
  return (u, gradient) => Math.fround(objective(u, gradient));
}

/** For the differences of a model by a parameter; a power of two near ε^(1/3). */
const STEP = 2 ** -17;

/**
 * The residual sum of squares, Σ (model − y)², with every parameter in units of its starting value: b = start · u.
 * The model is differentiated by central differences, the sum by its formula: at its minimum the residuals are small,
 * and so is what the differences lack there.
 */
export function sumOfSquares(set: NonlinearSet, start: readonly number[]): Objective {
  const model = models[set.name] as Model;
  const y = set.name === "Nelson" ? set.y.map(Math.log) : set.y;
  return (u, gradient) => {
    const b = start.map((value, i) => value * u[i]!);
    const h = Array.from(u, (value) => STEP * Math.max(1, Math.abs(value)));
    gradient.fill(0);
    let sum = 0;
    set.x.forEach((x, row) => {
      const residual = model(b, x) - y[row]!;
      sum += residual * residual;
      for (let i = 0; i < b.length; i++) {
        const [middle, step] = [b[i]!, start[i]! * h[i]!];
        const [above, below] = [middle + step, middle - step];
        b[i] = above;
        const more = model(b, x);
        b[i] = below;
        const less = model(b, x);
        b[i] = middle;
        gradient[i]! += (2 * residual * (more - less) * start[i]!) / (above - below);
      }
    });
    return sum;
  };
}
