// Linear regression on Longley's data (NIST, certified coefficients): 16 years, 6 predictors that nearly depend on each
// other. Standardised, trained full-batch until the loss no longer improves, and mapped back to the data's own units.
import { readFileSync } from "node:fs";
import { Linear, MSELoss, manualSeed, Rprop, tensor } from "rprop";

const CERTIFIED = [
  -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
  -0.0511041056535807, 1829.15146461355,
];
const PATIENCE = 10_000; // epochs without a better loss before training ends

const lines = readFileSync(new URL("./data/longley.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1);
const rows = lines.map((line) => line.split(",").map(Number)); // y, x1 … x6

const columns = rows[0]!.map((_, c) => rows.map((row) => row[c]!));
const means = columns.map((column) => column.reduce((a, b) => a + b) / column.length);
const deviations = columns.map((column, c) =>
  Math.sqrt(column.reduce((a, b) => a + (b - means[c]!) ** 2, 0) / column.length),
);
const standard = rows.map((row) => row.map((value, c) => (value - means[c]!) / deviations[c]!));
const x = tensor(standard.map((row) => row.slice(1)));
const y = tensor(standard.map((row) => [row[0]!]));

manualSeed(0);
const linear = new Linear(6, 1);
const criterion = new MSELoss();
// Coefficients are wanted to more digits than the usual smallest step, 1e-6, leaves.
const optimizer = new Rprop(linear.parameters(), { stepSizes: [1e-8, 50] });

let best = { loss: Infinity, epoch: 0, weight: [] as number[], bias: 0 };
let epoch = 0;
for (; epoch - best.epoch < PATIENCE; epoch++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(linear.forward(x), y);
  if (loss.item() < best.loss) {
    best = { loss: loss.item(), epoch, weight: linear.weight.toArray(), bias: linear.bias!.item() };
  }
  loss.backward();
  optimizer.step();
}

const weight = best.weight.map((w, i) => (w * deviations[0]!) / deviations[i + 1]!);
const intercept =
  means[0]! + best.bias * deviations[0]! - weight.reduce((sum, w, i) => sum + w * means[i + 1]!, 0);

console.log(
  `Longley: best loss ${best.loss.toPrecision(6)} (standardised) at epoch ${best.epoch} of ${epoch}`,
);
console.log("      certified            trained              digits that agree");
[intercept, ...weight].forEach((value, i) => {
  const certified = CERTIFIED[i]!;
  const digits = Math.max(0, -Math.log10(Math.abs(value / certified - 1)));
  console.log(
    `b${i}`.padEnd(5),
    certified.toPrecision(12).padEnd(20),
    value.toPrecision(12).padEnd(20),
    digits.toFixed(1),
  );
});
