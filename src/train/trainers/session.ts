import { wrongValue } from "../../errors.js";
import type { LayerKernels } from "../../nn/layer-kernels.js";
import type { Module } from "../../nn/module.js";
import { Rprop } from "../../optim/rprop.js";
import { Arena } from "./arena.js";
import { Network } from "./network.js";
import { Weights } from "./weights.js";

/** A model prepared for a run: its numbers in the run's memory, and its layers over them. */
export interface Session {
  readonly arena: Arena;
  readonly weights: Weights;
  /** The layers before the first with parameters: what they make of a row is the same in every epoch. */
  readonly leading: readonly LayerKernels[];
  /** The others. */
  readonly network: Network;
}

/**
 * @param optimizer null for a new one of all parameters
 * @param columns of x
 * @param rows the most that there will be at a time
 * @param bytes about what the rows will take
 * @throws RangeError for a model without parameters, or an optimizer of others; Error for one that was disposed
 */
export function openSession(
  model: Module,
  optimizer: Rprop | null,
  columns: number,
  rows: number,
  bytes: number,
): Session {
  model.checkAlive();
  const layers = model.layers();
  const first = layers.findIndex((layer) => layer.parameters().length > 0);
  if (first < 0) throw wrongValue("model", "a model with parameters", model);
  const arena = new Arena(bytes);
  try {
    const weights = new Weights(model, optimizer ?? new Rprop(model.parameters()), arena);
    const leading = layers.slice(0, first).map((layer) => layer.kernels(weights.layout.memoryOf(layer)));
    const network = new Network(layers.slice(first), columns, rows, arena, weights.layout);
    return { arena, weights, leading, network };
  } catch (error) {
    arena.dispose();
    throw error;
  }
}
