import { expect, test } from "vitest";
import { digits, powerOfTen, signOf } from "../../page/ui/number.js";

test.each([
  [0, "0"],
  [3.96181, "3.962"],
  [-0.157, "−0.157"],
  [12_345, "12350"],
  [99_999_999, "10⁸"],
  [0.001, "0.001"],
  [0.000_999_96, "10⁻³"],
  [-2.6686e-7, "−2.669·10⁻⁷"],
  [1e-6, "10⁻⁶"],
  [3.4e38, "3.4·10³⁸"],
  [Infinity, "∞"],
  [-Infinity, "−∞"],
  [NaN, "not a number"],
])("%f is written %s", (value, text) => {
  expect(digits(value)).toBe(text);
});

test("powers of ten", () => {
  expect([3, 0, -12].map(powerOfTen)).toEqual(["10³", "10⁰", "10⁻¹²"]);
});

test("signs", () => {
  expect([2, -2, 0, -0, NaN].map(signOf)).toEqual(["+", "−", "0", "0", "?"]);
});
