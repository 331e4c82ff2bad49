import { expect, test } from "vitest";
import { count, number, percent, signOf } from "../../page/ui/number.js";

test.each([
  [0, "0"],
  [3.96181, "3.962"],
  [0.5, "0.5"],
  [-0.157, "−0.157"],
  [1234.6, "1,235"],
  [12_345, "12,350"],
  [999_949, "999,900"],
  [999_950, "10⁶"],
  [99_999_999, "10⁸"],
  [0.001, "0.001"],
  [0.000_999_96, "0.001"],
  [-2.6686e-7, "−2.669·10⁻⁷"],
  [1e-6, "10⁻⁶"],
  [1e-12, "10⁻¹²"],
  [3.4e38, "3.4·10³⁸"],
  [Infinity, "∞"],
  [-Infinity, "−∞"],
  [NaN, "not a number"],
])("%f is written %s", (value, text) => {
  expect(number(value)).toBe(text);
});

test("a number has the digits that are asked for", () => {
  expect([number(65_773.81, 6), number(1.2345e-7, 3), number(0.1 + 0.2, 12)]).toEqual([
    "65,773.8",
    "1.23·10⁻⁷",
    "0.3",
  ]);
});

test("things are counted in words", () => {
  expect([0, 1, 2, 12_345].map((n) => count(n, "epoch"))).toEqual([
    "0 epochs",
    "1 epoch",
    "2 epochs",
    "12,345 epochs",
  ]);
});

test("shares are percent", () => {
  expect([0, 0.975, 1].map(percent)).toEqual(["0.0 %", "97.5 %", "100.0 %"]);
});

test("signs", () => {
  expect([2, -2, 0, -0, NaN].map(signOf)).toEqual(["+", "−", "0", "0", "?"]);
});
