import { expect, test } from "vitest";
import { linearAxis, linearTicks, logarithmicAxis, shareOf, valueAt } from "../../page/ui/axis.js";

test("ticks are round numbers between the ends", () => {
  expect(linearTicks(-5, 5)).toEqual([-4, -2, 0, 2, 4]);
  expect(linearTicks(0, 120)).toEqual([0, 20, 40, 60, 80, 100, 120]);
  expect(linearTicks(0, 3025)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
});

test("a logarithmic axis has powers of ten, evenly", () => {
  const { ticks, text } = logarithmicAxis("|x|", 1e-7, 1e3, 2);
  expect(ticks.map(text)).toEqual(["10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²"]);
});

test("a value is found where it was put", () => {
  const axis = linearAxis("x", -5, 5, String);
  expect(valueAt(axis, shareOf(axis, 3.5))).toBe(3.5);
  expect([-5, 0, 5].map((value) => shareOf(axis, value))).toEqual([0, 0.5, 1]);
  expect(shareOf(logarithmicAxis("|x|", 1e-7, 1e3, 2), 1e-2)).toBeCloseTo(0.5, 12);
});
