// npm start: the quickstart, two sets of real data, and what an epoch costs by hand and in a run, on either core.
import * as wasm from "rprop";
import * as js from "rprop/js";

console.log(`quickstart (core: ${wasm.core()})`);
await import("./quickstart.js");
console.log();
await import("./longley.js");
console.log();
await import("./iris.js");

/** Microseconds for zeroGrad, forward, loss, backward and step, written by hand. */
function byHand({ Linear, MSELoss, Rprop }: typeof wasm, x: wasm.Tensor, y: wasm.Tensor): string {
  const linear = new Linear(3, 2);
  const criterion = new MSELoss();
  const optimizer = new Rprop(linear.parameters());
  return fastest((epochs) => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      optimizer.zeroGrad();
      criterion.forward(linear.forward(x), y).backward();
      optimizer.step();
    }
  });
}

/** Microseconds for the same inside a run. */
function byFit({ epochs, Linear }: typeof wasm, x: wasm.Tensor, y: wasm.Tensor): string {
  return fastest((count) => {
    const run = epochs(new Linear(3, 2), x, y, { epochs: count, every: count });
    run.next();
    run.return!();
  });
}

/** Of several batches, in microseconds an epoch. */
function fastest(train: (epochs: number) => void): string {
  const epochs = 100_000;
  const batches = Array.from({ length: 5 }, () => {
    const start = performance.now();
    train(epochs);
    return ((performance.now() - start) / epochs) * 1000;
  });
  return Math.min(...batches).toFixed(2);
}

console.log("\nmicroseconds for an epoch of 10 rows, 3 → 2   by hand   by fit");
for (const library of [wasm, js] as (typeof wasm)[]) {
  const generator = new library.Generator(0);
  const [x, y] = [generator.randn(10, 3), generator.randn(10, 2)];
  console.log(`core ${library.core().padEnd(40)} ${byHand(library, x, y).padEnd(9)} ${byFit(library, x, y)}`);
}
