import { describe, expect, test } from "vitest";
import {
  fingerprint,
  fitSync,
  GELU,
  LeakyReLU,
  Linear,
  type Module,
  manualSeed,
  Normalization,
  ReLU,
  randn,
  Sequential,
  Sigmoid,
  SiLU,
  Softplus,
  Tanh,
} from "../../../src/index.js";

/** A layer with these numbers, which differ from layer to layer but not from one call to the next. */
function linear(ins: number, outs: number, bias = true): Linear {
  const made = new Linear(ins, outs, { bias });
  for (const parameter of made.parameters())
    parameter.data.set(Array.from({ length: parameter.size }, (_, i) => i + 1));
  return made;
}

describe("fingerprint", () => {
  test("is MurmurHash3 of description, names, shapes and bits", () => {
    // By an implementation in Python that gives the published test vectors: x86_32, seeds 0 and 1, little-endian
    // words: of characters, and of float32, NaN being 0x7fc00000.
    const model = linear(2, 1);
    model.weight.data.set([0.5, -0]);
    model.bias!.data[0] = NaN;
    expect(fingerprint(model)).toBe("e939ea65eb51384f");
    const second = linear(1, 2);
    second.weight.data.set([1, -2]);
    second.bias!.data.set([3e-45, Infinity]);
    const chain = new Sequential(new Normalization([2]), second, new LeakyReLU({ negativeSlope: 0.25 }));
    expect(fingerprint(chain)).toBe("6746bb3ae3cf143e");
  });

  test("changes with any one bit of any number, buffers included, and with nothing else", () => {
    const make = () =>
      new Sequential(
        new Normalization([
          [1, 2],
          [3, 5],
        ]),
        linear(2, 2),
      );
    const model = make();
    const print = fingerprint(model);
    expect(fingerprint(make())).toBe(print);
    const seen = new Set([print]);
    const arrays = [...model.parameters(), ...[(model.modules[0] as Normalization).mean]];
    for (const { data } of arrays) {
      const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
      for (let i = 0; i < bits.length; i++) {
        for (const bit of [0, 1, 22, 23, 30, 31]) {
          bits[i]! ^= 1 << bit;
          seen.add(fingerprint(model));
          bits[i]! ^= 1 << bit;
        }
      }
    }
    expect(seen.size).toBe(1 + 6 * (4 + 2 + 2));
    model.forward([[1, 2]]).backward([1, 1]);
    model.parameters()[0]!.grad.data.fill(3);
    expect(fingerprint(model)).toBe(print);
  });

  test("takes every NaN for one, and 0 and -0 for two", () => {
    const [a, b] = [linear(1, 1), linear(1, 1)];
    new Uint32Array(a.weight.data.buffer, a.weight.data.byteOffset, 1)[0] = 0x7fc00001;
    new Uint32Array(b.weight.data.buffer, b.weight.data.byteOffset, 1)[0] = 0xffc12345;
    expect(fingerprint(a)).toBe(fingerprint(b));
    [a.weight.data[0], b.weight.data[0]] = [0, -0];
    expect(fingerprint(a)).not.toBe(fingerprint(b));
  });

  test("differs between models of the same numbers in other shapes, places or kinds", () => {
    const chain = (...modules: Module[]) => new Sequential(...modules);
    const activations = [
      new Tanh(),
      new Sigmoid(),
      new ReLU(),
      new LeakyReLU(),
      new LeakyReLU({ negativeSlope: 0.02 }),
      new GELU(),
      new SiLU(),
      new Softplus(),
    ];
    const models: Module[] = [
      linear(2, 3, false),
      linear(3, 2, false),
      linear(6, 1, false),
      linear(1, 6, false),
      linear(2, 2),
      chain(linear(2, 2)),
      chain(chain(linear(2, 2))),
      ...activations.map((activation) => chain(linear(2, 2), activation)),
      chain(new Tanh(), linear(2, 2)),
      chain(new Normalization([1, 2]), linear(1, 1)),
      chain(new Normalization([1, 2], { invert: true }), linear(1, 1)),
      chain(linear(1, 1), new Normalization([1, 2])),
      ...activations.map((activation) => activation),
    ];
    const prints = models.map((model) => fingerprint(model));
    expect(new Set(prints).size).toBe(models.length);
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{16}$/);
  });

  test("is that of the same training, saved and loaded", () => {
    const [x, y] = [randn(20, 2), randn(20, 1)];
    const train = () => {
      manualSeed(3);
      const model = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1));
      fitSync(model, x, y, { epochs: 10 });
      return model;
    };
    const [model, again] = [train(), train()];
    expect(fingerprint(again)).toBe(fingerprint(model));
    fitSync(again, x, y, { epochs: 1 });
    expect(fingerprint(again)).not.toBe(fingerprint(model));
    again.loadStateDict(JSON.parse(JSON.stringify(model.stateDict())));
    expect(fingerprint(again)).toBe(fingerprint(model));
  });
});
