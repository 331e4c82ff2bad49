import type { Block, Core, Totals } from "../core/contract/core.js";
import { activeCore } from "../core/select.js";
import { disposed, Verbatim, wrongValue } from "../errors.js";
import type { Parameter } from "../parameter.js";
import type { Generator } from "../random/generator.js";
import { countRowsAndColumns, type Values } from "../values.js";
import { GrowingBlock } from "./growing-block.js";
import type { LayerBuffers, LayerKernels } from "./layer-kernels.js";
import { type ModelJSON, Module } from "./module.js";
import { Output } from "./output.js";

/**
 * A module of one operation. It owns a copy of the rows it was given, its output and the gradient of its input, and
 * makes them larger only when more rows come than ever before. Rows that are another module's output are read in
 * place, and backward goes on to that module.
 */
export abstract class Layer extends Module {
  /** Columns of x and of the output, or null for a layer that takes any number and keeps it. @internal */
  abstract readonly widths: readonly [inFeatures: number, outFeatures: number] | null;
  /** How many times forward has run: an output of an earlier time is stale. @internal */
  forwards = 0;
  /** For the gradient that Output.backward is given. @internal */
  readonly givenGradient: GrowingBlock;
  /** @internal */
  readonly core: Core = activeCore();
  readonly #input: GrowingBlock;
  readonly #output: GrowingBlock;
  readonly #inputGradient: GrowingBlock;
  #disposed = false;

  constructor() {
    super();
    this.givenGradient = new GrowingBlock(this.core);
    this.#input = new GrowingBlock(this.core);
    this.#output = new GrowingBlock(this.core);
    this.#inputGradient = new GrowingBlock(this.core);
  }

  /** What the layer computes, with numbers in this memory. @internal */
  abstract kernels(memory: LayerBuffers): LayerKernels;
  #kernels: LayerKernels | undefined;

  // What follows is for layers with numbers of their own.

  /** Of the parameters, or else of the buffers. @internal */
  get blocks(): readonly Block[] {
    return [];
  }
  /** @internal */
  protected readonly trained: readonly Parameter[] = [];
  /** @internal */
  readonly totals: readonly Totals[] = [];
  /** @internal */
  readonly panels: readonly Block[] = [];
  /** Draws parameters, those in these blocks, anew. @internal */
  initialize(_blocks: readonly Pick<Block, "view">[], _generator: Generator): void {}
  /** Steps taken on the weights that gradInput needs: it needs those that forward had. @internal */
  weightVersion(): number {
    return 0;
  }

  /**
   * Computes the layer's output for these rows.
   *
   * @param x rows × features: a Tensor, another module's output, a typed array, an array, or an array of rows; flat
   * values are cut into rows of inFeatures, and are one column where the module takes any number of features
   * @returns rows × outFeatures, or shaped as x, owned by the module until its next forward
   * @throws TypeError or RangeError for what is not rows of that many numbers; Error after dispose()
   */
  forward(x: Values): Output {
    return this.run(x, this.width);
  }

  /** @internal */
  override get width(): number | null {
    return this.widths === null ? null : this.widths[0];
  }

  /** forward, where flat values are cut into rows of so many columns; null where x decides. @internal */
  run(x: Values, width: number | null): Output {
    this.checkAlive();
    const [rows, columns] = countRowsAndColumns("x", x, width);
    const outColumns = this.widths === null ? columns : this.widths[1];
    const source = x instanceof Output ? x : null;
    if (source?.layer === this) {
      throw wrongValue(
        "x",
        "rows from elsewhere (one module per place)",
        new Verbatim(`the output of this ${this.describe()}`),
      );
    }
    this.forwards++; // first, for an output that has lost its block is stale, also when memory is exhausted below
    const input = source === null ? this.#input.holding(x, rows * columns) : source.block;
    const output = this.#output.atLeast(rows * outColumns);
    this.#kernels ??= this.#placed();
    this.#kernels.packForward?.();
    this.#kernels.forward(input, output, rows, columns);
    return new Output(this, [rows, outColumns], output, input, columns, source);
  }

  override toJSON(): ModelJSON {
    const numbers = this.saved().map(([name, { block }]) => [name, Array.from(block.view, inJSON)]);
    return { ...this.architecture(), ...Object.fromEntries(numbers) };
  }

  /** @internal */
  override layers(): readonly Layer[] {
    return [this];
  }

  #placed(): LayerKernels {
    for (const block of [...this.blocks, ...this.panels]) block.place();
    return this.kernels(this);
  }

  /** @internal */
  prepareBackward(output: Output): void {
    if (output.source !== null && output.weightVersion !== this.weightVersion()) {
      throw new Error(
        `the weights of this ${this.describe()} have changed since its forward: run forward again before backward`,
      );
    }
    if (output.source !== null) this.#inputGradient.atLeast(output.rows * output.inputColumns);
    for (const block of this.totals) block.place();
    for (const { gradBlock } of this.trained) gradBlock.place();
  }

  /** Adds to the gradients of the parameters, and returns that of the output's source, where it has one. @internal */
  backward({ input, block, rows, inputColumns, source }: Output, dy: Block, scale: number): Block {
    const kernels = this.#kernels as LayerKernels;
    kernels.gradParameters?.(input, dy, rows);
    this.trained.forEach((parameter, i) => {
      this.core.accumulate(parameter.gradBlock, this.totals[i] as Totals, scale, false);
      parameter.hasGradient = true;
    });
    if (source === null) return dy;
    const dx = this.#inputGradient.atLeast(rows * inputColumns);
    kernels.packBackward?.();
    kernels.gradInput(input, block, dy, dx, rows, inputColumns);
    return dx;
  }

  /** @internal */
  override checkAlive(): void {
    this.checkItself("model");
    if (this.#disposed) throw disposed(`this ${this.describe()}`);
  }

  override dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const block of [this.#input, this.#output, this.#inputGradient, this.givenGradient]) block.release();
    for (const block of new Set([...this.totals, ...this.panels])) this.core.free(block);
    for (const parameter of this.trained) parameter.dispose();
  }
}

/** JSON has no NaN, no infinities and no −0. */
function inJSON(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}
