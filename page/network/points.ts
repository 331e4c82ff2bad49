import { Generator } from "rprop";

/** Points of a plane, x and y of each after the other, and the class of each, 0 or 1. */
export interface Points {
  at: Float32Array;
  classes: Float32Array;
}

/** Where a class's points lie without noise. */
type Place = (kind: 0 | 1, uniform: readonly [number, number]) => readonly [number, number];

const PLACES = {
  spirals: (kind, [u]) => {
    const [cos, sin] = turned(1.25 * u + kind / 2);
    const radius = 0.1 + 1.1 * u;
    return [radius * cos, radius * sin];
  },
  circles: (kind, [u]) => {
    const [cos, sin] = turned(u);
    const radius = kind === 0 ? 0.4 : 1;
    return [radius * cos, radius * sin];
  },
  moons: (kind, [u]) => {
    const [cos, sin] = turned(u / 2 + kind / 2);
    return [0.75 * cos + (kind === 0 ? -0.375 : 0.375), 0.9 * sin + (kind === 0 ? -0.2 : 0.2)];
  },
  xor: (kind, [u, v]) => {
    const right = u < 0.5;
    const up = right === (kind === 0);
    return [(right ? 1 : -1) * (0.1 + 2 * (u % 0.5)), (up ? 1 : -1) * (0.1 + v)];
  },
} satisfies Record<string, Place>;

export type Shape = keyof typeof PLACES;

/** As many points of each class; the same to the bit in every engine. */
export function pointsOf(shape: Shape, count: number, noise: number, seed: number): Points {
  const generator = new Generator(seed);
  const uniform = generator.rand(count, 2).data;
  const normal = generator.randn(count, 2).data;
  const points = { at: new Float32Array(2 * count), classes: new Float32Array(count) };
  for (let i = 0; i < count; i++) {
    const kind = (i % 2) as 0 | 1;
    const place = PLACES[shape](kind, [uniform[2 * i] as number, uniform[2 * i + 1] as number]);
    points.classes[i] = kind;
    points.at[2 * i] = place[0] + noise * (normal[2 * i] as number);
    points.at[2 * i + 1] = place[1] + noise * (normal[2 * i + 1] as number);
  }
  return points;
}

/** Which points are for validation: a share of them, drawn by the seed. */
export function validationPoints(count: number, share: number, seed: number): boolean[] {
  const draws = [...new Generator(seed).rand(count).data].map((draw, i) => ({ draw, i }));
  const drawn = new Set(
    draws
      .sort((a, b) => a.draw - b.draw)
      .slice(0, Math.floor(share * count))
      .map(({ i }) => i),
  );
  return draws.map((_, i) => drawn.has(i));
}

/** Those of some points that are chosen. */
export function chosen({ at, classes }: Points, choose: (i: number) => boolean): Points {
  return {
    at: at.filter((_, i) => choose(i >> 1)),
    classes: classes.filter((_, i) => choose(i)),
  };
}

/** Cosine and sine of so many turns, up to two, within 1e-7: engines' own differ in their last bits. */
function turned(turns: number): readonly [number, number] {
  const angle = (2 * Math.PI * turns) / 2 ** HALVINGS;
  const square = angle * angle;
  let [cos, sin] = [1 - (square / 2) * (1 - square / 12), angle * (1 - (square / 6) * (1 - square / 20))];
  for (let i = 0; i < HALVINGS; i++) [cos, sin] = [cos * cos - sin * sin, 2 * cos * sin];
  return [cos, sin];
}

const HALVINGS = 8;
