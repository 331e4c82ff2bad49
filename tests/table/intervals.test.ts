import { Generator } from "rprop";
import { decode, type TableModel, trainTable } from "rprop/table";
import { describe, expect, test } from "vitest";

/** y = 3x + noise of one unit, or the class of x with as much noise. */
function rowsOf(count: number, seed: number, isClass: boolean) {
  const draws = new Generator(seed).randn(count, 2).toRows() as [number, number][];
  return draws.map(([x, noise]) => {
    const y = 3 * x + noise;
    return { x, y: isClass ? (y < -1.5 ? "low" : y > 1.5 ? "high" : "middle") : y };
  });
}
const trained = (isClass: boolean) =>
  trainTable({ rows: rowsOf(400, 1, isClass) }, { target: "y", networks: 2 });
const numbers = trained(false);
const classes = trained(true);
const model = async (of: typeof numbers): Promise<TableModel> => (await of).model;

describe("intervals of numbers", () => {
  test("hold as many new rows as the level says, around the prediction", async () => {
    const fresh = rowsOf(2000, 2, false);
    for (const level of [0.5, 0.9]) {
      const { intervals, values } = await (await model(numbers)).predict(
        { rows: fresh },
        { interval: level },
      );
      const held = intervals.filter(([low, high], i) => {
        const actual = fresh[i]?.y as number;
        return low <= actual && actual <= high;
      });
      expect(Math.abs(held.length / 2000 - level)).toBeLessThan(0.05);
      const [low, high] = intervals[0] as [number, number];
      expect((low + high) / 2).toBeCloseTo(values[0] as number, 4);
    }
  });

  test("their coverage is among the scores, of the folds and of another table", async () => {
    const { scores } = await numbers;
    expect(Math.abs((scores.coverage as number) - 0.9)).toBeLessThan(0.03);
    const evaluation = await (await model(numbers)).evaluate({ rows: rowsOf(1000, 3, false) });
    expect(Math.abs((evaluation.scores.coverage as number) - 0.9)).toBeLessThan(0.04);
  });

  test("come back from the file", async () => {
    const before = await model(numbers);
    const after = decode(before.encode());
    expect(after.schema.conformal).toEqual(before.schema.conformal);
    const asked = { rows: [{ x: 1 }] };
    expect((await after.predict(asked, { interval: 0.8 })).intervals).toEqual(
      (await before.predict(asked, { interval: 0.8 })).intervals,
    );
  });

  test("none where none are asked for", async () => {
    const predictions = await (await model(numbers)).predict({ rows: [{ x: 1 }] });
    expect(predictions).toMatchObject({ intervals: [], sets: [] });
  });
});

describe("prediction sets of classes", () => {
  test("hold the class of as many new rows as the level says, and never are empty", async () => {
    const fresh = rowsOf(2000, 2, true);
    const { sets, values, probabilities } = await (await model(classes)).predict(
      { rows: fresh },
      { interval: 0.9 },
    );
    const held = sets.filter((set, i) => set.includes(fresh[i]?.y as string));
    expect(Math.abs(held.length / 2000 - 0.9)).toBeLessThan(0.05);
    expect(Math.min(...sets.map((set) => set.length))).toBe(1);
    expect(sets.every((set, i) => set.includes(values[i] as string))).toBe(true);
    expect(probabilities).toEqual([]);
  });

  test("a higher level has larger sets", async () => {
    const fresh = rowsOf(300, 2, true);
    const size = async (interval: number) =>
      (await (await model(classes)).predict({ rows: fresh }, { interval })).sets.flat().length;
    expect(await size(0.99)).toBeGreaterThan(await size(0.7));
  });

  test("calibration is among the scores", async () => {
    const { scores } = await classes;
    if (scores.kind !== "category") throw new Error("numbers");
    expect(scores.ece).toBeLessThan(0.1);
    expect(scores.calibrationSlope).toBeGreaterThan(0.5);
    expect(scores.calibration.reduce((sum, { rows }) => sum + rows, 0)).toBe(400);
  });
});

describe("an interval is refused", () => {
  const refusal = async (of: Promise<TableModel>, interval: unknown) =>
    (await of).predict({ rows: [{ x: 1 }] }, { interval: interval as number }).then(
      () => "",
      ({ message }: Error) => message,
    );

  test.each([0, 1, -1, 90, NaN])("of a level of %d", async (level) => {
    expect(await refusal(model(numbers), level)).toContain(
      '"interval": expected a probability between 0 and 1, such as 0.9',
    );
  });

  test("that is no number", async () => {
    expect(await refusal(model(numbers), "0.9")).toContain("expected a probability between 0 and 1");
  });

  test("of a model without folds", async () => {
    const { model: plain } = await trainTable(
      { rows: rowsOf(60, 1, false) },
      { target: "y", folds: 0, epochs: 1 },
    );
    expect(await refusal(Promise.resolve(plain), 0.9)).toContain("train it on 10 rows or more with folds");
  });

  test("of a level that so few rows do not allow", async () => {
    const { model: small } = await trainTable({ rows: rowsOf(12, 1, false) }, { target: "y", epochs: 1 });
    expect(await refusal(Promise.resolve(small), 0.99)).toContain(
      "expected a level of at most 0.923, as 12 rows allow no more",
    );
  });
});
