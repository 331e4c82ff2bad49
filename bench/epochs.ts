/** Times one epoch (zeroGrad, forward, loss, backward, step) written by hand, on both cores, and prints JSON. */
import * as wasm from "rprop";
import * as js from "rprop/js";
import { nanoseconds } from "./measure.js";

/** Linear cases, small and large; seed is the script of the README. */
const CASES = [
  { name: "seed", rows: 10, inputs: 3, outputs: 2 },
  { name: "linear 1k", rows: 1000, inputs: 10, outputs: 1 },
  { name: "linear 100k", rows: 100_000, inputs: 32, outputs: 1 },
  { name: "linear wide", rows: 10_000, inputs: 64, outputs: 64 },
];

type Case = (typeof CASES)[number];

function trainer({ Linear, MSELoss, Rprop, Generator }: typeof wasm, { rows, inputs, outputs }: Case) {
  const generator = new Generator(0);
  const x = generator.randn(rows, inputs);
  const y = generator.randn(rows, outputs);
  const linear = new Linear(inputs, outputs, { generator });
  const criterion = new MSELoss();
  const optimizer = new Rprop(linear.parameters());
  const epoch = () => {
    optimizer.zeroGrad();
    criterion.forward(linear.forward(x), y).backward();
    optimizer.step();
  };
  return { epoch, linear };
}

const results = CASES.map((workload) => {
  const [fast, plain] = [trainer(wasm, workload), trainer(js as typeof wasm, workload)];
  for (let epoch = 0; epoch < 3; epoch++) {
    fast.epoch();
    plain.epoch();
  }
  if (String(fast.linear.weight.toArray()) !== String(plain.linear.weight.toArray())) {
    throw new Error(`${workload.name}: the cores differ`);
  }
  return { ...workload, wasm: nanoseconds(fast.epoch), js: nanoseconds(plain.epoch) };
});
console.log(JSON.stringify({ results }));
