import { newArray } from "../array.js";
import { shapeOfArguments } from "../create.js";
import { checkSeed } from "../errors.js";
import { Opaque } from "../opaque.js";
import { sizeOf, Tensor } from "../tensor.js";
import { MersenneTwister } from "./mersenne.js";
import { NormalStream } from "./normal.js";
import { fillUniform } from "./uniform.js";

/**
 * A stream of random numbers of its own: PyTorch's numbers for the same seed and the same calls, on a CPU, in
 * float32, from the engine MT19937 (Matsumoto & Nishimura 1998).
 *
 * @example
 * import { Generator } from "rprop";
 * const [a, b] = [new Generator(42), new Generator(42)];
 * console.log(a.randn(2).toArray().join() === b.randn(2).toArray().join()); // true
 */
export class Generator extends Opaque {
  readonly #engine: MersenneTwister;
  readonly #normal: NormalStream;

  /**
   * Starts a stream.
   *
   * @param seed a whole number, negative ones included
   * @throws TypeError or RangeError for anything else
   */
  constructor(seed: number) {
    super();
    checkSeed(seed);
    this.#engine = new MersenneTwister(seed);
    this.#normal = new NormalStream(this.#engine);
  }

  /**
   * Draws numbers that are uniform in [0, 1): `rand(2, 3)` or `rand([2, 3])`. As torch.rand, to the bit.
   *
   * @param shape lengths, whole numbers of at least 0; none for a scalar
   * @returns a tensor in JavaScript memory, the caller's
   * @throws TypeError or RangeError for what is no shape
   */
  rand(...shape: number[] | [readonly number[]]): Tensor {
    const lengths = shapeOfArguments(shape);
    const data = newArray(Float32Array, sizeOf(lengths));
    this.uniform(data, 0, 1);
    return Tensor.over(lengths, data);
  }

  /**
   * Draws normal numbers, mean 0, standard deviation 1: `randn(2, 3)` or `randn([2, 3])`. As torch.randn, to
   * the bit.
   *
   * @param shape lengths, whole numbers of at least 0; none for a scalar
   * @returns a tensor in JavaScript memory, the caller's
   * @throws TypeError or RangeError for what is no shape
   */
  randn(...shape: number[] | [readonly number[]]): Tensor {
    const lengths = shapeOfArguments(shape);
    const data = newArray(Float32Array, sizeOf(lengths));
    this.#normal.fill(data);
    return Tensor.over(lengths, data);
  }

  /** Fills out with uniform numbers in [from, to). As Tensor.uniform_. @internal */
  uniform(out: Float32Array, from: number, to: number): void {
    fillUniform(this.#engine, out, from, to);
  }
}

let shared: Generator | undefined;

/** The generator behind {@link rand}, {@link randn} and initial weights. @internal */
export function defaultGenerator(): Generator {
  shared ??= new Generator(0);
  return shared;
}

/**
 * Starts the shared stream of random numbers afresh. A program that never seeds behaves as after `manualSeed(0)`.
 *
 * @param seed a whole number, as for torch.manual_seed
 * @throws TypeError or RangeError for anything else
 * @example
 * import { manualSeed, rand } from "rprop";
 * manualSeed(0);
 * console.log(rand(2).toArray().map((value) => value.toFixed(4))); // [ '0.4963', '0.7682' ]
 */
export function manualSeed(seed: number): void {
  shared = new Generator(seed);
}

/**
 * Draws numbers that are uniform in [0, 1) from the shared stream: see {@link Generator.rand}.
 *
 * @param shape lengths, whole numbers of at least 0; none for a scalar
 * @returns a tensor in JavaScript memory, the caller's
 * @throws TypeError or RangeError for what is no shape
 * @example
 * import { rand } from "rprop";
 * console.log(rand(2, 3).toArray().every((value) => value >= 0 && value < 1)); // true
 */
export function rand(...shape: number[] | [readonly number[]]): Tensor {
  return defaultGenerator().rand(...(shape as number[]));
}

/**
 * Draws normal numbers from the shared stream: see {@link Generator.randn}.
 *
 * @param shape lengths, whole numbers of at least 0; none for a scalar
 * @returns a tensor in JavaScript memory, the caller's
 * @throws TypeError or RangeError for what is no shape
 * @example
 * import { manualSeed, randn } from "rprop";
 * manualSeed(0);
 * console.log(randn(2, 3).shape, randn([]).item().toFixed(4)); // [ 2, 3 ] 0.4033
 */
export function randn(...shape: number[] | [readonly number[]]): Tensor {
  return defaultGenerator().randn(...(shape as number[]));
}
