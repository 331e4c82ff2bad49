import type { Block, Totals } from "../core/core.js";
import { allOrNone, own, release } from "../core/ownership.js";
import { checkBoolean, checkOptions, checkPositiveInteger, wrongType } from "../errors.js";
import { INTERNAL, Parameter } from "../parameter.js";
import { defaultGenerator, Generator } from "../random.js";
import { Layer } from "./layer.js";
import type { Output } from "./output.js";

export interface LinearOptions {
  /** Whether to add a bias. Default true. */
  bias?: boolean;
  /** Where initial weights come from. Default: the shared stream, which manualSeed starts. */
  generator?: Generator;
}

/**
 * A linear layer: y = x · weightᵀ + bias, float32. Weight and bias start as torch.nn.Linear's for the same seed,
 * uniform in ±1/√inFeatures.
 *
 * Deviation from PyTorch: gradients are summed over blocks of 256 rows, the blocks in float64, so that many rows lose no
 * accuracy. Their last bits differ from PyTorch's, whose own differ between machines.
 *
 * @example
 * import { Linear } from "rprop";
 * const linear = new Linear(3, 2);
 * const y = linear.forward([[1, 2, 3], [4, 5, 6]]); // 2 × 2
 */
export class Linear extends Layer {
  /** @internal */
  override readonly widths: readonly [inFeatures: number, outFeatures: number];
  readonly #weight: Parameter;
  readonly #bias: Parameter | null;
  /** Sums over rows, from the first backward on; the second for a bias. */
  #totals: readonly Totals[] | null = null;

  /**
   * @throws TypeError or RangeError for features that are no whole numbers of at least 1, or unknown options;
   * RangeError when memory is exhausted
   */
  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    checkPositiveInteger("inFeatures", inFeatures);
    checkPositiveInteger("outFeatures", outFeatures);
    checkOptions("options", options, ["bias", "generator"]);
    const { bias = true, generator = defaultGenerator() } = options;
    checkBoolean("bias", bias);
    if (!(generator instanceof Generator))
      throw wrongType("generator", "a Generator of this library", generator);
    super();
    this.core.reserve(inFeatures, outFeatures);
    this.widths = Object.freeze([inFeatures, outFeatures] as const);
    this.#weight = new Parameter([outFeatures, inFeatures], INTERNAL);
    try {
      this.#bias = bias ? new Parameter([outFeatures], INTERNAL) : null;
    } catch (error) {
      this.#weight.dispose(); // memory is exhausted
      throw error;
    }
    const bound = 1 / Math.sqrt(inFeatures);
    for (const { block } of this.parameters()) generator.uniform(block.view, -bound, bound);
  }

  get inFeatures(): number {
    return this.widths[0];
  }

  get outFeatures(): number {
    return this.widths[1];
  }

  /** outFeatures × inFeatures. */
  get weight(): Parameter {
    return this.#weight;
  }

  /** outFeatures, or null. */
  get bias(): Parameter | null {
    return this.#bias;
  }

  override namedParameters(): [string, Parameter][] {
    return this.bias === null
      ? [["weight", this.weight]]
      : [
          ["weight", this.weight],
          ["bias", this.bias],
        ];
  }

  /** @internal */
  override describe(): string {
    return `Linear(${this.inFeatures}, ${this.outFeatures})`;
  }

  /** @internal */
  override weightSteps(): number {
    return this.weight.steps;
  }

  /** @internal */
  protected override compute(x: Block, y: Block, rows: number): void {
    const { core, weight, bias, inFeatures, outFeatures } = this;
    core.linearForward(x, weight.block, bias === null ? null : bias.block, y, rows, inFeatures, outFeatures);
  }

  /** @internal */
  protected override prepareDifferentiate(): void {
    if (this.#totals !== null) return;
    const makes = this.parameters().map(
      ({ size }) =>
        () =>
          this.core.allocateTotals(size),
    );
    this.#totals = allOrNone(this.core, makes).map((total) => own(this, this.core, total));
  }

  /** @internal */
  protected override differentiate({ input, rows }: Output, dy: Block, scale: number): void {
    const { core, weight, bias, inFeatures, outFeatures } = this;
    const [weightTotal, biasTotal] = this.#totals as [Totals, Totals];
    core.linearGradWeight(dy, input, weightTotal, rows, inFeatures, outFeatures);
    core.accumulate(weight.gradBlock, weightTotal, scale);
    weight.reached = true;
    if (bias === null) return;
    core.linearGradBias(dy, biasTotal, rows, outFeatures);
    core.accumulate(bias.gradBlock, biasTotal, scale);
    bias.reached = true;
  }

  /** @internal */
  protected override differentiateInput({ rows }: Output, dy: Block, dx: Block): void {
    this.core.linearGradInput(dy, this.weight.block, dx, rows, this.inFeatures, this.outFeatures);
  }

  override dispose(): void {
    super.dispose();
    for (const total of this.#totals ?? []) release(this.core, total);
    this.#totals = null;
  }
}
