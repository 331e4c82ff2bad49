// Linear regression on Longley's data (NIST, certified coefficients): 16 years, 6 predictors that nearly depend on each
// other, in raw units. Trained by Rprop from the moments of the rows, in float64.
import { readFileSync } from "node:fs";
import { fitSync, Linear, Moments, manualSeed, Normalization, Rprop, Sequential } from "rprop";
import { readCsv } from "rprop/data";

const CERTIFIED = [
  -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
  -0.0511041056535807, 1829.15146461355,
];

const table = readCsv(readFileSync(new URL("./data/longley.csv", import.meta.url)));
const [target, ...predictors] = table.names; // y, x1 … x6
const moments = Moments.from(table.matrix(predictors), table.numeric(target!));

manualSeed(0);
const model = new Sequential(
  new Normalization(moments),
  new Linear(6, 1),
  new Normalization(moments, { invert: true }),
);
// Coefficients are wanted to more digits than the usual smallest step, 1e-6, leaves.
const optimizer = new Rprop(model.parameters(), { stepSizes: [1e-14, 50] });
const result = fitSync(model, moments, { optimizer, epochs: 150_000 });

console.log(`Longley: ${result.completed} epochs in ${result.milliseconds.toFixed(0)} ms`);
console.log("      certified            trained              digits that agree");
[...result.bias!, ...result.weight!].forEach((value, i) => {
  const certified = CERTIFIED[i]!;
  const digits = Math.max(0, -Math.log10(Math.abs(value / certified - 1)));
  console.log(
    `b${i}`.padEnd(5),
    certified.toPrecision(12).padEnd(20),
    value.toPrecision(12).padEnd(20),
    digits.toFixed(1),
  );
});
