import type { Problem } from "../race/run.js";

/** A function of two coordinates, and what of it is shown. */
export interface Landscape extends Problem {
  readonly across: readonly [from: number, to: number];
  readonly up: readonly [from: number, to: number];
  readonly minimum: readonly [x: number, y: number];
  /** Where a race starts if nobody says otherwise, gradient descent's rate, how long it lasts, which step is seen first. */
  readonly start: readonly [x: number, y: number];
  readonly rate: number;
  readonly steps: number;
  readonly shown: number;
}

/**
 * u² / √condition + v² · √condition: a valley along u, which is the x-axis turned by so many degrees. Its curvatures differ
 * condition-fold.
 */
export function bowl(condition: number, degrees: number): Landscape {
  const [flat, steep] = [1 / Math.sqrt(condition), Math.sqrt(condition)];
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = ([x = 0, y = 0]: readonly number[]) => [cos * x + sin * y, cos * y - sin * x] as const;
  return {
    value(point) {
      const [u, v] = turned(point);
      return flat * u * u + steep * v * v;
    },
    slopes(point) {
      const [u, v] = turned(point);
      return [2 * flat * u * cos - 2 * steep * v * sin, 2 * flat * u * sin + 2 * steep * v * cos];
    },
    across: [-5, 5],
    up: [-3.5, 3.5],
    minimum: [0, 0],
    start: [-4, 2],
    rate: 0.09,
    steps: 400,
    shown: 27,
  };
}

/** (1 − x)² + 100 (y − x²)²: a valley that bends (Rosenbrock 1960). */
export const rosenbrock: Landscape = {
  value: ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  slopes: ([x = 0, y = 0]) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
  across: [-2.25, 2.25],
  up: [-0.8, 2.35],
  minimum: [1, 1],
  start: [-1.2, 1],
  rate: 0.001,
  steps: 1000,
  shown: 250,
};
