// Checks exp, log and every activation on every float32 there is, against float64, and that both cores give the same bits;
// a few minutes for each. npm run check:elementary, or of some: npm run check:elementary -- exp Tanh

import type { Block, Core } from "../src/core/contract/core.js";
import { activations } from "../src/core/families.js";
import { JsCore } from "../src/core/js/core.js";
import { loadWasmCore } from "../src/core/wasm/load.js";
import { activations as exactActivations } from "../tests/core/activations.js";
import { ulps } from "../tests/support/ulp.js";

interface Elementary {
  run(core: Core, x: Block, y: Block, count: number): void;
  exact(x: number): number;
  /** The most that Core allows at x, in units in the last place. */
  bound(x: number): number;
}

const functions: Record<string, Elementary> = {
  exp: {
    run: (core, x, y, count) => core.family(activations).exp(x, y, count),
    exact: Math.exp,
    bound: () => 1,
  },
  log: {
    run: (core, x, y, count) => core.family(activations).log(x, y, count),
    exact: Math.log,
    bound: () => 1,
  },
};
for (const { name, kind, slope, f, bound } of exactActivations) {
  functions[name] = {
    run: (core, x, y, count) => core.family(activations).activationForward(kind, x, y, count, slope),
    exact: f,
    bound,
  };
}

const COUNT = 2 ** 16;
const wasm = loadWasmCore();
if (wasm === null) throw new Error("the wasm core does not run here");
const js = new JsCore();
const [x, y] = [wasm.allocate(COUNT), wasm.allocate(COUNT)];
const [xJs, yJs] = [js.allocate(COUNT), js.allocate(COUNT)];
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(functions);
let failed = false;

for (const name of names) {
  const { run, exact, bound } = functions[name] as Elementary;
  const start = performance.now();
  let [worst, where, over, wrong, different] = [0, 0, 0, 0, 0];
  for (let first = 0; first < 2 ** 32; first += COUNT) {
    const patterns = new Uint32Array(x.view.buffer, x.view.byteOffset, COUNT);
    for (let i = 0; i < COUNT; i++) patterns[i] = first + i;
    xJs.view.set(x.view);
    run(wasm, x, y, COUNT);
    run(js, xJs, yJs, COUNT);
    const [values, fast, plain] = [xJs.view, y.view, yJs.view];
    for (let i = 0; i < COUNT; i++) {
      const [value, result] = [values[i] as number, fast[i] as number];
      if (!Object.is(result, plain[i])) different++;
      const wanted = exact(value);
      // Where float64 has 0, −∞ · 0 or the like, the contract's limits are tested by themselves (tests/core/activation.test.ts).
      const error = Math.abs(value) === Infinity || (wanted === 0 && result === 0) ? 0 : ulps(result, wanted);
      if (error > worst) [worst, where] = [error, value];
      if (error > bound(value)) over++;
      if (Number.isNaN(error)) wrong++;
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `${name}: ${worst.toFixed(4)} ulp at ${where} (${over} above the bound), ${wrong} wrong specials, ` +
      `${different} that differ between the cores, ${seconds} s`,
  );
  failed ||= over > 0 || wrong > 0 || different > 0;
}
process.exitCode = failed ? 1 : 0;
