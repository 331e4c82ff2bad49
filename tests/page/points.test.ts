import { expect, test } from "vitest";
import { chosen, pointsOf, type Shape, validationPoints } from "../../page/network/points.js";

const SHAPES: Shape[] = ["spirals", "circles", "moons", "xor"];

const radius = ({ at }: { at: Float32Array }, i: number) =>
  Math.hypot(at[2 * i] as number, at[2 * i + 1] as number);

test.each(SHAPES)("%s: a seed gives the same points, half of each class, within the map", (shape) => {
  const points = pointsOf(shape, 200, 0, 5);
  expect(points).toEqual(pointsOf(shape, 200, 0, 5));
  expect(points.at).not.toEqual(pointsOf(shape, 200, 0, 6).at);
  expect(points.classes.filter((kind) => kind === 1).length).toBe(100);
  expect(points.at.every((coordinate) => Math.abs(coordinate) < 1.3)).toBe(true);
});

test.each(SHAPES)("%s: noise moves every point by that much", (shape) => {
  const [still, noisy] = [pointsOf(shape, 1000, 0, 1), pointsOf(shape, 1000, 0.1, 1)];
  const moves = still.at.map((coordinate, i) => (noisy.at[i] as number) - coordinate);
  expect(Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length)).toBeCloseTo(0.1, 2);
});

test("spirals are half a turn apart, 1.25 turns long", () => {
  const points = pointsOf("spirals", 100, 0, 0);
  points.classes.forEach((kind, i) => {
    const turns = (radius(points, i) - 0.1) / 1.1;
    const angle = 2 * Math.PI * (1.25 * turns + kind / 2);
    expect(points.at[2 * i]).toBeCloseTo(radius(points, i) * Math.cos(angle), 5);
    expect(points.at[2 * i + 1]).toBeCloseTo(radius(points, i) * Math.sin(angle), 5);
  });
});

test("circles are within each other", () => {
  const points = pointsOf("circles", 100, 0, 0);
  points.classes.forEach((kind, i) => {
    expect(radius(points, i)).toBeCloseTo(kind === 0 ? 0.4 : 1, 6);
  });
});

test("xor: a class is where the signs are the same, the other where they differ", () => {
  const { at, classes } = pointsOf("xor", 400, 0, 0);
  const quadrants = new Set<string>();
  classes.forEach((kind, i) => {
    const [x, y] = [at[2 * i] as number, at[2 * i + 1] as number];
    expect(x * y < 0).toBe(kind === 1);
    quadrants.add(`${x > 0} ${y > 0}`);
  });
  expect(quadrants.size).toBe(4);
});

test("a share of the points is for validation, drawn by the seed", () => {
  const drawn = validationPoints(50, 0.3, 2);
  expect(drawn.filter(Boolean).length).toBe(15);
  expect(validationPoints(50, 0.3, 2)).toEqual(drawn);
  expect(validationPoints(50, 0.3, 3)).not.toEqual(drawn);
  expect(validationPoints(50, 0, 2).some(Boolean)).toBe(false);
});

test("points that are chosen keep their places and classes", () => {
  const points = { at: Float32Array.of(1, 2, 3, 4, 5, 6), classes: Float32Array.of(0, 1, 0) };
  expect(chosen(points, (i) => i !== 1)).toEqual({
    at: Float32Array.of(1, 2, 5, 6),
    classes: Float32Array.of(0, 0),
  });
});
