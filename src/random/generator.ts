import { newArray } from "../array.js";
import { shapeOfArguments } from "../create.js";
import { checkSeed } from "../errors.js";
import { Opaque } from "../opaque.js";
import { sizeOf, Tensor } from "../tensor.js";
import { MersenneTwister } from "./mersenne.js";
import { NormalStream } from "./normal.js";
import { fillUniform } from "./uniform.js";

/**
 * A stream of random numbers of its own: PyTorch's numbers for the same seed and the same calls, on a CPU, in float32.
 *
 * @example
 * import { Generator, Linear } from "rprop";
 * const generator = new Generator(42);
 * const x = generator.randn(10, 3);
 * const linear = new Linear(3, 2, { generator });
 */
export class Generator extends Opaque {
  readonly #engine: MersenneTwister;
  readonly #normal: NormalStream;

  /**
   * @param seed a whole number, negative ones included
   * @throws TypeError or RangeError for anything else
   */
  constructor(seed: number) {
    super();
    checkSeed(seed);
    this.#engine = new MersenneTwister(seed);
    this.#normal = new NormalStream(this.#engine);
  }

  /** Uniform in [0, 1): `rand(2, 3)` or `rand([2, 3])`. As torch.rand, to the bit. */
  rand(...shape: number[] | [readonly number[]]): Tensor {
    const lengths = shapeOfArguments(shape);
    const data = newArray(Float32Array, sizeOf(lengths));
    this.uniform(data, 0, 1);
    return Tensor.over(lengths, data);
  }

  /** Normal, mean 0, standard deviation 1: `randn(2, 3)` or `randn([2, 3])`. As torch.randn, to the bit. */
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
 */
export function manualSeed(seed: number): void {
  shared = new Generator(seed);
}

/** Uniform in [0, 1) from the shared stream: see {@link Generator.rand}. */
export function rand(...shape: number[] | [readonly number[]]): Tensor {
  return defaultGenerator().rand(...(shape as number[]));
}

/** Normal numbers from the shared stream: see {@link Generator.randn}. */
export function randn(...shape: number[] | [readonly number[]]): Tensor {
  return defaultGenerator().randn(...(shape as number[]));
}
