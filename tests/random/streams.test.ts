import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cos32, cos64, log32, log64, sin32, sin64 } from "../../src/random/elementary.js";
import { MersenneTwister } from "../../src/random/mersenne.js";
import { NormalStream } from "../../src/random/normal.js";
import { fillUniform, multiplyAdd, uniform53 } from "../../src/random/uniform.js";

interface Recorded {
  /** All values, or the first four and the hash of all; base64 of little-endian float32. */
  values?: string;
  head?: string;
  sha256?: string;
}
type Step =
  | { call: "manualSeed"; seed: number }
  | ({ call: "rand"; size: number } & Recorded)
  | ({ call: "randn"; size: number } & Recorded)
  | ({ call: "uniform"; size: number; from: number; to: number } & Recorded);
interface Golden {
  torch: string;
  sessions: { name: string; steps: Step[] }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("../golden/random.json", import.meta.url), "utf8"));

class Streams {
  readonly engine: MersenneTwister;
  private readonly normal: NormalStream;
  constructor(seed: number) {
    this.engine = new MersenneTwister(seed);
    this.normal = new NormalStream(this.engine);
  }
  rand(size: number, from?: number, to?: number): Float32Array {
    const out = new Float32Array(size);
    fillUniform(this.engine, out, from, to);
    return out;
  }
  randn(size: number): Float32Array {
    const out = new Float32Array(size);
    this.normal.fill(out);
    return out;
  }
}

function bytes(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function hex(values: Buffer): string[] {
  return values.toString("hex").match(/.{8}/g) ?? [];
}

function expectRecorded(drawn: Float32Array, { values, head, sha256 }: Recorded): void {
  const raw = bytes(drawn);
  if (values !== undefined) expect(hex(raw)).toEqual(hex(Buffer.from(values, "base64")));
  if (head !== undefined) expect(hex(raw.subarray(0, 16))).toEqual(hex(Buffer.from(head, "base64")));
  if (sha256 !== undefined) expect(createHash("sha256").update(raw).digest("hex")).toBe(sha256);
  expect(values ?? sha256).toBeDefined();
}

describe(`draws what PyTorch ${golden.torch} draws, to the bit`, () => {
  it.each(golden.sessions)("$name", ({ steps }) => {
    let streams = new Streams(0);
    for (const step of steps) {
      if (step.call === "manualSeed") streams = new Streams(step.seed);
      else if (step.call === "randn") expectRecorded(streams.randn(step.size), step);
      else if (step.call === "rand") expectRecorded(streams.rand(step.size), step);
      else expectRecorded(streams.rand(step.size, step.from, step.to), step);
    }
  });
});

describe("MersenneTwister", () => {
  it("gives the 10,000th word that the C++ standard prescribes for seed 5489", () => {
    const engine = new MersenneTwister(5489);
    expect(engine.uint32()).toBe(3499211612);
    for (let i = 2; i < 10_000; i++) engine.uint32();
    expect(engine.uint32()).toBe(4123659995);
  });

  it("takes the low 32 bits of the seed", () => {
    const first = (seed: number) => new MersenneTwister(seed).uint32();
    expect(first(-1)).toBe(first(2 ** 32 - 1));
    expect(first(2 ** 32)).toBe(first(0));
    expect(first(Number.MIN_SAFE_INTEGER)).toBe(first(1));
    expect(first(1)).not.toBe(first(0));
  });

  it("makes 53 bits of two words, the high one first", () => {
    const words = new MersenneTwister(3);
    const pairs = new MersenneTwister(3);
    for (let i = 0; i < 1000; i++) {
      const high = BigInt(words.uint32()) & 0x1fffffn;
      expect(BigInt(pairs.uint53())).toBe((high << 32n) | BigInt(words.uint32()));
    }
  });
});

describe("fillUniform", () => {
  it("draws from the lower bound where rounding reaches the upper one", () => {
    // Between 1 and 1 + 2^-21 there are three more float32 numbers.
    const drawn = new Set(new Streams(9).rand(1000, 1, 1 + 2 ** -21));
    expect([...drawn].sort()).toEqual([1, 1 + 2 ** -23, 1 + 2 ** -22, 1 + 3 * 2 ** -23]);
  });

  it("draws nothing for an empty array", () => {
    const streams = new Streams(0);
    streams.rand(0);
    streams.randn(0);
    expect(streams.engine.uint32()).toBe(new MersenneTwister(0).uint32());
  });
});

describe("multiplyAdd", () => {
  const below = [64 * (1 + 2 ** -23), 1 - 2 ** -23] as const; // product 64 − 2^-40
  const above = [64 * (1 + 2 ** -12), 1 - 2 ** -12 + 2 ** -24] as const; // product 64 + 2^-30

  it.each([
    ["just below halfway, to even", ...below, 2 ** 30, 2 ** 30],
    ["just below halfway, to odd", ...below, 2 ** 30 + 128, 2 ** 30 + 128],
    ["just above halfway, to odd", ...above, 2 ** 30, 2 ** 30 + 128],
    ["just above halfway, to even", ...above, 2 ** 30 + 128, 2 ** 30 + 256],
    ["halfway exactly, down to even", 8, 8, 2 ** 30, 2 ** 30],
    ["halfway exactly, up to even", 8, 8, 2 ** 30 + 128, 2 ** 30 + 256],
  ])("rounds once: %s", (_, a, b, c, expected) => {
    expect(multiplyAdd(a, b, c)).toBe(expected);
    expect(multiplyAdd(-a, b, -c)).toBe(-expected);
  });
});

describe("logarithm, sine and cosine", () => {
  it("are close to Math's: 2^-23 for float32, 2^-51 for float64", () => {
    const engine = new MersenneTwister(11);
    let worst32 = 0;
    let worst64 = 0;
    for (let i = 0; i < 20_000; i++) {
      const u = uniform53(engine);
      const angle = 2 * Math.PI * uniform53(engine);
      worst64 = Math.max(
        worst64,
        Math.abs(log64(1 - u) / Math.log(1 - u) - 1),
        Math.abs(sin64(angle) - Math.sin(angle)),
        Math.abs(cos64(angle) - Math.cos(angle)),
      );
      const k = Math.ceil(u * 2 ** 24) / 2 ** 24;
      const angle32 = Math.fround(angle);
      worst32 = Math.max(
        worst32,
        Math.abs(log32(k) / Math.log(k) - 1),
        Math.abs(sin32(angle32) - Math.sin(angle32)),
        Math.abs(cos32(angle32) - Math.cos(angle32)),
      );
    }
    expect(worst64).toBeLessThan(2 ** -51);
    expect(worst32).toBeLessThan(2 ** -23);
  });

  it("are exact where the result is", () => {
    for (const log of [log32, log64]) expect(log(1)).toBe(0);
    for (const sin of [sin32, sin64]) expect(sin(0)).toBe(0);
    for (const cos of [cos32, cos64]) expect(cos(0)).toBe(1);
  });
});
