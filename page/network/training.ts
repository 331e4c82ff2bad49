import {
  ACTIVATIONS,
  BCEWithLogitsLoss,
  type EpochRecord,
  epochs,
  type FitResult,
  fingerprint,
  Generator,
  Linear,
  type Module,
  Rprop,
  Sequential,
  type StopReason,
} from "rprop";
import { accuracyOn, decadesOf, mapLogits } from "./inspection.js";
import type { Beginning, NetworkShape, Snapshot, Steering } from "./messages.js";

/** The engine keeps the losses of a whole run: long ones are made of several, each going on exactly where the last ended. */
const EPOCHS = 100_000;

export function modelOf({ hiddenLayers, width, activation, seed }: NetworkShape): Module {
  const generator = new Generator(seed);
  const layers: Module[] = [];
  let inputs = 2;
  for (let i = 0; i < hiddenLayers; i++) {
    layers.push(new Linear(inputs, width, { generator }), new ACTIVATIONS[activation]());
    inputs = width;
  }
  return new Sequential(...layers, new Linear(inputs, 1, { generator }));
}

/** The run of one network: trained for as long as is asked for, and looked at between epochs. */
export class Training {
  readonly #beginning: Beginning;
  readonly #model: Module;
  readonly #optimizer: Rprop;
  #engine: IterableIterator<EpochRecord, FitResult> | null = null;
  #completed = 0;
  /** Epochs before the engine's. */
  #before = 0;
  #stopReason: StopReason | null = null;
  #targetLoss: number | null;
  // Of the epochs since the last look.
  #losses: number[] = [];
  #validationLosses: number[] = [];

  /** @throws what the library refuses, in its words */
  constructor(beginning: Beginning) {
    this.#beginning = beginning;
    this.#model = modelOf(beginning.architecture);
    this.#optimizer = new Rprop(this.#model.parameters(), {
      lr: beginning.lr,
      ...optionsOf(beginning.steering),
    });
    this.#targetLoss = beginning.steering.targetLoss;
  }

  /** Epochs. */
  get completed(): number {
    return this.#completed;
  }

  /** Why the run is over, while it is. */
  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** Changes options from the next epoch on. @throws RangeError for those that are out of range */
  steer(steering: Steering): void {
    for (const group of this.#optimizer.paramGroups) Object.assign(group, optionsOf(steering));
    if (steering.targetLoss === this.#targetLoss) return;
    this.#targetLoss = steering.targetLoss;
    this.#engine?.return?.();
    this.#engine = null;
  }

  /** Trains until the clock says so, an epoch at least, or for so many epochs, or until the run is over. */
  work(milliseconds: number, most = Infinity): void {
    const end = performance.now() + milliseconds;
    const last = this.#completed + most;
    do this.step();
    while (this.#stopReason === null && this.#completed < last && performance.now() < end);
  }

  /** One epoch; none where the run is over. */
  step(): void {
    this.#engine ??= this.#open();
    const { done, value } = this.#engine.next();
    if (!done) {
      this.#completed++;
      this.#losses.push(value.loss);
      if (value.validationLoss !== undefined) this.#validationLosses.push(value.validationLoss);
      this.#stopReason = null;
      return;
    }
    this.#engine = null;
    this.#completed = this.#before + value.completed; // one less where the last step was taken back
    if (value.stopReason === "limit") this.step();
    else this.#stopReason = value.stopReason;
  }

  #open(): IterableIterator<EpochRecord, FitResult> {
    this.#before = this.#completed;
    const { training, validation } = this.#beginning;
    return epochs(this.#model, training.at, training.classes, {
      loss: new BCEWithLogitsLoss(),
      optimizer: this.#optimizer,
      epochs: EPOCHS,
      keepBest: false,
      ...(this.#targetLoss !== null && { targetLoss: this.#targetLoss }),
      ...(validation && { validation: { x: validation.at, y: validation.classes } }),
    });
  }

  /** What has come of it since the last look. */
  look(): Seen {
    const { training, validation } = this.#beginning;
    const seen = {
      completed: this.#completed,
      losses: Float64Array.from(this.#losses),
      validationLosses: validation && Float64Array.from(this.#validationLosses),
      logits: mapLogits(this.#model),
      accuracy: accuracyOn(this.#model, training),
      validationAccuracy: validation && accuracyOn(this.#model, validation),
      decades: decadesOf(this.#model, this.#optimizer),
      stopReason: this.#stopReason,
    };
    this.#losses.length = this.#validationLosses.length = 0;
    return seen;
  }

  get fingerprint(): string {
    return fingerprint(this.#model);
  }

  /** Frees everything, at once: a person who draws points begins many runs a second. */
  dispose(): void {
    this.#engine?.return?.();
    this.#optimizer.dispose();
    this.#model.dispose();
  }
}

/** Those of the optimizer. */
function optionsOf({ variant, etas, stepSizes, weightDecay }: Steering) {
  return { variant, etas, stepSizes, weightDecay };
}

/** What a snapshot has of the training itself. */
type Seen = Omit<Snapshot, "running" | "epochsPerSecond" | "fingerprint">;
