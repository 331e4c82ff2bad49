/** Times an epoch of a whole run on both cores, and of the loop written by hand, and prints JSON. */
import * as wasm from "rprop";
import * as js from "rprop/js";
import { CASES, type Case, flopsOf } from "../workloads/cases.js";
import { endlessRun, type Library, workOf } from "../workloads/work.js";
import { nanoseconds } from "./measure.js";

/** Nanoseconds of an epoch inside a run. */
function wholeRun(library: Library, work: Case): number {
  const { every, run, end } = endlessRun(library, work);
  const time = nanoseconds(() => run(1)) / every;
  end();
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
