import { describe, expect, test } from "vitest";
import { readCsv, split } from "../../src/data/index.js";
import { fitSync, Generator, Linear, MSELoss, manualSeed, randn } from "../../src/index.js";

describe("split", () => {
  test("draws each row into one of two sets, in order", () => {
    const [training, held] = split(10, 0.3, 1);
    expect([training.length, held.length]).toEqual([7, 3]);
    expect([...training, ...held].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const set of [training, held]) expect(set).toEqual(set.slice().sort());
  });

  test("gives the same rows for the same seed, others for another", () => {
    expect(split(100, 0.5, 7)).toEqual(split(100, 0.5, 7));
    expect(split(100, 0.5, 7)).not.toEqual(split(100, 0.5, 8));
    expect(split(100, 0.5)).toEqual(split(100, 0.5, 0));
  });

  test("leaves neither set empty", () => {
    expect(split(2, 0.01).map((set) => set.length)).toEqual([1, 1]);
    expect(split(5, 0.999).map((set) => set.length)).toEqual([1, 4]);
  });

  test("holds back the rows that fit holds back for the same share and seed", () => {
    manualSeed(4);
    const [x, y] = [randn(40, 2), randn(40)];
    const pick = (rows: Uint32Array) => ({
      x: Array.from(rows, (row) => x.toRows()[row]!),
      y: Array.from(rows, (row) => y.toArray()[row]!),
    });
    const [training, held] = split(40, 0.2, 9).map(pick);
    const start = () => new Linear(2, 1, { generator: new Generator(1) });
    const options = { loss: new MSELoss(), epochs: 10 };
    const byShare = fitSync(start(), x, y, { ...options, validation: 0.2, seed: 9 });
    const bySplit = fitSync(start(), training!.x, training!.y, { ...options, validation: held! });
    expect(bySplit.losses).toEqual(byShare.losses);
    expect(bySplit.validationLosses).toEqual(byShare.validationLosses);
  });

  test("cuts a table as it cuts its indices", () => {
    const table = readCsv(`a,b\n${Array.from({ length: 20 }, (_, i) => `${i},t${i}`).join("\n")}`);
    const [training, held] = split(table, 0.25, 3);
    const indices = split(20, 0.25, 3);
    expect([...training.numeric("a")]).toEqual([...indices[0]]);
    expect([...held.numeric("a")]).toEqual([...indices[1]]);
    expect(held.labels("b")).toEqual(Array.from(indices[1], (i) => `t${i}`));
  });

  test.each([
    [1, 0.5, 0, '"rows": expected a table or a number of rows, at least two, got 1'],
    [2.5, 0.5, 0, '"rows": expected a table or a number of rows, at least two, got 2.5'],
    ["9", 0.5, 0, '"rows": expected a table or a number of rows, at least two, got "9"'],
    [9, 0, 0, '"share": expected a number between 0 and 1, got 0'],
    [9, 1, 0, '"share": expected a number between 0 and 1, got 1'],
    [9, NaN, 0, '"share": expected a number between 0 and 1, got NaN'],
    [9, "0.5", 0, '"share": expected a number between 0 and 1, got "0.5"'],
    [9, 0.5, 1.5, '"seed": expected a whole number within ±(2^53 − 1), got 1.5'],
    [9, 0.5, "1", '"seed": expected a whole number, got "1"'],
    [1e10, 0.5, 0, "memory is exhausted"],
  ])("refuses %j rows, a share of %j and the seed %j", (rows, share, seed, message) => {
    expect(() => split(rows as number, share as number, seed as number)).toThrow(message);
  });
});
