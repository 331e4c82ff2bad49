import { newArray } from "../../array.js";
import type { Block, Core, Totals } from "../../core/contract/core.js";
import { nonFiniteGradient } from "../../errors.js";
import type { Module } from "../../nn/module.js";
import type { Rprop } from "../../optim/rprop.js";
import { Generator } from "../../random/generator.js";
import { Layout, type Span } from "./layout.js";
import type { Room } from "./room.js";
import type { Kept, TrainedState } from "./trainer.js";

/** A state that is remembered. */
interface Remembered {
  readonly state: Float32Array;
  readonly steps: number;
  readonly continues: boolean;
  readonly loss: number;
}

/** The parameters of a model and the state of its optimizer in a run's memory, as they are stepped and remembered. */
export class Weights implements TrainedState {
  readonly sign: 1 | -1;
  readonly optimizer: Rprop;
  readonly layout: Layout;
  readonly #model: Module;
  readonly #core: Core;
  // The layout's, at hand for every epoch.
  readonly #spans: readonly Span[];
  readonly #state: Block;
  readonly #grad: Block;
  readonly #totals: Totals;
  readonly #before: Block;
  readonly #kept: Partial<Record<Kept, Remembered>> = {};
  #steps = 0;
  /** Whether this start goes on from the optimizer's earlier steps. */
  #continues = true;
  /** At the last step; NaN where there is none. */
  #loss: number;
  #lossBefore = Number.NaN;

  /** @throws what Layout throws */
  constructor(model: Module, optimizer: Rprop, room: Room) {
    this.layout = new Layout(model, optimizer, room);
    this.optimizer = optimizer;
    this.sign = optimizer.paramGroups.every(({ maximize }) => maximize) ? -1 : 1;
    this.#model = model;
    this.#core = room.core;
    this.#loss = optimizer.loss ?? Number.NaN;
    ({ spans: this.#spans, state: this.#state, grad: this.#grad, totals: this.#totals } = this.layout);
    this.#before = room.floats(this.#state.length);
    for (const trained of this.layout.trained) {
      const [data, prev, stepSize] = this.layout.partsOf(trained);
      data.set(trained.parameter.block.view);
      prev.set(trained.slot.prev.view);
      stepSize.set(trained.slot.stepSize.view);
    }
  }

  /** What the sums over rows become gradients by. */
  settle(scale: number): void {
    this.#core.accumulate(this.#grad, this.#totals, scale, true);
  }

  step(loss: number): void {
    const core = this.#core;
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
    for (const { slot, offset } of this.layout.trained) {
      const { length } = slot.data;
      const count = this.#core.countNonFinite(this.#grad.window(offset, length));
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
    const { size, part } = this.layout;
    const stepSizes = 2 * part;
    for (let i = 0; i < size; i++) {
      if (now[i] !== before[i]) return false;
      if ((now[stepSizes + i] as number) > (before[stepSizes + i] as number)) return false;
    }
    return true;
  }

  keep(as: Kept): void {
    // In JavaScript memory: the core's would grow in the middle of the run.
    const state = this.#kept[as]?.state ?? newArray(Float32Array, this.#state.length);
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
    for (const layer of this.#model.layers()) layer.initialize(this.layout.trainedBlocks(layer), generator);
    for (const trained of this.layout.trained) {
      const { lower, upper } = trained.group.rule(false);
      const [data, prev, stepSize] = this.layout.partsOf(trained);
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
    for (const trained of this.layout.trained) {
      const { parameter, slot, steps } = trained;
      const [data, prev, stepSize] = this.layout.partsOf(trained);
      parameter.block.view.set(data);
      parameter.steps++;
      slot.restore((this.#continues ? steps : 0) + this.#steps, prev, stepSize);
    }
    this.optimizer.loss = Number.isNaN(this.#loss) ? undefined : this.#loss;
  }
}
