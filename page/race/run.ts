import { type Parameter, parameter, Rprop, type RpropState, type RpropVariant } from "rprop";
import type { MethodName } from "./methods.js";

/** A function to be minimised. */
export interface Problem {
  value(x: readonly number[]): number;
  slopes(x: readonly number[]): number[];
}

/** What a method finds at a point, and decides there. All arrays have an entry for each coordinate. */
export interface Frame {
  readonly x: readonly number[];
  readonly value: number;
  readonly slopes: readonly number[];
  /** Whether the slope's sign is not the one that the method remembers. */
  readonly flipped: readonly boolean[];
  /** How often it has flipped so far. */
  readonly flips: readonly number[];
  /** Sizes of the step from here: Δ, or learning rate · |slope|. */
  readonly sizes: readonly number[];
}

/** A method's way from a start: frames[t] is what it finds after t steps. */
export function run(
  method: MethodName,
  problem: Problem,
  start: readonly number[],
  rate: number,
  steps: number,
): Frame[] {
  const point = parameter(start);
  const mover = method === "gradient-descent" ? new Descent(point, rate) : new Resilient(point, method);
  const frames: Frame[] = [];
  let flips = start.map(() => 0);
  for (let t = 0; t <= steps; t++) {
    const x = point.toArray() as number[];
    const value = problem.value(x);
    point.grad.data.set(problem.slopes(x));
    const slopes = point.grad.toArray() as number[];
    const last = mover.remembered();
    const flipped = slopes.map((slope, i) => Math.sign(slope) * Math.sign(last[i] as number) < 0);
    flips = flips.map((count, i) => count + Number(flipped[i]));
    mover.step(value);
    frames.push({ x, value, slopes, flipped, flips, sizes: mover.sizes() });
  }
  mover.dispose();
  point.dispose();
  return frames;
}

/** What moves a point against the gradient that was written to it. */
interface Mover {
  /** The slopes that the next ones are compared with; 0 where there are none. */
  remembered(): ArrayLike<number>;
  step(value: number): void;
  /** Of the last step. */
  sizes(): number[];
  dispose(): void;
}

class Resilient implements Mover {
  readonly #point: Parameter;
  readonly #optimizer: Rprop;
  #state: RpropState;

  constructor(point: Parameter, variant: RpropVariant) {
    this.#point = point;
    this.#optimizer = new Rprop([point], { variant });
    this.#state = this.#optimizer.state(point);
  }

  remembered(): ArrayLike<number> {
    return this.#state.prev;
  }

  step(value: number): void {
    // Where every slope is 0 nothing moves, and step() refuses a parameter that has never had another.
    if (this.#point.grad.data.some((slope) => slope !== 0)) this.#optimizer.step(value);
    this.#state = this.#optimizer.state(this.#point);
  }

  sizes(): number[] {
    return Array.from(this.#state.stepSize);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}

/** In float32, as the others. */
class Descent implements Mover {
  readonly #point: Parameter;
  readonly #rate: number;
  #last: number[];

  constructor(point: Parameter, rate: number) {
    this.#point = point;
    this.#rate = rate;
    this.#last = Array.from(point.data, () => 0);
  }

  remembered(): ArrayLike<number> {
    return this.#last;
  }

  step(): void {
    this.#last = Array.from(this.#point.grad.data);
    this.#last.forEach((slope, i) => {
      this.#point.data[i] = (this.#point.data[i] as number) - this.#rate * slope;
    });
  }

  sizes(): number[] {
    return this.#last.map((slope) => this.#rate * Math.abs(slope));
  }

  dispose(): void {}
}
