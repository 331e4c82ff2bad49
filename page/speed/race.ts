import { type Case, shapeOf } from "../../workloads/cases.js";
import { type Library, workOf } from "../../workloads/work.js";
import type { Race, Runner } from "./report.js";
import type { RoundTask } from "./rounds.js";

/** What Rprop gains in so many epochs is what all of them have to gain, but for a hundredth. */
const EPOCHS = 100;
const REST = 0.01;
/** Of gradient descent, at each of these learning rates. */
const MAX_EPOCHS = 5000;
const RATES = [1, 0.1, 0.01];

/** How many epochs Rprop and gradient descent need from the same weights to the same loss. The same on every machine. */
export function race(library: Library, work: Case): Race {
  const full = descend(library, work, 0, EPOCHS);
  const loss = full.last + REST * (full.first - full.last);
  const runners = [undefined, ...RATES].map((rate): Runner => {
    const { epochs, last } = descend(library, work, loss, MAX_EPOCHS, rate);
    const outcome = last <= loss ? "reached" : epochs < MAX_EPOCHS ? "diverged" : "not reached";
    return { rate, epochs, outcome };
  });
  return { model: shapeOf(work), loss, runners, times: [NaN, NaN] };
}

/** One epoch of the loop by hand: with Rprop, and with gradient descent. */
export function loops(library: Library, work: Case): [RoundTask, RoundTask] {
  return [undefined, Math.min(...RATES)].map((rate): RoundTask => {
    const { epoch } = loop(library, work, rate);
    return (times) => {
      for (let i = 0; i < times; i++) epoch();
    };
  }) as [RoundTask, RoundTask];
}

/** Until a loss, or so many epochs; ends too where the loss is no number, or ten times the first. */
function descend(library: Library, work: Case, target: number, most: number, rate?: number) {
  const { lossNow, step } = loop(library, work, rate);
  const first = lossNow();
  let epochs = 0;
  let last = first;
  while (last > target && epochs < most && last < 10 * first) {
    step();
    epochs++;
    last = lossNow();
  }
  return { epochs, first, last };
}

/** The loop of the README, in two halves. rate: of gradient descent; Rprop has none. */
function loop(library: Library, work: Case, rate?: number) {
  const { model, x, y } = workOf(library, work);
  const parameters = model.parameters();
  const criterion = new library.MSELoss();
  const optimizer = new library.Rprop(parameters);
  const forward = () => criterion.forward(model.forward(x), y);
  let loss = forward();
  const lossNow = () => {
    loss = forward();
    return loss.item();
  };
  const step = () => {
    optimizer.zeroGrad();
    loss.backward();
    if (rate === undefined) optimizer.step();
    else for (const { data, grad } of parameters) subtract(data, grad.data, rate);
  };
  const epoch = () => {
    lossNow();
    step();
  };
  return { lossNow, step, epoch };
}

function subtract(weights: Float32Array, gradient: Float32Array, rate: number): void {
  for (let i = 0; i < weights.length; i++) weights[i]! -= rate * gradient[i]!;
}
