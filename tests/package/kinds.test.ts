import { readFileSync } from "node:fs";
import * as wasm from "rprop";
import * as js from "rprop/js";
import { describe, expect, test } from "vitest";
import type { ActivationName } from "../../src/nn/activation-kinds.js";

/** What a run comes to in a library: every bit of the model, and its losses. */
function trained(library: typeof wasm, activation: ActivationName, loss: keyof typeof wasm.LOSSES) {
  const {
    ACTIVATIONS,
    fingerprint,
    fitSync,
    Generator,
    LOSSES,
    Linear,
    Rprop,
    Sequential,
    Sigmoid,
    softmax,
  } = library;
  const random = new Generator(1);
  const [x, y] = [random.randn(300, 3), softmax(random.randn(300, 2))];
  const layers = [
    new Linear(3, 7, { generator: random }),
    new ACTIVATIONS[activation](),
    new Linear(7, 2, { generator: random }),
  ];
  const model = new Sequential(...layers, new Sigmoid()); // probabilities, for which there is any loss
  const { losses } = fitSync(model, x, y, {
    loss: new LOSSES[loss](),
    optimizer: new Rprop(model.parameters()),
    epochs: 30,
  });
  return [library.core(), fingerprint(model), Array.from(losses)] as const;
}

describe.each(Object.keys(wasm.ACTIVATIONS) as ActivationName[])("%s", (activation) => {
  test.each(Object.keys(wasm.LOSSES) as (keyof typeof wasm.LOSSES)[])(
    "under %s: rprop and rprop/js give the same bits",
    (loss) => {
      const [fast, plain] = [trained(wasm, activation, loss), trained(js as typeof wasm, activation, loss)];
      expect([fast[0], plain[0]]).toEqual(["wasm", "js"]);
      expect(fast.slice(1)).toEqual(plain.slice(1));
      expect(new Set(fast[2]).size).toBeGreaterThan(10);
    },
  );
});

describe.each([
  ["README.md", (name: string) => name],
  ["CHANGELOG.md", (name: string) => name],
  ["docs/COMMAND.md", (name: string) => name.toLowerCase()],
])("%s", (path, written) => {
  test.each(Object.keys(wasm.ACTIVATIONS))("names %s", (name) => {
    expect(readFileSync(path, "utf8")).toMatch(new RegExp(`\\b${written(name)}\\b`));
  });
});

describe.each(["README.md", "CHANGELOG.md"])("%s", (path) => {
  test.each(Object.keys(wasm.LOSSES))("names %s", (name) => {
    expect(readFileSync(path, "utf8")).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe("src/core/contract/activations.ts", () => {
  const contract = readFileSync("src/core/contract/activations.ts", "utf8");
  test.each(Object.keys(wasm.ACTIVATIONS))("has the formulas of %s, forward and backward", (name) => {
    expect(contract.match(new RegExp(`^ +\\* {3}${name} +\\S`, "gm"))).toHaveLength(2);
  });
});
