import { describe, expect, test } from "vitest";
import { nearest } from "../../src/options.js";
import { messageOf } from "../support/hints/hint.js";
import { LIBRARY } from "../support/hints/library.js";

describe("advice that the library gives helps", () => {
  test.each(LIBRARY.map((hint, i) => [`${i}: ${hint.words}`, hint] as const))(
    "%s",
    async (_, { words, refused, followed }) => {
      const message = await messageOf(refused);
      for (const part of words.split("…")) expect(message).toContain(part);
      expect(await followed(message)).not.toBe(false);
    },
  );
});

describe("a word that was meant", () => {
  const FIT =
    "loss optimizer epochs targetLoss validation patience minDelta keepBest restarts seed signal onEpoch every yieldEvery";
  const RPROP = "lr etas stepSizes variant maximize bounds weightDecay nonFinite";
  const TRAIN =
    "target task ignore hidden activation loss variant epochs patience validation seed out report categories";

  test.each([
    [
      "batchSize lr learningRate momentum iterations steps callbacks verbose metrics shuffle testSize log",
      FIT,
    ],
    ["learningRate momentum beta maxIter iterations testSize folds l2 tolerance decay alpha", RPROP],
    [
      "test features header score cols iterations output lr batch-size threads drop restarts folds sep",
      TRAIN,
    ],
  ])("is none of those that mean another thing: %s", (words, known) => {
    for (const word of words.split(" "))
      expect([word, nearest(word, known.split(" "))]).toEqual([word, null]);
  });

  test("has letters too many, too few, wrong, exchanged or of another case", () => {
    for (const known of `${FIT} ${RPROP} ${TRAIN}`.split(" ").filter(({ length }) => length > 4)) {
      const [a, b, ...rest] = [...known];
      const typed = [
        `${known}s`,
        known.slice(0, -1),
        `${known.slice(0, -1)}_`,
        [b, a, ...rest].join(""),
        known.toUpperCase(),
      ];
      for (const word of typed) expect([word, nearest(word, [known, "other"])]).toEqual([word, known]);
    }
  });

  test("is none of two that are as near", () => {
    expect(nearest("col_3", ["col_1", "col_2"])).toBe(null);
    expect(nearest("", [])).toBe(null);
  });
});
