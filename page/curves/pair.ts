import { divergence } from "../race/divergence.js";
import type { Method } from "../race/methods.js";
import { type Frame, type Problem, run } from "../race/run.js";
import { number } from "../ui/number.js";

/** factor · x², with its minimum at 0. */
export interface Curve extends Problem {
  readonly factor: number;
  readonly name: string;
}

/** A method's ways on the flat and on the steep curve. */
export interface CurvePair {
  readonly method: Method;
  readonly flat: readonly Frame[];
  readonly steep: readonly Frame[];
}

/** The flat and the steep curve; the steep one's slopes are so many times as large. */
export function curves(ratio: number): { flat: Curve; steep: Curve } {
  return { flat: curve(1 / Math.sqrt(ratio)), steep: curve(Math.sqrt(ratio)) };
}

function curve(factor: number): Curve {
  return {
    factor,
    name: `${factor === 1 ? "" : number(factor, 3)}x²`,
    value: ([x = 0]) => factor * x * x,
    slopes: ([x = 0]) => [2 * factor * x],
  };
}

/** Races a method on both curves: each is a run of its own, with the same start. */
export function pair(method: Method, ratio: number, start: number, rate: number, steps: number): CurvePair {
  const { flat, steep } = curves(ratio);
  const on = (problem: Problem) => run(method.name, problem, [start], rate, steps);
  return { method, flat: on(flat), steep: on(steep) };
}

/** Whether a method has done the same on both curves until this step, to the last bit. */
export function isAlike({ flat, steep }: CurvePair, step: number): boolean {
  return flat.slice(0, step + 1).every((frame, t) => {
    const other = steep[t] as Frame;
    const same = (one?: number, another?: number) => Object.is(one, another);
    return (
      same(frame.x[0], other.x[0]) &&
      same(Math.sign(frame.slopes[0] as number), Math.sign(other.slopes[0] as number)) &&
      same(frame.sizes[0], other.sizes[0]) &&
      same(frame.flips[0], other.flips[0])
    );
  });
}

/** What has become of a method on a curve, in words. */
export function fate(frames: readonly Frame[], step: number): string {
  const lost = divergence(frames, step);
  if (lost !== null) return lost;
  const [start, x] = [frames[0], frames[step]].map((frame) => frame?.x[0] as number) as [number, number];
  if (Math.abs(x) < ARRIVED) return "at the minimum";
  if (step === 0) return `starts at x = ${number(x, 3)}`;
  if (Math.abs(x) > Math.abs(start)) return `thrown out, to x = ${number(x, 3)}`;
  const size = frames[step]?.sizes[0] as number;
  const crawls = Math.abs(x) > CRAWL * size;
  return `${crawls ? "crawls" : "comes"}: x = ${number(x, 3)}, step size ${number(size, 2)}`;
}

/** |x| below which a method counts as arrived. */
const ARRIVED = 1e-3;

/** So many steps of the present size still to go count as crawling. */
const CRAWL = 1000;
