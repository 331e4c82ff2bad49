/** Runs that a file carries from one environment to another; files.json has what record_files.ts made of them. */
import {
  fitSync,
  Linear,
  type Module,
  manualSeed,
  Normalization,
  Rprop,
  type RpropVariant,
  randn,
  Sequential,
  Tanh,
} from "../../src/index.js";

export const VARIANTS: readonly RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

export interface FileRun {
  readonly variant: RpropVariant;
  /** What encode gives after BEFORE epochs, in base64. */
  readonly file: string;
  /** The model's fingerprint after AFTER more. */
  readonly end: string;
}

const [BEFORE, AFTER] = [12, 30];

/** The data of every run, and its model and optimizer after BEFORE epochs. */
export function begin(variant: RpropVariant) {
  manualSeed(7);
  const [x, y] = [randn(300, 3), randn(300, 2)];
  const model = new Sequential(new Normalization(x), new Linear(3, 4), new Tanh(), new Linear(4, 2));
  const optimizer = new Rprop(model.parameters(), { variant, weightDecay: 0.01, bounds: [-2, 2] });
  fitSync(model, x, y, { optimizer, epochs: BEFORE });
  return { x, y, model, optimizer };
}

export function goOn(model: Module, optimizer: Rprop, { x, y }: ReturnType<typeof begin>): void {
  fitSync(model, x, y, { optimizer, epochs: AFTER });
}
