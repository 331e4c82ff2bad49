/** The models of NIST's nonlinear regression sets, written from the formulas in their files. */

/** The value for parameters b and predictors x; b[0] is NIST's b1. */
export type Model = (b: number[], x: number[]) => number;

const { exp, sin, cos, atan, PI } = Math;

type B = [number, number, number, number, number, number, number, number, number];
const model = (formula: (b: B, x: number, x2: number) => number): Model => {
  return (b, x) => formula(b as B, x[0]!, x[1]!);
};

const chwirut = model(([b1, b2, b3], x) => exp(-b1 * x) / (b2 + b3 * x));
const lanczos = model(
  ([b1, b2, b3, b4, b5, b6], x) => b1 * exp(-b2 * x) + b3 * exp(-b4 * x) + b5 * exp(-b6 * x),
);
const gauss = model(
  ([b1, b2, b3, b4, b5, b6, b7, b8], x) =>
    b1 * exp(-b2 * x) + b3 * exp(-(((x - b4) / b5) ** 2)) + b6 * exp(-(((x - b7) / b8) ** 2)),
);
const saturation = model(([b1, b2], x) => b1 * (1 - exp(-b2 * x)));
const cubics = model(
  ([b1, b2, b3, b4, b5, b6, b7], x) =>
    (b1 + x * (b2 + x * (b3 + x * b4))) / (1 + x * (b5 + x * (b6 + x * b7))),
);

/** By NIST's names; those of a lower level of difficulty first. */
export const models: Readonly<Record<string, Model>> = {
  Misra1a: saturation,
  Chwirut2: chwirut,
  Chwirut1: chwirut,
  Lanczos3: lanczos,
  Gauss1: gauss,
  Gauss2: gauss,
  DanWood: model(([b1, b2], x) => b1 * x ** b2),
  Misra1b: model(([b1, b2], x) => b1 * (1 - (1 + (b2 * x) / 2) ** -2)),
  Kirby2: model(([b1, b2, b3, b4, b5], x) => (b1 + x * (b2 + x * b3)) / (1 + x * (b4 + x * b5))),
  Hahn1: cubics,
  Nelson: model(([b1, b2, b3], x, x2) => b1 - b2 * x * exp(-b3 * x2)), // of log y
  MGH17: model(([b1, b2, b3, b4, b5], x) => b1 + b2 * exp(-x * b4) + b3 * exp(-x * b5)),
  Lanczos1: lanczos,
  Lanczos2: lanczos,
  Gauss3: gauss,
  Misra1c: model(([b1, b2], x) => b1 * (1 - (1 + 2 * b2 * x) ** -0.5)),
  Misra1d: model(([b1, b2], x) => (b1 * b2 * x) / (1 + b2 * x)),
  Roszman1: model(([b1, b2, b3, b4], x) => b1 - b2 * x - atan(b3 / (x - b4)) / PI),
  ENSO: model(([b1, b2, b3, b4, b5, b6, b7, b8, b9], x) => {
    const [year, fourth, seventh] = [(2 * PI * x) / 12, (2 * PI * x) / b4, (2 * PI * x) / b7];
    const waves = b5 * cos(fourth) + b6 * sin(fourth) + b8 * cos(seventh) + b9 * sin(seventh);
    return b1 + b2 * cos(year) + b3 * sin(year) + waves;
  }),
  MGH09: model(([b1, b2, b3, b4], x) => (b1 * (x * x + x * b2)) / (x * x + x * b3 + b4)),
  Thurber: cubics,
  BoxBOD: saturation,
  Rat42: model(([b1, b2, b3], x) => b1 / (1 + exp(b2 - b3 * x))),
  MGH10: model(([b1, b2, b3], x) => b1 * exp(b2 / (x + b3))),
  Eckerle4: model(([b1, b2, b3], x) => (b1 / b2) * exp(-0.5 * ((x - b3) / b2) ** 2)),
  Rat43: model(([b1, b2, b3, b4], x) => b1 / (1 + exp(b2 - b3 * x)) ** (1 / b4)),
  Bennett5: model(([b1, b2, b3], x) => b1 * (b2 + x) ** (-1 / b3)),
};
