import { divergence } from "../race/divergence.js";
import type { Frame } from "../race/run.js";
import { number, signOf } from "../ui/number.js";

/** A value that counts as the minimum's, which is 0 in every landscape. */
const ARRIVED = 1e-6;

/** After how many steps a race reaches the minimum, if it does. */
export function arrival(frames: readonly Frame[]): number | null {
  const first = frames.findIndex(({ value }) => value < ARRIVED);
  return first < 0 ? null : first;
}

/** What has become of a method, in words. */
export function valleyFate(frames: readonly Frame[], step: number): string {
  const lost = divergence(frames, step);
  if (lost !== null) return lost;
  const arrived = arrival(frames);
  if (arrived !== null && arrived <= step) return `reached the minimum at step ${arrived}`;
  const [start, value] = [frames[0], frames[step]].map((frame) => frame?.value as number) as [number, number];
  return `${value > start ? "thrown out, to" : "at"} a height of ${number(value, 2)}`;
}

const TOWARDS = [
  ["left", "right"],
  ["down", "up"],
] as const;

/** What a method sees along each coordinate, and what its next step does. */
export function pattern(frames: readonly Frame[], step: number): string[] {
  const { x, slopes, sizes, flipped } = frames[step] as Frame;
  const next = frames[step + 1];
  return TOWARDS.map((names, i) => {
    const sign = `slope ${signOf(slopes[i] as number)}${flipped[i] ? ", flipped" : ""}`;
    const size = `step size ${number(sizes[i] as number, 3)}`;
    const moved = next ? (next.x[i] as number) - (x[i] as number) : 0;
    const way = !next
      ? "the race ends"
      : moved > 0
        ? `goes ${names[1]}`
        : moved < 0
          ? `goes ${names[0]}`
          : "stays";
    return `along ${"xy"[i]} ${sign}, ${size}, ${way}`;
  });
}
