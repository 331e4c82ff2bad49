import { expect, test } from "vitest";
import {
  linearChartAxis,
  linearTicks,
  logarithmicAxis,
  logarithmicTicks,
  shareOf,
  valueAt,
} from "../../page/ui/axis.js";

test("ticks are round numbers between the ends", () => {
  expect(linearTicks(-5, 5)).toEqual([-4, -2, 0, 2, 4]);
  expect(linearTicks(0, 120)).toEqual([0, 20, 40, 60, 80, 100, 120]);
  expect(linearTicks(0, 3025)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
  expect(linearTicks(-0.05, 0.32)).toEqual([-0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
  expect(linearTicks(59_800, 71_000, 5)).toEqual([60_000, 65_000, 70_000]);
  expect(linearTicks(59_800, 71_000, 3)).toEqual([60_000, 65_000, 70_000]);
});

test("a logarithmic axis has round ticks, eight at most", () => {
  expect(logarithmicTicks(0.5, 0.62)).toEqual([0.5, 0.6]);
  expect(logarithmicTicks(0.05, 1)).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
  expect(logarithmicTicks(3e-6, 2)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
  expect(logarithmicTicks(1e-20, 1)).toEqual([1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1]);
  expect(logarithmicAxis("|x|", 1e-7, 1e3).ticks).toEqual([1e-6, 1e-4, 1e-2, 1, 100]);
});

test("a value is found where it was put", () => {
  const axis = linearChartAxis("x", -5, 5);
  expect(valueAt(axis, shareOf(axis, 3.5))).toBe(3.5);
  expect([-5, 0, 5].map((value) => shareOf(axis, value))).toEqual([0, 0.5, 1]);
  expect(shareOf(logarithmicAxis("|x|", 1e-7, 1e3), 1e-2)).toBeCloseTo(0.5, 12);
});
