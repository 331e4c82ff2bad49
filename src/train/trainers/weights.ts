import { newArray } from "../../array.js";
import type { Block, Core, Totals } from "../../core/contract/core.js";
import { nonFiniteGradient } from "../../errors.js";
import type { Module } from "../../nn/module.js";
import type { Rprop } from "../../optim/rprop.js";
import { Generator } from "../../random/generator.js";
import type { Arena } from "./arena.js";
import { Layout, type Span } from "./layout.js";
import type { SnapshotName, TrainedState } from "./trainer.js";

/** A copy of the state. */
interface Snapshot {
  readonly state: Float32Array;
  readonly steps: number;
  readonly continues: boolean;
  readonly loss: number;
}

/** The parameters of a model and the state of its optimizer in a run's memory, which are stepped, copied and restored. */
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
  readonly #snapshots: Partial<Record<SnapshotName, Snapshot>> = {};
  #steps = 0;
  /** Whether this start goes on from the optimizer's earlier steps. */
  #continues = true;
  /** At the last step; NaN where there is none. */
  #loss: number;
  #lossBefore = Number.NaN;

  /** @throws what Layout throws */
  constructor(model: Module, optimizer: Rprop, arena: Arena) {
    this.layout = new Layout(model, optimizer, arena);
    this.optimizer = optimizer;
    this.sign = optimizer.paramGroups.every(({ maximize }) => maximize) ? -1 : 1;
    this.#model = model;
    this.#core = arena.core;
    this.#loss = optimizer.loss ?? Number.NaN;
    ({ spans: this.#spans, state: this.#state, grad: this.#grad, totals: this.#totals } = this.layout);
    this.#before = arena.floats(this.#state.length);
    for (const trained of this.layout.trained) {
      const [data, prev, stepSize] = this.layout.partsOf(trained);
      data.set(trained.parameter.block.view);
      prev.set(trained.slot.prev.view);
      stepSize.set(trained.slot.stepSize.view);
    }
  }

  /** Multiplies the totals by `scale` and adds them to the gradients. */
  scaleGradients(scale: number): void {
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

  takeSnapshot(as: SnapshotName): void {
    // In JavaScript memory: the core's would grow in the middle of the run.
    const state = this.#snapshots[as]?.state ?? newArray(Float32Array, this.#state.length);
    state.set(this.#state.view);
    this.#snapshots[as] = { state, steps: this.#steps, continues: this.#continues, loss: this.#loss };
  }

  restoreSnapshot(as: SnapshotName): void {
    const snapshot = this.#snapshots[as];
    if (snapshot === undefined) return;
    this.#state.view.set(snapshot.state);
    this.#steps = snapshot.steps;
    this.#continues = snapshot.continues;
    this.#loss = snapshot.loss;
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
      parameter.version++;
      slot.restore((this.#continues ? steps : 0) + this.#steps, prev, stepSize);
    }
    this.optimizer.loss = Number.isNaN(this.#loss) ? undefined : this.#loss;
  }
}
