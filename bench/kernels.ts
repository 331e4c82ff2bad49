/** Times every kernel on both cores, in this process, and prints JSON. Each is proved right before it is timed. */
import { JsCore } from "../src/core/js/core.js";
import { loadWasmCore } from "../src/core/wasm/load.js";
import { activation } from "./kernels/activation.js";
import { binaryCrossEntropy, crossEntropy } from "./kernels/classification.js";
import { elementwise, robustErrors, standardize } from "./kernels/elementwise.js";
import { linear } from "./kernels/linear.js";
import { rprop } from "./kernels/rprop.js";
import { measureLimits } from "./limits.js";
import { nanoseconds } from "./measure.js";

const workloads = [
  ...linear(960, 240, 480),
  ...linear(10_000, 64, 64),
  ...linear(10_000, 32, 32),
  ...linear(256, 1024, 256),
  ...linear(2000, 128, 10),
  ...linear(1000, 10, 1),
  ...linear(100_000, 32, 1),
  ...elementwise(1000),
  ...elementwise(1_000_000),
  ...rprop(1000),
  ...rprop(1_000_000),
  ...rprop(8_000_000, 1),
  ...standardize(10_000, 10),
  ...robustErrors(1000),
  ...robustErrors(1_000_000),
  ...activation(4096),
  ...binaryCrossEntropy(4096),
  ...crossEntropy(4000, 10),
  ...crossEntropy(40, 1000),
];

const limits = measureLimits();
const wasm = loadWasmCore();
if (wasm === null) throw new Error("the wasm core does not run here");
const js = new JsCore();

const results = workloads.map(({ kernel, shape, work, unit, on }) => {
  const [fast, plain] = [on(wasm), on(js)];
  const same = Object.is(fast.run(), plain.run()); // where the kernel returns a number
  const expected = plain.result();
  if (!same || !Array.prototype.every.call(fast.result(), (value, i) => Object.is(value, expected[i]))) {
    throw new Error(`${kernel} ${shape}: the cores differ`);
  }
  const times = { wasm: nanoseconds(fast.run), js: nanoseconds(plain.run) };
  const rival = plain.rival && { name: plain.rival.name, time: nanoseconds(plain.rival.run) };
  return { kernel, shape, work, unit, ...times, rival };
});
console.log(JSON.stringify({ limits, results }));
