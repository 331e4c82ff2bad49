// 0.01 x² and 100 x² have the same minimum, and slopes that differ ten-thousand-fold. Gradient descent has one learning
// rate for both: small enough for the steep curve, it stands still on the flat one. Rprop looks at the sign alone, so
// the two curves are the same to it.
import { parameter, Rprop } from "rprop";

const START = 4;
const LEARNING_RATE = 0.004; // beyond 0.01, gradient descent diverges on 100 x²
const slope = (x: number[]) => [0.02 * x[0]!, 200 * x[1]!];

const byGradient = [START, START];
const byRprop = parameter([START, START]);
const optimizer = new Rprop([byRprop]);

console.log("         gradient descent          Rprop");
console.log("step     0.01 x²     100 x²        0.01 x²     100 x²");
for (let step = 0; step <= 100; step++) {
  const rprop = byRprop.toArray();
  if ([0, 1, 2, 5, 10, 20, 30, 50, 100].includes(step)) {
    const cells = [...byGradient, ...rprop].map((x) => x.toPrecision(4).padStart(11));
    console.log(`${step}`.padStart(4), cells.slice(0, 2).join(""), "  ", cells.slice(2).join(""));
  }
  slope(byGradient).forEach((g, i) => {
    byGradient[i]! -= LEARNING_RATE * g;
  });
  byRprop.grad.data.set(slope(rprop));
  optimizer.step();
}
