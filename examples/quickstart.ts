// The script of the README's first screen, and then 100 epochs of training.
import { Linear, MSELoss, manualSeed, Rprop, randn } from "rprop";

manualSeed(0);
const x = randn(10, 3);
const y = randn(10, 2);
const linear = new Linear(3, 2);
const criterion = new MSELoss();
const optimizer = new Rprop(linear.parameters(), { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50] });

const pred = linear.forward(x);
const loss = criterion.forward(pred, y);
console.log("loss:", loss.item());
loss.backward();
optimizer.step();
console.log("loss after 1 step:", criterion.forward(linear.forward(x), y).item());

for (let epoch = 0; epoch < 100; epoch++) {
  optimizer.zeroGrad();
  criterion.forward(linear.forward(x), y).backward();
  optimizer.step();
}
console.log("loss after 100 epochs more:", criterion.forward(linear.forward(x), y).item());
