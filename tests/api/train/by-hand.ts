import { type Module, Rprop, type RpropOptions, type Values } from "../../../src/index.js";
import type { Criterion } from "../../../src/nn/losses/criterion.js";

/** What a run trains. */
export interface Job {
  readonly model: Module;
  readonly x: Values;
  readonly y: Values;
  readonly loss: Criterion;
  readonly optimizer: Rprop;
}

export function job(model: Module, x: Values, y: Values, loss: Criterion, options: RpropOptions = {}): Job {
  return { model, x, y, loss, optimizer: new Rprop(model.parameters(), options) };
}

/** The loop that runs have to equal: losses before every step, and after the last. */
export function byHand({ model, x, y, loss, optimizer }: Job, epochs: number): number[] {
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    optimizer.zeroGrad();
    const value = loss.forward(model.forward(x), y);
    value.backward();
    optimizer.step(value);
    losses.push(value.item());
  }
  return [...losses, loss.forward(model.forward(x), y).item()];
}

/** Every bit that a run leaves behind in a model and its optimizer, gradients aside. */
export function bits({ model, optimizer }: Pick<Job, "model" | "optimizer">) {
  const weights = Object.entries(model.stateDict()).map(([name, values]) => [name, values.toArray()]);
  const states = optimizer.paramGroups.flatMap(({ params }) => params.map((p) => optimizer.state(p)));
  return { weights, states, loss: optimizer.stateDict().loss };
}
