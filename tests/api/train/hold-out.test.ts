import { describe, expect, test } from "vitest";
import { Generator } from "../../../src/index.js";
import { ValidationSampler, validationCount, validationMask } from "../../../src/random/validation-rows.js";

/** Algorithm S, on numbers that are all drawn before. */
function selected(count: number, wanted: number, seed: number): number[] {
  const drawn = new Generator(seed).rand(count).data;
  let left = wanted;
  return Array.from({ length: count }, (_, row) => {
    const held = drawn[row]! * (count - row) < left;
    if (held) left--;
    return held ? 1 : 0;
  });
}

describe("HoldOut", () => {
  test("draws the rows that it always drew", () => {
    const rows = (count: number, wanted: number, seed: number) => {
      const held = validationMask(count, wanted, seed);
      return [...held.keys()].filter((row) => held[row] === 1);
    };
    expect(rows(20, 5, 0)).toEqual([2, 3, 12, 13, 18]);
    expect(rows(20, 5, 42)).toEqual([6, 9, 15, 17, 18]);
    expect(rows(1000, 4, -7)).toEqual([229, 374, 381, 618]);
  });

  test.each([1, 2, 10, 255, 256, 257, 511, 512, 513, 3000])(
    "holds back as many of %i rows as are wanted, by the generator's numbers",
    (count) => {
      for (const wanted of new Set([0, 1, Math.floor(count / 3), count - 1, count])) {
        for (const seed of [0, 1, 2 ** 32 + 5, -1]) {
          const held = validationMask(count, wanted, seed);
          expect([...held]).toEqual(selected(count, wanted, seed));
          expect(held.reduce((sum, each) => sum + each, 0)).toBe(wanted);
          const holdOut = new ValidationSampler(count, wanted, seed);
          expect(held.every((each) => holdOut.next() === (each === 1))).toBe(true);
        }
      }
    },
  );

  test("holds back each pair of four rows about equally often", () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const pair = validationMask(4, 2, seed).join("");
      times.set(pair, (times.get(pair) ?? 0) + 1);
    }
    expect(times.size).toBe(6);
    for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(100); // 4.9 deviations
  });
});

test("heldCount rounds, and leaves neither none nor all", () => {
  expect([0.24, 0.25, 0.26].map((share) => validationCount(share, 10))).toEqual([2, 3, 3]);
  expect(validationCount(1e-9, 10)).toBe(1);
  expect(validationCount(1 - 1e-9, 10)).toBe(9);
  expect([validationCount(0.1, 2), validationCount(0.9, 2)]).toEqual([1, 1]);
});
