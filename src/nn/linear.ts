import type { Block, Totals } from "../core/core.js";
import { own, release } from "../core/ownership.js";
import { checkBoolean, checkOptions, checkPositiveInteger, wrongType } from "../errors.js";
import { Parameter } from "../parameter.js";
import { defaultGenerator, Generator } from "../random.js";
import { Layer } from "./layer.js";

export interface LinearOptions {
  /** Whether to add a bias; true unless said otherwise. */
  bias?: boolean;
  /** Where initial weights come from; the shared stream of manualSeed unless said otherwise. */
  generator?: Generator;
}

/**
 * A linear layer: y = x · weightᵀ + bias, float32. Weight and bias start as torch.nn.Linear's for the same seed,
 * uniform in ±1/√inFeatures.
 *
 * @example
 * import { Linear } from "rprop";
 * const linear = new Linear(3, 2);
 * const y = linear.forward([[1, 2, 3], [4, 5, 6]]); // 2 × 2
 */
export class Linear extends Layer {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** outFeatures × inFeatures. */
  readonly weight: Parameter;
  /** outFeatures, or null. */
  readonly bias: Parameter | null;
  #totals: { weight: Totals; bias: Totals } | null = null;

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
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = new Parameter([outFeatures, inFeatures]);
    this.bias = bias ? new Parameter([outFeatures]) : null;
    // kaiming_uniform_(a = √5), as written in torch.nn.Linear: 1/√inFeatures up to the last bit of its float64.
    const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
    const bound = Math.sqrt(3) * (gain / Math.sqrt(inFeatures));
    generator.uniform(this.weight.block.view, -bound, bound);
    const biasBound = 1 / Math.sqrt(inFeatures);
    if (this.bias !== null) generator.uniform(this.bias.block.view, -biasBound, biasBound);
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
  override weightsVersion(): number {
    return this.weight.version;
  }

  /** @internal */
  protected override compute(x: Block, y: Block, rows: number): void {
    const { core, weight, bias, inFeatures, outFeatures } = this;
    core.linearForward(x, weight.block, bias === null ? null : bias.block, y, rows, inFeatures, outFeatures);
  }

  /** @internal */
  protected override prepareDifferentiate(): void {
    this.#totals ??= {
      weight: own(this, this.core, this.core.allocateTotals(this.weight.size)),
      bias: own(this, this.core, this.core.allocateTotals(this.outFeatures)),
    };
  }

  /** @internal */
  protected override differentiate(x: Block, dy: Block, rows: number, scale: number): void {
    const { core, weight, bias, inFeatures, outFeatures } = this;
    const totals = this.#totals as { weight: Totals; bias: Totals };
    core.linearGradWeight(dy, x, totals.weight, rows, inFeatures, outFeatures);
    core.accumulate(weight.gradBlock, totals.weight, scale);
    weight.reached = true;
    if (bias === null) return;
    core.linearGradBias(dy, totals.bias, rows, outFeatures);
    core.accumulate(bias.gradBlock, totals.bias, scale);
    bias.reached = true;
  }

  /** @internal */
  protected override differentiateInput(dy: Block, dx: Block, rows: number): void {
    this.core.linearGradInput(dy, this.weight.block, dx, rows, this.inFeatures, this.outFeatures);
  }

  override dispose(): void {
    super.dispose();
    if (this.#totals === null) return;
    release(this.core, this.#totals.weight);
    release(this.core, this.#totals.bias);
    this.#totals = null;
  }
}
