import type { Block, Totals } from "../core/contract/core.js";
import { checkBoolean, checkPositiveInteger, notOurs } from "../errors.js";
import { optionsOf } from "../options.js";
import { INTERNAL, Parameter } from "../parameter.js";
import { defaultGenerator, Generator } from "../random/generator.js";
import { Layer } from "./layer.js";
import type { LayerBuffers, LayerKernels } from "./layer-kernels.js";
import type { Architecture } from "./module.js";

/** The options of {@link Linear}. */
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
 * linear.loadStateDict({ weight: [[1, 0, 0], [0, 1, 1]], bias: [0, 10] });
 * console.log(linear.forward([[1, 2, 3], [4, 5, 6]]).toRows()); // [ [ 1, 15 ], [ 4, 21 ] ]
 */
export class Linear extends Layer {
  /** @internal */
  override readonly widths: readonly [inFeatures: number, outFeatures: number];
  /** @internal */
  protected override readonly trained: readonly Parameter[];
  /** @internal */
  override readonly totals: readonly Totals[];
  /** @internal */
  override readonly panels: readonly Block[];

  /**
   * Makes a layer with new weights.
   *
   * @param inFeatures columns of x, a whole number of at least 1
   * @param outFeatures columns of the output, a whole number of at least 1
   * @param options `bias`: whether there is one, default true; `generator`: of the weights, by default the
   * shared stream
   * @throws TypeError or RangeError for features that are no whole numbers of at least 1, or unknown options;
   * RangeError when memory is exhausted
   */
  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    checkPositiveInteger("inFeatures", inFeatures);
    checkPositiveInteger("outFeatures", outFeatures);
    const { bias, generator } = optionsOf<Required<LinearOptions>>(options, {
      bias: [true, checkBoolean],
      generator: [defaultGenerator(), checkGenerator],
    });
    super();
    this.widths = Object.freeze([inFeatures, outFeatures] as const);
    const { core } = this;
    const shapes = bias ? [[outFeatures, inFeatures], [outFeatures]] : [[outFeatures, inFeatures]];
    this.trained = shapes.map((shape) => new Parameter(shape, INTERNAL));
    const panels = core.allocatePanels(inFeatures, outFeatures, false);
    this.panels = [panels, panels];
    this.totals = this.trained.map(({ size }) => core.allocateTotals(size, false));
    this.initialize(this.blocks, generator);
  }

  /** @internal */
  override initialize(blocks: readonly Pick<Block, "view">[], generator: Generator): void {
    const bound = 1 / Math.sqrt(this.inFeatures);
    for (const { view } of blocks) generator.uniform(view, -bound, bound);
  }

  /** Columns of x. */
  get inFeatures(): number {
    return this.widths[0];
  }

  /** Columns of the output. */
  get outFeatures(): number {
    return this.widths[1];
  }

  /** The weights, of shape [outFeatures, inFeatures]. */
  get weight(): Parameter {
    return this.trained[0] as Parameter;
  }

  /** The bias, of shape [outFeatures], or null for a layer without one. */
  get bias(): Parameter | null {
    return this.trained[1] ?? null;
  }

  override namedParameters(): [string, Parameter][] {
    return this.trained.map((parameter, i) => [i === 0 ? "weight" : "bias", parameter]);
  }

  /** @internal */
  override describe(): string {
    return `Linear(${this.inFeatures}, ${this.outFeatures})`;
  }

  /** @internal */
  override architecture(): Architecture {
    const { inFeatures, outFeatures, bias } = this;
    return { type: "Linear", inFeatures, outFeatures, bias: bias !== null };
  }

  /** @internal */
  override weightVersion(): number {
    return this.weight.version;
  }

  /** @internal */
  override get blocks(): readonly Block[] {
    return this.trained.map(({ block }) => block);
  }

  /** @internal */
  override kernels({ core, blocks, totals, panels }: LayerBuffers): LayerKernels {
    const [ins, outs] = this.widths;
    const [weight, bias = null] = blocks as [Block, Block?];
    const [weightTotal, biasTotal = null] = totals as [Totals, Totals?];
    const [forwardPanels, backwardPanels] = panels as [Block, Block];
    return {
      packForward: () => core.packForward(weight, bias, forwardPanels, ins, outs),
      forward: (x, y, rows) => core.linearForward(x, forwardPanels, y, rows, ins, outs),
      gradParameters(x, dy, rows) {
        core.linearGradParameters(dy, x, weightTotal, biasTotal, rows, ins, outs);
      },
      packBackward: () => core.packBackward(weight, backwardPanels, ins, outs),
      gradInput: (_x, _y, dy, dx, rows) => core.linearGradInput(dy, backwardPanels, dx, rows, ins, outs),
    };
  }
}

function checkGenerator(name: string, value: unknown): void {
  if (!(value instanceof Generator)) throw notOurs(name, "a Generator of this library", value);
}
