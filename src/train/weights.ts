import { newArray } from "../core/array.js";
import type { Block, Totals } from "../core/core.js";
import { nonFiniteGradient, Phrase, wrongValue } from "../errors.js";
import type { Layer } from "../nn/layer.js";
import type { Module } from "../nn/module.js";
import type { StageMemory } from "../nn/stage.js";
import type { ParamGroup } from "../optim/group.js";
import type { Rprop } from "../optim/rprop.js";
import type { Slot } from "../optim/slot.js";
import type { Parameter } from "../parameter.js";
import { Generator } from "../random.js";
import type { Room } from "./room.js";
import type { Kept, TrainedState } from "./trainer.js";

/** A parameter that the run trains, and where it lies in what the run keeps contiguous. */
interface Trained {
  readonly parameter: Parameter;
  readonly slot: Slot;
  readonly offset: number;
  readonly group: ParamGroup;
  /** Taken before the run. */
  readonly steps: number;
}

/** The parameters of one group: what one call of the kernel steps. */
interface Span {
  readonly group: ParamGroup;
  readonly data: Block;
  readonly grad: Block;
  readonly prev: Block;
  readonly stepSize: Block;
}

/** A state that is remembered. */
interface Remembered {
  readonly state: Float32Array;
  readonly steps: number;
  readonly continues: boolean;
  readonly loss: number;
}

/** Elements of a cache line: arrays that begin at one are read fastest. */
const LINE = 16;

/**
 * The parameters of a model and the state of its optimizer in a run's memory: parameters, previous gradients, step sizes
 * and gradients of all that is trained are contiguous, so that each is copied, scaled and stepped by one call.
 */
export class Weights implements TrainedState {
  readonly sign: 1 | -1;
  readonly optimizer: Rprop;
  readonly #model: Module;
  readonly #room: Room;
  readonly #trained: readonly Trained[];
  readonly #spans: readonly Span[];
  readonly #memories = new Map<Layer, StageMemory>();
  /** Elements of one of the three parts of a state. */
  readonly #part: number;
  readonly #size: number;
  /** Parameters, previous gradients, step sizes. */
  readonly #state: Block;
  readonly #before: Block;
  readonly #grad: Block;
  readonly #totals: Totals;
  readonly #kept: Partial<Record<Kept, Remembered>> = {};
  #steps = 0;
  /** Whether this start goes on from the optimizer's earlier steps. */
  #continues = true;
  /** At the last step; NaN where there is none. */
  #loss = Number.NaN;
  #lossBefore = Number.NaN;

