// Checks exp, log, tanh and sigmoid on every float32 there is: the error in units in the last place of the exact result
// (as float64 knows it), and that both cores give the same bits. npm run check:elementary [exp log tanh sigmoid]
import { type Block, type Core, SIGMOID, TANH } from "../src/core/core.js";
import { JsCore } from "../src/core/js/core.js";
import { loadWasmCore } from "../src/core/wasm/load.js";

interface Elementary {
  run(core: Core, x: Block, y: Block, count: number): void;
  exact(x: number): number;
  /** The most that src/core/core.ts allows, in units in the last place. */
  bound: number;
}

const functions: Record<string, Elementary> = {
  exp: { run: (core, x, y, count) => core.exp(x, y, count), exact: Math.exp, bound: 1 },
  log: { run: (core, x, y, count) => core.log(x, y, count), exact: Math.log, bound: 1 },
  tanh: {
    run: (core, x, y, count) => core.activationForward(TANH, x, y, count, 0),
    exact: Math.tanh,
    bound: 1.5,
  },
  sigmoid: {
    run: (core, x, y, count) => core.activationForward(SIGMOID, x, y, count, 0),
    exact: (x) => 1 / (1 + Math.exp(-x)),
    bound: 2.5,
  },
};

const COUNT = 2 ** 16;
/** From here on float32 rounds to infinity. */
const OVERFLOW = 2 ** 128 - 2 ** 103;
/** Units in the last place of float32, by the biased exponent of a float64. */
const ULPS = Float64Array.from({ length: 2048 }, (_, e) => 2 ** (Math.max(e - 1023, -126) - 23));
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** NaN where one is NaN and the other is not, or where zeros have different signs. */
function error(y: number, exact: number): number {
  if (Math.abs(exact) >= OVERFLOW) return y === Math.sign(exact) * Infinity ? 0 : NaN;
  if (Number.isNaN(exact)) return Number.isNaN(y) ? 0 : NaN;
  if (exact === 0) return Object.is(y, exact) ? 0 : NaN;
  double[0] = exact;
  return Math.abs(y - exact) / (ULPS[((words[1] as number) >>> 20) & 2047] as number);
}

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
  let [worst, where, wrong, different] = [0, 0, 0, 0];
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
      const ulps = error(result, exact(value));
      if (ulps > worst) [worst, where] = [ulps, value];
      if (Number.isNaN(ulps)) wrong++;
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `${name}: ${worst.toFixed(4)} ulp at ${where} (at most ${bound}), ${wrong} wrong specials, ` +
      `${different} that differ between the cores, ${seconds} s`,
  );
  failed ||= worst > bound || wrong > 0 || different > 0;
}
process.exitCode = failed ? 1 : 0;
