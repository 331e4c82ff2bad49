// The script of the README's first screen on both cores, and how long an epoch of it takes on each.
import * as wasm from "rprop";
import * as js from "rprop/js";

const EPOCHS = 10_000;
const RUNS = 20;

for (const library of [wasm, js]) {
  const { core, fitSync, Linear, MSELoss, manualSeed, Rprop, randn } = library;
  manualSeed(0);
  const x = randn(10, 3);
  const y = randn(10, 2);
  const linear = new Linear(3, 2);
  const criterion = new MSELoss();
  const optimizer = new Rprop(linear.parameters(), { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50] });
  const loss = criterion.forward(linear.forward(x), y).item();

  // Engines compile hot code better after a while: the fastest run says what an epoch takes from then on.
  const times = Array.from({ length: RUNS }, () => {
    const { milliseconds, completed } = fitSync(linear, x, y, { optimizer, epochs: EPOCHS });
    return (1e6 * milliseconds) / completed;
  });
  const time = Math.round(Math.min(...times)).toLocaleString("en");
  console.log(`${core().padEnd(4)}  loss: ${loss}, an epoch of training takes ${time} ns`);
}
