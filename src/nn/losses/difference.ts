import type { Core } from "../../core/contract/core.js";
import { differenceLosses } from "../../core/families.js";
import { checkNumber } from "../../errors.js";
import { Criterion, type LossKernel, type LossOptions } from "./criterion.js";

/**
 * Mean squared error: Σ (prediction − target)² / N over all N elements, or the sum with `{ reduction: "sum" }`. The
 * value is summed in float64 and rounded to float32 once.
 *
 * Deviation from PyTorch, which sums in float32: the last digit may differ.
 *
 * @example
 * import { MSELoss } from "rprop";
 * console.log(new MSELoss().forward([1, 2, 6], [1, 4, 4]).item().toFixed(4)); // 2.6667
 */
export class MSELoss extends Criterion {
  /** @internal */
  override readonly name = "MSELoss";
  /** @internal */
  override readonly derivativeFactor = 2;

  /** @internal */
  override kernel(core: Core, outputs: number): LossKernel {
    return (prediction, target, derivative, rows) =>
      core.squaredError(prediction, target, derivative, rows, outputs);
  }
}

/**
 * Mean absolute error: Σ |prediction − target| / N, or the sum. Its gradient is the sign of the difference, 0 where they
 * are equal. As torch.nn.L1Loss.
 *
 * @example
 * import { L1Loss } from "rprop";
 * console.log(new L1Loss().forward([1, 2, 6], [1, 1, 1]).item()); // 2
 */
export class L1Loss extends Criterion {
  /** @internal */
  override readonly name = "L1Loss";

  /** @internal */
  override kernel(core: Core, outputs: number): LossKernel {
    const kernels = core.family(differenceLosses);
    return (prediction, target, derivative, rows) =>
      kernels.absoluteError(prediction, target, derivative, rows, outputs);
  }
}

/** The options of {@link HuberLoss}. */
export interface HuberLossOptions extends LossOptions {
  /** Where the square becomes a line; finite, above 0. Default 1. */
  delta?: number;
}

/**
 * Huber's loss (1964): ½ d² for a difference of at most delta, delta · (|d| − ½ delta) beyond: as smooth as a square
 * near the target, and no steeper than delta far from it. As torch.nn.HuberLoss.
 *
 * @example
 * import { HuberLoss } from "rprop";
 * console.log(new HuberLoss({ delta: 1, reduction: "sum" }).forward([1, 3], [0, 0]).item()); // 3
 */
export class HuberLoss extends Criterion {
  /** @internal */
  override readonly name = "HuberLoss";
  /** Rounded to float32. */
  readonly delta: number;

  /** @internal */
  protected override get optionNames(): readonly string[] {
    return ["reduction", "delta"];
  }

  /**
   * Makes a loss.
   *
   * @param options `reduction`; `delta`: where the square becomes a line, finite and above 0, default 1
   * @throws TypeError or RangeError for unknown options, or a delta that is not finite and above 0 in float32
   */
  constructor(options: HuberLossOptions = {}) {
    super(options);
    const { delta = 1 } = options;
    const holds = (exact: number) => Math.fround(exact) > 0 && Math.fround(exact) < Infinity;
    checkNumber("delta", "a finite number above 0", delta, holds);
    this.delta = Math.fround(delta);
  }

  /** @internal */
  override kernel(core: Core, outputs: number): LossKernel {
    const kernels = core.family(differenceLosses);
    return (prediction, target, derivative, rows) =>
      kernels.huberError(prediction, target, derivative, rows, outputs, this.delta);
  }
}
