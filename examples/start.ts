// npm start: the quickstart and Longley's data, and what an epoch of their shapes costs on either core.
import * as wasm from "rprop";
import * as js from "rprop/js";

console.log(`quickstart (core: ${wasm.core()})`);
await import("./quickstart.js");
console.log();
await import("./longley.js");

/** Microseconds for zeroGrad, forward, loss, backward and step, written by hand: the median of several batches. */
function microsecondsPerEpoch(
  { Linear, MSELoss, Rprop, randn }: typeof wasm,
  rows: number,
  inputs: number,
  outputs: number,
) {
  const x = randn(rows, inputs);
  const y = randn(rows, outputs);
  const linear = new Linear(inputs, outputs);
  const criterion = new MSELoss();
  const optimizer = new Rprop(linear.parameters());
  const epochs = 20_000;
  const batches = Array.from({ length: 7 }, () => {
    const start = performance.now();
    for (let epoch = 0; epoch < epochs; epoch++) {
      optimizer.zeroGrad();
      criterion.forward(linear.forward(x), y).backward();
      optimizer.step();
    }
    return ((performance.now() - start) / epochs) * 1000;
  });
  return batches.sort((a, b) => a - b)[3]!.toFixed(2);
}

console.log("\nmicroseconds for an epoch   10 rows, 3 → 2   16 rows, 6 → 1");
for (const library of [wasm, js]) {
  const times = [microsecondsPerEpoch(library, 10, 3, 2), microsecondsPerEpoch(library, 16, 6, 1)];
  console.log(`core ${library.core().padEnd(22)} ${times[0]!.padEnd(16)} ${times[1]}`);
}
