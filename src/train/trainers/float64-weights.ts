import { nonFiniteGradient, Verbatim, wrongValue } from "../../errors.js";
import type { Linear } from "../../nn/linear.js";
import type { Rprop } from "../../optim/rprop.js";
import type { Parameter } from "../../parameter.js";
import { Generator } from "../../random/generator.js";
import { type RpropNumbers, RpropPart } from "./rprop-part.js";
import type { SnapshotName, TrainedState } from "./trainer.js";

/** All that a step changes. */
interface State extends RpropNumbers {
  /** Steps taken in this start. */
  taken: number;
  /** Whether it goes on from the optimizer's earlier steps. */
  continues: boolean;
  /** At the last step, of this run or an earlier one; NaN where there is none. */
  loss: number;
}

/** What optimizers were left with before it was rounded to float32. */
const unrounded = new WeakMap<Rprop, State>();

/**
 * An optimizer's steps in float64: parameters, gradients' signs and step sizes are carried here, by options that are not
 * rounded, and are rounded to float32 when model and optimizer get them back. A run that finds both as the last one
 * left them goes on from the numbers that were rounded then, so that two runs are one in two parts.
 */
export class Float64Weights implements TrainedState {
  readonly sign: 1 | -1;
  /** Of all parameters, one after the other: what a step follows. */
  readonly gradient: Float64Array;
  readonly optimizer: Rprop;
  readonly #linear: Linear;
  readonly #parts: RpropPart[] = [];
  readonly #throws: boolean;
  readonly #now: State;
  readonly #before: State;
  readonly #snapshots: Partial<Record<SnapshotName, State>> = {};

