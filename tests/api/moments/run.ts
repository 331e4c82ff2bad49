import {
  Generator,
  Linear,
  Moments,
  MSELoss,
  Normalization,
  Rprop,
  type RpropOptions,
  Sequential,
} from "../../../src/index.js";
import { type MomentsTrainer, momentsTrainer } from "../../../src/train/trainers/moments-trainer.js";

const random = (rows: number, columns: number, seed: number) =>
  new Generator(seed).randn(rows, columns).toRows();
export const x = random(40, 3, 1).map(([a, b, c]) => [a!, 3 * b! + 7, c! / 8]);
export const y = random(40, 2, 2);
export const moments = Moments.from(x, y);

/** A model, its optimizer, and a trainer of them; the same every time. */
export function made(options: RpropOptions = {}) {
  const linear = new Linear(3, 2, { generator: new Generator(3) });
  const model = new Sequential(
    new Normalization(moments),
    linear,
    new Normalization(moments, { invert: true }),
  );
  const optimizer = new Rprop(model.parameters(), { lr: 0.1, ...options });
  const trainer = () => momentsTrainer(model, moments, new MSELoss(), optimizer, null);
  return { linear, model, optimizer, trainer };
}

export function run(trainer: MomentsTrainer, epochs: number): MomentsTrainer {
  for (let epoch = 0; epoch < epochs; epoch++) trainer.state.step(trainer.measure());
  return trainer;
}
