import { expect, test } from "vitest";
import { Thinned } from "../../page/ui/thinned.js";

/** Of the first `count` numbers of a course without a pattern. */
function thinned(count: number, pairs?: number): Thinned {
  const course = new Thinned(pairs);
  for (let i = 0; i < count; i++) course.push(number(i));
  return course;
}

const number = (i: number) => Math.fround(Math.sin(i * i + 1));
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

test("a short course is drawn as it is", () => {
  for (const count of [0, 1, 2, 3, 999, 1000]) {
    expect(thinned(count).curve()).toEqual({ at: range(count), values: range(count).map(number) });
  }
});

test("a long course keeps its extremes in a limited number of ascending places, and ends with its latest number", () => {
  for (let count = 1; count < 300; count++) {
    const { at, values } = thinned(count, 4).curve();
    expect(values.length).toBeLessThanOrEqual(9);
    expect(at).toEqual([...new Set(at)].sort((a, b) => a - b));
    expect(at[0]).toBe(0);
    expect(at.at(-1)).toBe(count - 1);
    const all = range(count).map(number);
    expect(values.at(-1)).toBe(all.at(-1));
    expect(thinned(count, 4).first).toBe(all[0]);
    expect(Math.min(...values)).toBe(Math.min(...all));
    expect(Math.max(...values)).toBe(Math.max(...all));
  }
});

test("what is drawn lies within a pair's width of where it was", () => {
  const count = 100_000;
  const { at, values } = thinned(count).curve();
  expect(values.length).toBeLessThanOrEqual(1001);
  const width = 256; // 500 pairs: 2 · 500 · 2⁷ numbers
  values.forEach((value, i) => {
    const pair = Math.floor((at[i] as number) / width) * width;
    const places = range(width).map((offset) => number(pair + offset));
    expect(places).toContain(value);
  });
});

test("a pair has its numbers in the order in which they came", () => {
  const course = new Thinned(2);
  for (const value of [3, 9, 1, 5]) course.push(value);
  expect(course.curve()).toEqual({ at: [0, 1, 2, 3], values: [3, 9, 1, 5] });
  for (const value of [4, 7, 2]) course.push(value);
  expect(course.curve()).toEqual({ at: [0, 2, 4, 5, 6], values: [9, 1, 7, 2, 2] });
});