  /**
   * @param linear has all that the optimizer moves
   * @throws RangeError for an optimizer of other parameters, or where one is out of its bounds; Error where the optimizer
   * was disposed
   */
  constructor(optimizer: Rprop, linear: Linear) {
    const params = linear.parameters();
    this.#linear = linear;
    this.sign = optimizer.paramGroups.every(({ maximize }) => maximize) ? -1 : 1;
    const { loss = Number.NaN, non_finite } = optimizer.stateDict();
    this.optimizer = optimizer;
    this.#throws = non_finite === "throw";
    const values = Float64Array.from(params.flatMap((param) => param.toArray()));
    const { length } = values;
    this.gradient = new Float64Array(length);
    this.#now = {
      values,
      prev: new Float64Array(length),
      stepSize: new Float64Array(length),
      taken: 0,
      continues: true,
      loss,
    };
    for (const group of optimizer.paramGroups) {
      group.slots.forEach((slot, i) => {
        const param = group.params[i] as Parameter;
        const place = params.indexOf(param);
        if (place < 0)
          throw wrongValue("optimizer", "parameters of the model's Linear alone", new Verbatim("others"));
        const from = params.slice(0, place).reduce((sum, { size }) => sum + size, 0);
        this.#now.prev.set(slot.prev.view, from);
        this.#now.stepSize.set(slot.stepSize.view, from);
        this.#parts.push(new RpropPart(group, param, slot, from, this.#now));
      });
      group.checkBounds(group.bounds);
    }
    this.#unround();
    this.#before = copyOf(this.#now);
  }

  /** The parameters as they are now, one after the other. */
  get values(): Float64Array {
    return this.#now.values;
  }

  /** Puts what was rounded back in the place of what it was rounded to. */
  #unround(): void {
    const now = this.#now;
    const last = unrounded.get(this.optimizer);
    if (last !== undefined && isRounded(now, last)) assign(now, { ...last, taken: 0, continues: true });
    for (const { group, param, from } of this.#parts) {
      const sizes = now.stepSize.subarray(from, from + param.size);
      sizes.forEach((size, i) => {
        if (size === Math.fround(group.lr)) sizes[i] = group.lr;
      });
    }
  }

  /** @throws RangeError under nonFinite: "throw"; nothing is changed then */
  step(loss: number): void {
    if (this.#throws) this.#checkFinite(this.gradient);
    assign(this.#before, this.#now);
    for (const part of this.#parts) part.step(this.gradient, loss, this.#before.loss);
    this.#now.taken++;
    this.#now.loss = loss;
  }

  #checkFinite(gradient: Float64Array): void {
    for (const { param, slot, from } of this.#parts) {
      const own = gradient.subarray(from, from + param.size);
      const count = own.filter((slope) => !Number.isFinite(slope)).length;
      if (count > 0) throw nonFiniteGradient(slot.name, count, own.length);
    }
  }

  undo(): void {
    assign(this.#now, this.#before);
  }

  unchanged(): boolean {
    const [now, before] = [this.#now, this.#before];
    return now.values.every(
      (value, i) =>
        value === before.values[i] && (now.stepSize[i] as number) <= (before.stepSize[i] as number),
    );
  }

  takeSnapshot(as: SnapshotName): void {
    this.#snapshots[as] = copyOf(this.#now);
  }

  restoreSnapshot(as: SnapshotName): void {
    const snapshot = this.#snapshots[as];
    if (snapshot !== undefined) assign(this.#now, snapshot);
  }

  restart(seed: number): void {
    const now = this.#now;
    const trained = this.#linear.parameters().map((param) => {
      const part = this.#parts.find((own) => own.param === param);
      return { part, view: new Float32Array(part === undefined ? 0 : param.size) };
    });
    this.#linear.initialize(trained, new Generator(seed));
    for (const { part, view } of trained) {
      if (part === undefined) continue;
      const [lower, upper] = part.group.bounds;
      now.values.set(
        view.map((value) => Math.min(Math.max(value, lower), upper)),
        part.from,
      );
      now.stepSize.fill(part.group.lr, part.from, part.from + view.length);
    }
    now.prev.fill(0);
    now.taken = 0;
    now.continues = false;
    now.loss = Number.NaN;
  }

  publish(): void {
    const now = this.#now;
    const kept = copyOf(now);
    // Everything that needs memory is made first: exhausted memory is refused before anything is published.
    const writes = this.#parts.map(({ param, slot, from, steps }) => {
      const own = (numbers: Float64Array) => numbers.subarray(from, from + param.size);
      const state = (numbers: Float64Array) => Float32Array.from(own(numbers), rounded);
      const { view } = param.block;
      const [prev, stepSize] = [state(now.prev), state(now.stepSize)];
      return () => {
        view.set(own(now.values));
        param.version++;
        slot.restore((now.continues ? steps : 0) + now.taken, prev, stepSize);
      };
    });
    for (const write of writes) write();
    this.optimizer.loss = Number.isNaN(now.loss) ? undefined : now.loss;
    unrounded.set(this.optimizer, kept);
  }
}

/** A number of which float32 keeps at least the sign. */
function rounded(value: number): number {
  return Math.fround(value) || Math.sign(value) * 2 ** -149;
}

/** Whether state is what model and optimizer get of another. */
function isRounded(state: State, of: State): boolean {
  return (
    Object.is(of.loss, state.loss) &&
    of.values.every((value, i) => Object.is(Math.fround(value), state.values[i])) &&
    of.prev.every((value, i) => Object.is(rounded(value), state.prev[i])) &&
    of.stepSize.every((value, i) => Object.is(rounded(value), state.stepSize[i]))
  );
}

function copyOf({ values, prev, stepSize, ...others }: State): State {
  return { values: values.slice(), prev: prev.slice(), stepSize: stepSize.slice(), ...others };
}

function assign(to: State, { values, prev, stepSize, taken, continues, loss }: State): void {
  to.values.set(values);
  to.prev.set(prev);
  to.stepSize.set(stepSize);
  to.taken = taken;
  to.continues = continues;
  to.loss = loss;
}
