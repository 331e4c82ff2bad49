import { describe, expect, it } from "vitest";
import { linearAxis } from "../../../src/view/axis.js";

const labels = (low: number, high: number, count = 6) =>
  linearAxis("x", low, high, count).ticks.map(({ label }) => label);

describe("linearAxis", () => {
  it("places its ends at 0 and 1, and what is between in even distances", () => {
    const { name, place } = linearAxis("size", -2, 6, 4);
    expect(name).toBe("size");
    expect([-2, 0, 2, 6, 10].map(place)).toEqual([0, 0.25, 0.5, 1, 1.5]);
  });

  it("has its ticks at the values that they name, within its ends", () => {
    for (const [low, high] of [
      [0, 1],
      [-3, 4],
      [0.013, 0.0172],
      [12, 99_000],
      [-8, -1.5],
    ] as const) {
      const { ticks, place } = linearAxis("x", low, high, 6);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(10);
      for (const { at, label } of ticks) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(1);
        expect(place(Number(label))).toBeCloseTo(at, 9);
      }
    }
  });

  it("labels all of them with the decimals that their distance needs", () => {
    expect(labels(0, 1)).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(labels(-1, 1, 4)).toEqual(["-1.0", "-0.5", "0.0", "0.5", "1.0"]);
    expect(labels(0, 300, 3)).toEqual(["0", "100", "200", "300"]);
    expect(labels(0, 3e7, 3)).toEqual(["0", "10⁷", "2×10⁷", "3×10⁷"]);
    expect(labels(-2e-7, 2e-7, 4)).toEqual(["-2×10⁻⁷", "-10⁻⁷", "0", "10⁻⁷", "2×10⁻⁷"]);
  });

  it("has a width where the values have none", () => {
    for (const value of [5, -5, 0, 1e300, 1e9]) {
      const { ticks, place } = linearAxis("x", value, value, 6);
      expect(place(value)).toBe(0.5);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
    }
    expect(linearAxis("x", 1, 1 + 1e-12, 6).place(1)).toBeCloseTo(0.5, 9);
    expect(linearAxis("x", 1, 1 + 1e-6, 6).place(1)).toBe(0);
  });
});
