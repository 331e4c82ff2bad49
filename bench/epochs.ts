/** Times an epoch of a whole run on both cores, and of the loop written by hand, and prints JSON. */
import * as wasm from "rprop";
import * as js from "rprop/js";
import { CASES, type Case, flopsOf } from "./cases.js";
import { nanoseconds } from "./measure.js";

type Library = typeof wasm;

function workOf({ Linear, Sequential, Tanh, Generator }: Library, { rows, widths }: Case) {
  const generator = new Generator(0);
  const linears = widths.slice(1).map((outputs, i) => new Linear(widths[i]!, outputs, { generator }));
  const layers = linears.flatMap((linear, i) => (i === 0 ? [linear] : [new Tanh(), linear]));
  const x = generator.randn(rows, widths[0]!);
  const y = generator.randn(rows, widths.at(-1)!);
  return { model: new Sequential(...layers), x, y };
}

/** Nanoseconds of an epoch inside a run, as many at a time as take a good while beside what asks for them. */
function wholeRun(library: Library, work: Case): number {
  const { model, x, y } = workOf(library, work);
  const every = Math.max(1, Math.round(1e6 / flopsOf(work)));
  const run = library.epochs(model, x, y, { epochs: 2 ** 40, every });
  const time = nanoseconds(() => run.next()) / every;
  run.return?.();
  return time;
}

/** zeroGrad, forward, loss, backward, step; x and y are copied every time. */
function byHand(library: Library, work: Case): number {
  const { model, x, y } = workOf(library, work);
  const criterion = new library.MSELoss();
  const optimizer = new library.Rprop(model.parameters());
  return nanoseconds(() => {
    optimizer.zeroGrad();
    criterion.forward(model.forward(x), y).backward();
    optimizer.step();
  });
}

function fingerprintAfter(library: Library, work: Case): string {
  const { model, x, y } = workOf(library, work);
  library.fitSync(model, x, y, { epochs: 3 });
  return library.fingerprint(model);
}

const results = CASES.map((work) => {
  if (fingerprintAfter(wasm, work) !== fingerprintAfter(js as Library, work)) {
    throw new Error(`${work.name}: the cores differ`);
  }
  const run = wholeRun(wasm, work);
  const hand = byHand(wasm, work);
  return { ...work, flops: flopsOf(work), wasm: run, hand, js: wholeRun(js as Library, work) };
});
console.log(JSON.stringify({ results }));
