/** Times an epoch of a run over more and more rows, and prints JSON: nanoseconds of an epoch. */
import { epochs, Generator, Linear, type Module, Moments, Sequential, Tanh } from "rprop";
import { nanoseconds } from "./measure.js";

const ROWS = [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
const INPUTS = 32;

function network(): Module {
  return new Sequential(
    new Linear(INPUTS, 64),
    new Tanh(),
    new Linear(64, 64),
    new Tanh(),
    new Linear(64, 1),
  );
}

/** Of one epoch. */
function timed(run: IterableIterator<unknown>, every: number): number {
  const time = nanoseconds(() => run.next()) / every;
  run.return?.();
  return time;
}

const results = ROWS.map((rows) => {
  const generator = new Generator(rows);
  const [x, y] = [generator.randn(rows, INPUTS), generator.randn(rows, 1)];
  const every = Math.max(1, Math.round(10_000 / rows));
  const options = { epochs: 2 ** 40, every };
  const moments = Moments.from(x, y);
  return {
    rows,
    mlp: timed(epochs(network(), x, y, options), every),
    linear: timed(epochs(new Linear(INPUTS, 1), x, y, options), every),
    moments: timed(epochs(new Linear(INPUTS, 1), moments, { ...options, every: 1000 }), 1000),
  };
});
console.log(JSON.stringify({ results }));
