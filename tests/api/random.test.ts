import { describe, expect, test } from "vitest";
import { Generator, Linear, manualSeed, rand, randn } from "../../src/index.js";

test("a program that never seeds behaves as after manualSeed(0)", async () => {
  const unseeded: typeof import("../../src/random/generator.js") = await import(
    // @ts-expect-error a query makes another module of it, in which nothing has been seeded yet
    "../../src/random/generator.js?unseeded"
  );
  const first = unseeded.randn(10, 3).toArray();
  manualSeed(0);
  expect(randn(10, 3).toArray()).toEqual(first);
});

describe("seed 0 gives what PyTorch prints after torch.manual_seed(0)", () => {
  test("randn, then a linear layer's weight and bias", () => {
    manualSeed(0);
    const x = randn(10, 3).toArray();
    const y = randn(10, 2).toArray();
    const { weight, bias } = new Linear(3, 2);
    expect(x.slice(0, 3)).toEqual([-1.1258398294448853, -1.152360200881958, -0.2505785822868347]);
    expect(y.slice(0, 2)).toEqual([0.9382607340812683, 0.4888698160648346]);
    expect(weight.toArray()).toEqual([
      0.438993901014328, -0.5759230256080627, 0.10806383192539215, -0.09726043045520782, -0.09500942379236221,
      -0.2642860412597656,
    ]);
    expect(bias?.toArray()).toEqual([0.222023606300354, -0.3419665992259979]);
  });
});

describe("generators", () => {
  test("of the same seed are the same stream, whatever the shared one does", () => {
    const [a, b] = [new Generator(42), new Generator(42)];
    rand(100);
    expect(a.randn(4, 5).toArray()).toEqual(b.randn([4, 5]).toArray());
    expect(a.rand(7).toArray()).toEqual(b.rand(7).toArray());
  });

  test("initialise a layer without touching the shared stream", () => {
    manualSeed(7);
    const expected = rand(3).toArray();
    manualSeed(7);
    const generator = new Generator(1);
    const [first, second] = [
      new Linear(3, 3, { generator }),
      new Linear(3, 3, { generator: new Generator(1) }),
    ];
    expect(first.weight.toArray()).toEqual(second.weight.toArray());
    expect(rand(3).toArray()).toEqual(expected);
  });

  test("rand lies in [0, 1)", () => {
    const values = new Generator(3).rand(10_000).toArray();
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  test("take whole numbers as seeds, and shapes as lengths", () => {
    expect(() => manualSeed("0" as unknown as number)).toThrow(`"seed": expected a whole number, got "0"`);
    expect(() => new Generator(0.5)).toThrow(`"seed": expected a whole number within ±(2^53 − 1), got 0.5`);
    expect(() => manualSeed(NaN)).toThrow(RangeError);
    expect(() => randn(-1)).toThrow(`"shape": expected whole numbers of at least 0, got -1`);
    expect(new Generator(-1).rand(2).shape).toEqual([2]);
  });
});