  /** @throws RangeError for an optimizer of other parameters; what Slot.check throws */
  constructor(model: Module, optimizer: Rprop, room: Room) {
    this.#model = model;
    this.optimizer = optimizer;
    this.#room = room;
    this.#loss = optimizer.loss ?? Number.NaN;
    const groups = optimizer.paramGroups;
    this.sign = groups.every(({ maximize }) => maximize) ? -1 : 1;
    let size = 0;
    const trained = groups.map((group) =>
      group.slots.map((slot, i): Trained => {
        const parameter = group.params[i] as Parameter;
        const offset = size;
        size += slot.data.length;
        return { parameter, slot, offset, group, steps: slot.steps };
      }),
    );
    this.#trained = trained.flat();
    const own = model.parameters();
    for (const { parameter, slot } of this.#trained) {
      slot.check();
      if (own.includes(parameter)) continue;
      throw wrongValue(
        "optimizer",
        "parameters of the model alone",
        new Phrase(`${slot.name}, which is none`),
      );
    }
    for (const group of groups) group.checkBounds(group.bounds);

    this.#size = size;
    this.#part = Math.ceil(size / LINE) * LINE;
    this.#state = room.floats(3 * this.#part);
    this.#before = room.floats(3 * this.#part);
    this.#grad = room.floats(size);
    this.#totals = room.totals(size);
    this.#spans = groups.flatMap((group, g) => {
      const [first, ...rest] = trained[g] as Trained[];
      if (first === undefined) return [];
      const { offset } = first;
      const length = [first, ...rest].reduce((sum, { slot }) => sum + slot.data.length, 0);
      const part = (i: number) => this.#state.window(i * this.#part + offset, length);
      return [
        { group, data: part(0), grad: this.#grad.window(offset, length), prev: part(1), stepSize: part(2) },
      ];
    });
    for (const entry of this.#trained) {
      const [data, prev, stepSize] = this.#partsOf(entry);
      data.set(entry.parameter.block.view);
      prev.set(entry.slot.prev.view);
      stepSize.set(entry.slot.stepSize.view);
    }
    for (const layer of model.layers()) this.#memories.set(layer, this.#place(layer));
  }

  /** Where a layer's numbers are: its trained ones here, copies of the others beside. */
  memoryOf(layer: Layer): StageMemory {
    return this.#memories.get(layer) as StageMemory;
  }

  /** Whether any parameter of a layer is trained. */
  trains(layer: Layer): boolean {
    return layer.parameters().some((parameter) => this.#find(parameter) !== undefined);
  }

  #find(parameter: Parameter | undefined): Trained | undefined {
    return this.#trained.find((trained) => trained.parameter === parameter);
  }

  /** One parameter's numbers in the state. */
  #partsOf({ offset, parameter }: Trained): [data: Float32Array, prev: Float32Array, stepSize: Float32Array] {
    const { view } = this.#state;
    const part = (i: number) => view.subarray(i * this.#part + offset).subarray(0, parameter.size);
    return [part(0), part(1), part(2)];
  }

  #place(layer: Layer): StageMemory {
    const { core } = this.#room;
    const parameters = layer.parameters();
    const blocks = layer.blocks.map((block, i) => {
      const found = this.#find(parameters[i]);
      if (found !== undefined) return this.#state.window(found.offset, block.length);
      const copy = this.#room.floats(block.length);
      copy.view.set(block.view);
      return copy;
    });
    const totals = parameters.map((parameter) => {
      const found = this.#find(parameter);
      if (found !== undefined) return this.#totals.window(found.offset, parameter.size);
      return this.#room.totals(parameter.size); // summed with the others, and never used
    });
    const [ins, outs] = layer.widths ?? [0, 0];
    const panels = layer.panels.map(() => this.#room.panels(ins, outs));
    return { core, blocks, totals, panels };
  }

  /** What the sums over rows become gradients by. */
  settle(scale: number): void {
    this.#room.core.accumulate(this.#grad, this.#totals, scale, true);
  }

  step(loss: number): void {
    const { core } = this.#room;
    if (this.optimizer.nonFinite === "throw" && core.countNonFinite(this.#grad) > 0) this.#checkGradients();
    this.#before.view.set(this.#state.view);
    this.#lossBefore = this.#loss;
    const last = this.#loss;
    this.#loss = loss;
    for (const { group, data, grad, prev, stepSize } of this.#spans) {
      const worse = group.maximize ? loss < last : loss > last;
      core.rprop(data, grad, prev, stepSize, group.rule(worse));
    }
    this.#steps++;
  }

  /** Names the first parameter whose gradient is not finite. */
  #checkGradients(): void {
    for (const { slot, offset } of this.#trained) {
      const { length } = slot.data;
      const count = this.#room.core.countNonFinite(this.#grad.window(offset, length));
      if (count > 0) throw nonFiniteGradient(slot.name, count, length);
    }
  }

  undo(): void {
    this.#state.view.set(this.#before.view);
    this.#loss = this.#lossBefore;
    this.#steps--;
  }

  unchanged(): boolean {
    const [now, before] = [this.#state.view, this.#before.view];
    const stepSizes = 2 * this.#part;
    for (let i = 0; i < this.#size; i++) {
      if (now[i] !== before[i]) return false;
      if ((now[stepSizes + i] as number) > (before[stepSizes + i] as number)) return false;
    }
    return true;
  }

  keep(as: Kept): void {
    // In JavaScript memory: the core's would grow in the middle of the run.
    const state = this.#kept[as]?.state ?? newArray(Float32Array, 3 * this.#part);
    state.set(this.#state.view);
    this.#kept[as] = { state, steps: this.#steps, continues: this.#continues, loss: this.#loss };
  }

  recall(as: Kept): void {
    const kept = this.#kept[as];
    if (kept === undefined) return;
    this.#state.view.set(kept.state);
    this.#steps = kept.steps;
    this.#continues = kept.continues;
    this.#loss = kept.loss;
  }

  restart(seed: number): void {
    const generator = new Generator(seed);
    for (const layer of this.#model.layers()) {
      const parameters = layer.parameters();
      const isTrained = (_: Block, i: number) => this.#find(parameters[i]) !== undefined;
      layer.initialize(this.memoryOf(layer).blocks.filter(isTrained), generator);
    }
    for (const trained of this.#trained) {
      const { lower, upper } = trained.group.rule(false);
      const [data, prev, stepSize] = this.#partsOf(trained);
      data.forEach((value, i) => {
        data[i] = Math.min(Math.max(value, lower), upper);
      });
      prev.fill(0);
      stepSize.fill(trained.group.lr);
    }
    this.#steps = 0;
    this.#continues = false;
    this.#loss = Number.NaN;
  }

  publish(): void {
    for (const trained of this.#trained) {
      const { parameter, slot, steps } = trained;
      const [data, prev, stepSize] = this.#partsOf(trained);
      parameter.block.view.set(data);
      parameter.steps++;
      slot.restore((this.#continues ? steps : 0) + this.#steps, prev, stepSize);
    }
    this.optimizer.loss = Number.isNaN(this.#loss) ? undefined : this.#loss;
  }
}
