import type { Block, Totals } from "../../core/contract/core.js";
import { Verbatim, wrongValue } from "../../errors.js";
import type { Layer } from "../../nn/layer.js";
import type { LayerBuffers } from "../../nn/layer-kernels.js";
import type { Module } from "../../nn/module.js";
import type { ParamGroup } from "../../optim/group.js";
import type { Rprop } from "../../optim/rprop.js";
import type { Slot } from "../../optim/slot.js";
import type { Parameter } from "../../parameter.js";
import type { Arena } from "./arena.js";
import type { LayerNumbers } from "./network.js";

/** A parameter that the run trains. */
export interface Trained {
  readonly parameter: Parameter;
  readonly slot: Slot;
  readonly group: ParamGroup;
  /** Where it begins among all that is trained. */
  readonly offset: number;
  /** Taken before the run. */
  readonly steps: number;
}

/** The parameters of one group: what one call of the kernel steps. */
export interface Span {
  readonly group: ParamGroup;
  readonly data: Block;
  readonly grad: Block;
  readonly prev: Block;
  readonly stepSize: Block;
}

/** Elements of a cache line: arrays that begin at one are read fastest. */
const LINE = 16;

/**
 * Where a model's parameters and its optimizer's state lie in a run's memory: parameters, previous gradients and step sizes
 * of all that is trained are the three parts of one block, so that each is copied, scaled and stepped by one call.
 */
export class Layout implements LayerNumbers {
  readonly trained: readonly Trained[];
  readonly spans: readonly Span[];
  /** Numbers that are trained. */
  readonly size: number;
  /** Elements from one part of the state to the next. */
  readonly part: number;
  readonly state: Block;
  readonly grad: Block;
  readonly totals: Totals;
  readonly #arena: Arena;
  readonly #memories: Map<Layer, LayerBuffers>;

  /** @throws RangeError for an optimizer of other parameters; what Slot.check throws */
  constructor(model: Module, optimizer: Rprop, arena: Arena) {
    this.#arena = arena;
    const groups = optimizer.paramGroups;
    let size = 0;
    this.trained = groups.flatMap((group) =>
      group.slots.map((slot, i) => {
        const offset = size;
        size += slot.data.length;
        return { parameter: group.params[i] as Parameter, slot, group, offset, steps: slot.steps };
      }),
    );
    const own = model.parameters();
    for (const { parameter, slot } of this.trained) {
      slot.check();
      if (own.includes(parameter)) continue;
      const got = new Verbatim(`${slot.name}, which is none`);
      throw wrongValue("optimizer", "parameters of the model alone", got);
    }
    for (const group of groups) group.checkBounds(group.bounds);

    this.size = size;
    this.part = Math.ceil(size / LINE) * LINE;
    this.state = arena.floats(3 * this.part);
    this.grad = arena.floats(size);
    this.totals = arena.totals(size);
    this.spans = groups.filter(({ slots }) => slots.length > 0).map((group) => this.#spanOf(group));
    this.#memories = new Map(model.layers().map((layer) => [layer, this.#place(layer)]));
  }

  #spanOf(group: ParamGroup): Span {
    const own = this.trained.filter((trained) => trained.group === group);
    const { offset } = own[0] as Trained;
    const length = own.reduce((sum, { slot }) => sum + slot.data.length, 0);
    const part = (i: number) => this.state.window(i * this.part + offset, length);
    return { group, data: part(0), grad: this.grad.window(offset, length), prev: part(1), stepSize: part(2) };
  }

  /** A layer's trained numbers are in the state, copies of the others beside. */
  #place(layer: Layer): LayerBuffers {
    const parameters = layer.parameters();
    const blocks = layer.blocks.map((block, i) => {
      const found = this.#find(parameters[i]);
      if (found !== undefined) return this.state.window(found.offset, block.length);
      return this.#arena.copyOf(block);
    });
    const totals = parameters.map((parameter) => {
      const found = this.#find(parameter);
      if (found !== undefined) return this.totals.window(found.offset, parameter.size);
      return this.#arena.totals(parameter.size); // summed with the others, and never used
    });
    const [ins, outs] = layer.widths ?? [0, 0];
    const panels = layer.panels.map(() => this.#arena.panels(ins, outs));
    return { core: this.#arena.core, blocks, totals, panels };
  }

  #find(parameter: Parameter | undefined): Trained | undefined {
    return this.trained.find((trained) => trained.parameter === parameter);
  }

  memoryOf(layer: Layer): LayerBuffers {
    return this.#memories.get(layer) as LayerBuffers;
  }

  trains(layer: Layer): boolean {
    return layer.parameters().some((parameter) => this.#find(parameter) !== undefined);
  }

  /** The blocks of a layer's trained parameters. */
  trainedBlocks(layer: Layer): Block[] {
    const parameters = layer.parameters();
    return this.memoryOf(layer).blocks.filter((_, i) => this.#find(parameters[i]) !== undefined);
  }

  /** One parameter's numbers in the state. */
  partsOf({ offset, parameter }: Trained): [data: Float32Array, prev: Float32Array, stepSize: Float32Array] {
    const { view } = this.state;
    const part = (i: number) => view.subarray(i * this.part + offset).subarray(0, parameter.size);
    return [part(0), part(1), part(2)];
  }
}
