import { describe, expect, test } from "vitest";
import { epochsToSolve, networkProblems } from "../../bench/papers/networks.js";
import * as rprop from "../../src/index.js";

/**
 * Epochs to solve each problem from seeds 0 to 2 by irprop-, null where the limit comes first (docs/PAPERS.md): the same on
 * either core, since runs are the same to the bit.
 */
const EPOCHS: Record<string, (number | null)[]> = {
  "10-5-10 encoder, Δmax 50": [26, 26, 20],
  "12-2-12 encoder, Δmax 50": [null, null, null],
  "12-2-12 encoder, Δmax 0.5": [2951, null, 1154],
  "XOR, 2-4-1 tanh": [19, 26, 11],
  "two spirals, 2-40-40-1 tanh": [1899, 1322, 1358],
};

const [encoder, , , xor] = networkProblems;
const variants: rprop.RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

describe("networks of the papers, from seeds 0 to 2", () => {
  test.each(networkProblems.map((problem) => [problem.name, problem] as const))(
    "%s: as recorded",
    (name, problem) => {
      const epochs = [0, 1, 2].map((seed) => epochsToSolve(rprop, problem, "irprop-", seed));
      expect(epochs).toEqual(EPOCHS[name]);
    },
    60_000,
  );

  test.each(variants)(
    "by %s: the encoder in about the 30 epochs of its paper, XOR in fewer than 40",
    (variant) => {
      for (let seed = 0; seed < 3; seed++) {
        expect(epochsToSolve(rprop, encoder!, variant, seed)).toBeLessThan(45);
        expect(epochsToSolve(rprop, xor!, variant, seed)).toBeLessThan(40);
      }
    },
  );
});
