import { describe, expect, it } from "vitest";
import { Linear, LOSSES, tensor } from "../../../src/index.js";
import { type ClassificationCase, classificationCases } from "../../golden/golden.js";

// PyTorch sums in float32 and has other exponentials.

/** Relative. Measured 9.8e-8. */
const LOSS_TOLERANCE = 5e-7;
/** Of the largest derivative. Measured 1.9e-7. */
const GRADIENT_TOLERANCE = 5e-7;

/** Of a layer whose output is the recorded prediction, so that the gradient of its weight is that of the prediction. */
function run({ loss, targets, options, rows, classes, prediction, target }: ClassificationCase) {
  const criterion = new LOSSES[loss](options);
  const linear = new Linear(rows, classes, { bias: false });
  // weightᵀ is the prediction, and x the identity.
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < classes; c++)
      linear.weight.data[c * rows + r] = prediction[r * classes + c] as number;
  const identity = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: rows }, (_, k) => (r === k ? 1 : 0)),
  );
  const aim = tensor(target, targets === "indices" ? [rows] : [rows, classes]);
  const value = criterion.forward(linear.forward(identity), aim);
  value.backward();
  const gradient = linear.weight.grad.toRows();
  return {
    value: value.item(),
    gradient: Array.from(prediction, (_, i) => gradient[i % classes]![Math.floor(i / classes)] as number),
  };
}

describe.each(classificationCases())("$loss of $name", (recorded) => {
  it("has PyTorch's value and gradient", () => {
    const { value, gradient } = run(recorded);
    expect(Math.abs(value / recorded.value - 1)).toBeLessThan(LOSS_TOLERANCE);
    const largest = Math.max(...recorded.gradient.map(Math.abs));
    const away = gradient.map((slope, i) => Math.abs(slope - (recorded.gradient[i] as number)) / largest);
    expect(Math.max(...away)).toBeLessThan(GRADIENT_TOLERANCE);
  });
});
