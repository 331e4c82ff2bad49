/** Measures from its first moment, and posts a Progress after every step of it. */
import * as wasm from "rprop";
import * as js from "rprop/js";
import { CASES, type Case, shapeOf } from "../../workloads/cases.js";
import { endlessRun, type Library } from "../../workloads/work.js";
import { loops, race } from "./race.js";
import type { SpeedProgress, SpeedReport } from "./report.js";
import { measure, type RoundTask } from "./rounds.js";

/** The README's model, a small network and a wide one. */
const MEASURED = named("seed", "mlp small", "mlp wide");
/** Where gradient descent does not take long. */
const RACED = named("seed", "mlp small");
const ROUNDS = 5;

const report: SpeedReport = { epochs: [], races: [] };
// Where WebAssembly is missing, both run on the JavaScript core.
const libraries = wasm.core() === "wasm" ? [wasm, js as Library] : [js as Library];

let step = 0;
for (const work of MEASURED) {
  const place = report.epochs.length;
  const runs = libraries.map((library) => endlessRun(library, work));
  measureAndTell(
    runs.map(({ run }) => run),
    (medians) => {
      const times = medians.map((time, i) => ({ core: libraries[i]!.core(), time: time / runs[i]!.every }));
      report.epochs[place] = { model: shapeOf(work), times };
    },
  );
  for (const { end } of runs) end();
}
for (const work of RACED) {
  const place = report.races.length;
  const result = race(wasm, work);
  measureAndTell(loops(wasm, work), ([rprop, gradientDescent]) => {
    report.races[place] = { ...result, times: [rprop!, gradientDescent!] };
  });
}

/** A step of the whole. */
function measureAndTell(tasks: readonly RoundTask[], keep: (medians: number[]) => void): void {
  measure(tasks, ROUNDS, (share, medians) => {
    keep(medians);
    const progress: SpeedProgress = { share: (step + share) / (MEASURED.length + RACED.length), report };
    postMessage(progress);
  });
  step++;
}

function named(...names: string[]): Case[] {
  return CASES.filter(({ name }) => names.includes(name));
}
