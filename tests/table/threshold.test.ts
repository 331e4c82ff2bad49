import { Generator } from "rprop";
import { decode, trainTable } from "rprop/table";
import { describe, expect, test } from "vitest";

/** A class of about one row in twenty, which x tells in part. */
const rows = (new Generator(5).randn(400, 2).toRows() as [number, number][]).map(([x, noise]) => ({
  x,
  fraud: x + noise > 2.4 ? "yes" : "no",
}));
const options = { target: "fraud", networks: 2, folds: 2, epochs: 100 } as const;

describe("a threshold between two classes", () => {
  test("finds more rows of the rare class, with the same probabilities", async () => {
    const plain = await trainTable({ rows }, options);
    const low = await trainTable({ rows }, { ...options, threshold: 0.05 });
    const [a, b] = [plain.scores, low.scores];
    if (a.kind !== "category" || b.kind !== "category") throw new Error("numbers");
    expect(b.classes[1]?.recall).toBeGreaterThan((a.classes[1]?.recall as number) + 0.2);
    expect(b.balancedAccuracy).toBeGreaterThan(a.balancedAccuracy as number);
    expect(b.logLoss).toBe(a.logLoss);
    expect(low.history.options.threshold).toBe(0.05);
  });

  test("is that of predictions, of rows, and of the model that comes back from its file", async () => {
    const { model } = await trainTable({ rows }, { ...options, threshold: 0.05 });
    const again = decode(model.encode());
    const { values, probabilities } = await again.predict({ rows }, { probabilities: true });
    expect(values).toEqual(
      probabilities.map(([, yes]) => ((yes as number) >= Math.fround(0.05) ? "yes" : "no")),
    );
    expect(model.predictRows(rows)).toEqual(values);
    expect(again.schema.target).toMatchObject({ threshold: 0.05, categories: ["no", "yes"] });
  });

  test("is proposed where classes are uneven, and no more once it is given", async () => {
    const { notes } = await trainTable({ rows }, options);
    expect(notes.find((note) => note.includes("accuracy says little"))).toMatch(
      /balanced accuracy and recall say more; threshold: 0\.\d+ finds more rows of yes$/,
    );
    const given = await trainTable({ rows }, { ...options, threshold: 0.1 });
    expect(given.notes.join()).not.toContain("finds more rows");
  });

  test.each([
    [{ threshold: 0 }, '"threshold": expected a probability between 0 and 1, such as 0.3, got 0'],
    [{ threshold: 30 }, "got 30"],
    [{ threshold: 0.3, target: "x" }, '"x" is a number, and a threshold is between two classes'],
  ])("%j is refused", async (wrong, message) => {
    await expect(trainTable({ rows }, { ...options, ...wrong })).rejects.toThrow(message);
  });
});
