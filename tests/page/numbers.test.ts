import { expect, test } from "vitest";
import { number, power, ratioTicks } from "../../page/ui/numbers.js";

test.each([
  [0, "0"],
  [0.0123456, "0.01235"],
  [0.5, "0.5000"],
  [-12.3456, "-12.35"],
  [1234.6, "1,235"],
  [1.2345e-7, "1.23 × 10⁻⁷"],
  [1e-12, "10⁻¹²"],
  [2.5e8, "2.5 × 10⁸"],
])("%d is written %s", (value, text) => {
  expect(number(value)).toBe(text);
});

test("a tick is written without the noise of its division", () => {
  expect([0.1 + 0.2, 1e-3, 5e-4, 1e-4, 1e5].map(power)).toEqual(["0.3", "0.001", "5 × 10⁻⁴", "10⁻⁴", "10⁵"]);
});

test("an axis has round ticks, eight at most", () => {
  expect(ratioTicks(0.5, 0.62)).toEqual([0.5, 0.6]);
  expect(ratioTicks(0.05, 1)).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
  expect(ratioTicks(3e-6, 2)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
  expect(ratioTicks(1e-20, 1)).toEqual([1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1]);
});
