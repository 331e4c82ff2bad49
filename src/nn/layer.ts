import type { Block, Core } from "../core/core.js";
import { GrowingBlock } from "../core/ownership.js";
import { activeCore } from "../core/select.js";
import { disposed, Phrase, wrongValue } from "../errors.js";
import { copyValues, countRows, snapshot, type Values } from "../values.js";
import { Module } from "./module.js";
import { Output } from "./output.js";

/**
 * A module of one operation. It owns a copy of the rows it was given, its output and the gradient of its input, and
 * makes them larger only when more rows come than ever before. Rows that are another module's output are read in
 * place, and backward goes on to that module.
 */
export abstract class Layer extends Module {
  abstract get inFeatures(): number;
  abstract get outFeatures(): number;
  /** How many times forward has run: an output of an earlier time is stale. @internal */
  forwards = 0;
  /** For the gradient that Output.backward is given. @internal */
  readonly givenGradient: GrowingBlock;
  /** @internal */
  protected readonly core: Core = activeCore();
  readonly #input: GrowingBlock;
  readonly #output: GrowingBlock;
  readonly #inputGradient: GrowingBlock;
  #disposed = false;

  constructor() {
    super();
    this.givenGradient = new GrowingBlock(this, this.core);
    this.#input = new GrowingBlock(this, this.core);
    this.#output = new GrowingBlock(this, this.core);
    this.#inputGradient = new GrowingBlock(this, this.core);
  }

  /** The layer in a message, such as Linear(3, 2); not by constructor.name, which bundlers shorten. @internal */
  abstract describe(): string;

  /** Steps taken on the weights that differentiateInput needs: it needs those that forward had. @internal */
  abstract weightSteps(): number;
  /** y from x, rows × inFeatures. @internal */
  protected abstract compute(x: Block, y: Block, rows: number): void;
  /** Allocates what differentiate needs. @internal */
  protected abstract prepareDifferentiate(): void;
  /** Adds to the gradients of the layer's own parameters. @internal */
  protected abstract differentiate(x: Block, dy: Block, rows: number, scale: number): void;
  /** dx from dy, both without the scale. @internal */
  protected abstract differentiateInput(dy: Block, dx: Block, rows: number): void;

  /**
   * @param x rows × inFeatures: a Tensor, another module's output, a typed array, an array, or an array of rows; flat
   * values are cut into rows
   * @returns rows × outFeatures, owned by the module until its next forward
   * @throws TypeError or RangeError for what is not rows of inFeatures numbers; Error after dispose()
   */
  forward(x: Values): Output {
    this.checkAlive();
    const rows = countRows("x", x, this.inFeatures, "feature");
    const source = x instanceof Output ? x : null;
    if (source?.layer === this) {
      throw wrongValue(
        "x",
        "rows from elsewhere (one module per place)",
        new Phrase(`the output of this ${this.describe()}`),
      );
    }
    this.forwards++; // first, for an output that has lost its block is stale, also when memory is exhausted below
    const [inputs, outputs] = [rows * this.inFeatures, rows * this.outFeatures];
    const grows = source === null && !(this.#input.fits(inputs) && this.#output.fits(outputs));
    const given = grows ? snapshot(x, inputs) : x;
    const output = this.#output.atLeast(outputs);
    const input = source === null ? this.#input.atLeast(inputs) : source.block;
    if (source === null) copyValues(given, input.view);
    this.compute(input, output, rows);
    return new Output(this, rows, input, source, output);
  }

  /** @internal */
  prepareBackward(output: Output): void {
    if (output.source !== null && output.weightSteps !== this.weightSteps()) {
      throw new Error(
        `the weights of this ${this.describe()} have changed since its forward: run forward again before backward`,
      );
    }
    if (output.source !== null) this.#inputGradient.atLeast((output.shape[0] as number) * this.inFeatures);
    this.prepareDifferentiate();
  }

  /** Returns the gradient for the output's source, where it has one. @internal */
  backward(output: Output, dy: Block, scale: number): Block {
    const rows = output.shape[0] as number;
    this.differentiate(output.input, dy, rows, scale);
    if (output.source === null) return dy;
    const dx = this.#inputGradient.atLeast(rows * this.inFeatures);
    this.differentiateInput(dy, dx, rows);
    return dx;
  }

  /** What console.log shows in Node. @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.describe();
  }

  /** @internal */
  checkAlive(): void {
    if (this.#disposed) throw disposed(`this ${this.describe()}`);
  }

  override dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const block of [this.#input, this.#output, this.#inputGradient, this.givenGradient]) block.release();
    for (const parameter of this.parameters()) parameter.dispose();
  }
}
