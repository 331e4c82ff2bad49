import { BLOCK_ROWS, type Block } from "../../core/contract/core.js";
import type { Layer } from "../../nn/layer.js";
import type { LayerBuffers, LayerKernels } from "../../nn/layer-kernels.js";
import type { Criterion, LossKernel } from "../../nn/losses/criterion.js";
import { columnsAfter } from "../../nn/module.js";
import type { Arena } from "./arena.js";

/** One layer's place in a network. */
interface Step {
  readonly stage: LayerKernels;
  /** Of its input. */
  readonly columns: number;
  readonly output: Block;
  /** Where the gradient of its input goes; null where nothing before it is trained. */
  readonly inputGradient: Block | null;
  readonly trains: boolean;
}

/** Where the numbers of layers are, and which of them are trained. */
export interface LayerNumbers {
  memoryOf(layer: Layer): LayerBuffers;
  trains(layer: Layer): boolean;
}

/**
 * Layers over row blocks: at most 256 rows go through all layers, forward and backward, while they are in the cache. A row
 * block is the unit of Core's sums over rows, so that row blocks in order give the sums of one call over all rows.
 */
export class Network {
  readonly outputs: number;
  readonly #steps: readonly Step[];
  #lossKernel: LossKernel | null = null;
  #derivative: Block | null = null;

  /** @param numbers where the layers' numbers are, and which are trained; none where there is no way back */
  constructor(layers: readonly Layer[], columns: number, rows: number, arena: Arena, numbers: LayerNumbers) {
    const blockRows = Math.min(rows, BLOCK_ROWS);
    const before = (i: number) => columnsAfter(layers.slice(0, i), columns);
    const first = layers.findIndex((layer) => numbers.trains(layer));
    const gradients = first < 0 ? [] : inputGradients(layers, first, blockRows, before, arena);
    this.outputs = before(layers.length);
    this.#steps = layers.map((layer, i) => ({
      stage: layer.kernels(numbers.memoryOf(layer)),
      columns: before(i),
      output: arena.floats(blockRows * before(i + 1)),
      inputGradient: gradients[i] ?? null,
      trains: numbers.trains(layer),
    }));
  }

  /** Losses are measured by this criterion from now on. */
  prepareLoss(criterion: Criterion, targetColumns: number, rows: number, arena: Arena): void {
    const { outputs } = this;
    const allocate = (length: number) => arena.floats(length);
    this.#lossKernel = criterion.kernel(arena.core, outputs, targetColumns, allocate);
    this.#derivative = arena.floats(Math.min(rows, BLOCK_ROWS) * outputs);
  }

  /** To be called whenever parameters have changed. */
  pack(): void {
    for (const { stage } of this.#steps) stage.packForward?.();
  }

  /** The output of a row block, valid until the next one. */
  forward(x: Block, rows: number): Block {
    let input = x;
    for (const { stage, columns, output } of this.#steps) {
      stage.forward(input, output, rows, columns);
      input = output;
    }
    return input;
  }

  /** The sum of a row block's losses. */
  loss(x: Block, y: Block, rows: number): number {
    return (this.#lossKernel as LossKernel)(this.forward(x, rows), y, this.#derivative as Block, rows);
  }

  /** As pack, for train. */
  packForTraining(): void {
    for (const { stage, inputGradient } of this.#steps) {
      stage.packForward?.();
      if (inputGradient !== null) stage.packBackward?.();
    }
  }

  /** The sum of a row block's losses; gradients, without the loss's factor, are added to the totals. */
  train(x: Block, y: Block, rows: number): number {
    const sum = this.loss(x, y, rows);
    const steps = this.#steps;
    let dy = this.#derivative as Block;
    for (let i = steps.length - 1; i >= 0; i--) {
      const { stage, columns, output, inputGradient, trains } = steps[i] as Step;
      const input = i === 0 ? x : (steps[i - 1] as Step).output;
      if (trains) stage.gradParameters?.(input, dy, rows);
      if (inputGradient === null) break;
      stage.gradInput(input, output, dy, inputGradient, rows, columns);
      dy = inputGradient;
    }
    return sum;
  }
}

/**
 * Where the gradient of each layer's input goes, from the first trained one on. Two blocks take turns; layers of no
 * fixed width work in place.
 */
function inputGradients(
  layers: readonly Layer[],
  first: number,
  blockRows: number,
  before: (i: number) => number,
  arena: Arena,
): (Block | null)[] {
  const widest = Math.max(...layers.map((_, i) => (i > first ? before(i) : 0)));
  const blocks = [arena.floats(blockRows * widest), arena.floats(blockRows * widest)] as const;
  const gradients: (Block | null)[] = layers.map(() => null);
  let turn = 0;
  for (let i = layers.length - 1; i > first; i--) {
    if ((layers[i] as Layer).widths !== null) turn = 1 - turn;
    gradients[i] = blocks[turn] as Block;
  }
  return gradients;
}
