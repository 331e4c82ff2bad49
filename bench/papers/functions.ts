/** Functions that optimizers are tried on, each with its gradient, its usual start and a smallest value of 0. */

export interface TestFunction {
  readonly name: string;
  readonly start: readonly number[];
  readonly minimum: readonly number[];
  readonly fn: (x: ArrayLike<number>, gradient: { [index: number]: number }) => number;
}

const pair = (x: ArrayLike<number>) => [x[0]!, x[1]!] as const;

/** x² + k·y² in axes turned by 45°, so that both coordinates disagree about the way. */
const turned = (k: number): TestFunction["fn"] => {
  return (x, gradient) => {
    const [a, b] = pair(x);
    const u = (a + b) * Math.SQRT1_2;
    const v = (b - a) * Math.SQRT1_2;
    gradient[0] = 2 * Math.SQRT1_2 * (u - k * v);
    gradient[1] = 2 * Math.SQRT1_2 * (u + k * v);
    return u * u + k * v * v;
  };
};

export const functions: readonly TestFunction[] = [
  {
    name: "Booth",
    start: [0, 0],
    minimum: [1, 3],
    fn: (x, gradient) => {
      const [a, b] = pair(x);
      const [u, v] = [a + 2 * b - 7, 2 * a + b - 5];
      gradient[0] = 2 * u + 4 * v;
      gradient[1] = 4 * u + 2 * v;
      return u * u + v * v;
    },
  },
  {
    name: "Beale",
    start: [1, 1],
    minimum: [3, 0.5],
    fn: (x, gradient) => {
      const [a, b] = pair(x);
      const [u, v, w] = [1.5 - a + a * b, 2.25 - a + a * b * b, 2.625 - a + a * b * b * b];
      gradient[0] = 2 * (u * (b - 1) + v * (b * b - 1) + w * (b * b * b - 1));
      gradient[1] = 2 * a * (u + 2 * v * b + 3 * w * b * b);
      return u * u + v * v + w * w;
    },
  },
  {
    name: "Rosenbrock",
    start: [-1.2, 1],
    minimum: [1, 1],
    fn: (x, gradient) => {
      const [a, b] = pair(x);
      const [u, v] = [1 - a, b - a * a];
      gradient[0] = -2 * u - 400 * a * v;
      gradient[1] = 200 * v;
      return u * u + 100 * v * v;
    },
  },
  {
    name: "x² + 10⁶y²",
    start: [1, 1],
    minimum: [0, 0],
    fn: (x, gradient) => {
      const [a, b] = pair(x);
      gradient[0] = 2 * a;
      gradient[1] = 2e6 * b;
      return a * a + 1e6 * b * b;
    },
  },
  { name: "x² + 10²y², turned by 45°", start: [1, 0.3], minimum: [0, 0], fn: turned(1e2) },
  { name: "x² + 10⁶y², turned by 45°", start: [1, 0.3], minimum: [0, 0], fn: turned(1e6) },
];
