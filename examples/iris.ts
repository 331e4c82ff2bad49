// Fisher's iris: which of three species a flower is, from four measures of it. A fifth of the flowers is held back, and
// says when to stop.
import { readFileSync } from "node:fs";
import {
  argmax,
  CrossEntropyLoss,
  fit,
  Linear,
  manualSeed,
  Normalization,
  predict,
  Sequential,
  Tanh,
} from "rprop";
import { classIndices, readCsv } from "rprop/data";
import { progress } from "rprop/view";

const table = readCsv(readFileSync(new URL("./data/iris.csv", import.meta.url)));
const x = table.matrix(); // the columns of numbers
const y = classIndices(table.labels("species"));

manualSeed(0);
const model = new Sequential(new Normalization(x), new Linear(4, 8), new Tanh(), new Linear(8, 3));
const result = await fit(model, x, y, {
  loss: new CrossEntropyLoss(),
  epochs: 1000,
  validation: 0.2,
  patience: 50,
  restarts: 5,
  onEpoch: progress(),
});

console.log(`iris: stopped by ${result.stopReason} after ${result.completed} epochs`);
console.log(`best after ${result.bestEpoch}, validation loss ${result.validationLoss!.toFixed(4)}`);
const guesses = argmax(predict(model, x));
y.classes.forEach((name, c) => {
  const own = guesses.filter((_, i) => y.data[i] === c);
  console.log(`${`${name}`.padEnd(12)} ${own.filter((guess) => guess === c).length} of ${own.length} right`);
});
