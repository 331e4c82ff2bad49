/** The command line of every peer written in JavaScript: modes and file as ../peers.ts describes them. */
import { readFileSync } from "node:fs";

const WARM_UP_MS = 300;
const BATCH_MS = 200;
const BATCHES = 3;
const MOST_MS = 2000;
const CHECKED_EPOCHS = 21;
const LIMIT_MS = 20_000;

function readProblem(file, rows, widths) {
  const bytes = readFileSync(file);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let at = 0;
  const take = (count) => {
    at += count;
    return values.slice(at - count, at);
  };
  const x = take(rows * widths[0]);
  const y = take(rows * widths.at(-1));
  const layers = widths.slice(1).map((outputs, i) => {
    const inputs = widths[i];
    return { inputs, outputs, weight: take(outputs * inputs), bias: take(outputs) };
  });
  return { rows, inputs: widths[0], outputs: widths.at(-1), x, y, layers };
}

/** The loss before the first epoch, and the microseconds of one: the median of batches, after a warm-up. */
function measure(trainer) {
  let epochs = 1;
  let took = 0;
  let loss;
  const timed = () => {
    const start = performance.now();
    const before = trainer.train(epochs);
    took = performance.now() - start;
    loss ??= before;
    return took;
  };
  for (let spent = timed(); spent < WARM_UP_MS; spent += timed()) {
    if (took < WARM_UP_MS / 4) epochs *= 2;
  }
  epochs = Math.max(1, Math.ceil((epochs * BATCH_MS) / took));
  const batches = [];
  for (let spent = 0; batches.length < BATCHES && spent < MOST_MS; spent += took)
    batches.push(timed() / epochs);
  return { loss, microseconds: batches.sort((a, b) => a - b)[batches.length >> 1] * 1000 };
}

/**
 * Prints what the command line asks for.
 *
 * make(problem): a trainer, which starts at the problem's weights and goes on where it stopped:
 * train(epochs): the loss before the first of these epochs;
 * reach(target, milliseconds): trains until the loss is the target or lower, or the time is over: { epochs, loss }.
 */
export async function serve(version, make) {
  const [mode, file, rows, widths, target] = process.argv.slice(-5);
  const problem = readProblem(file, Number(rows), widths.split(",").map(Number));
  const trainer = await make(problem);
  const report = { version };
  if (mode === "losses") {
    report.losses = Array.from({ length: CHECKED_EPOCHS }, () => trainer.train(1));
  } else if (mode === "epoch") {
    Object.assign(report, measure(trainer), { setup: trainer.setup });
  } else {
    const warm = performance.now() + WARM_UP_MS;
    while (performance.now() < warm) (await make(problem)).reach(Number(target), WARM_UP_MS);
    const start = performance.now();
    Object.assign(report, trainer.reach(Number(target), LIMIT_MS));
    report.milliseconds = performance.now() - start;
  }
  console.log(JSON.stringify(report));
}

/** reach() for a trainer whose loop is here: epoch() makes a step and gives the loss before it. */
export function reachBy(epoch, target, milliseconds) {
  const end = performance.now() + milliseconds;
  for (let epochs = 0; ; epochs++) {
    const loss = epoch();
    if (loss <= target || performance.now() >= end) return { epochs, loss };
  }
}
