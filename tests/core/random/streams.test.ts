import { describe, expect, it } from "vitest";
import { cos32, cos64, exp64, log32, log64, sin32, sin64 } from "../../../src/random/elementary.js";
import { MersenneTwister } from "../../../src/random/mersenne.js";
import { NormalStream } from "../../../src/random/normal.js";
import { fillUniform, multiplyAdd, uniform53 } from "../../../src/random/uniform.js";
import { decode } from "../../golden/golden.js";
import random from "../../golden/random.json?raw";

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

const golden: Golden = JSON.parse(random);

class Streams {
  readonly engine: MersenneTwister;
  private readonly normal: NormalStream;
  constructor(seed: number) {
    this.engine = new MersenneTwister(seed);
    this.normal = new NormalStream(this.engine);
  }
  rand(size: number, from?: number, to?: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(size);
    fillUniform(this.engine, out, from, to);
    return out;
  }
  randn(size: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(size);
    this.normal.fill(out);
    return out;
  }
}

function hex(values: Uint32Array | Uint8Array): string[] {
  return Array.from(values, (value) => value.toString(16).padStart(2 * values.BYTES_PER_ELEMENT, "0"));
}

function bits(values: Float32Array): string[] {
  return hex(new Uint32Array(values.buffer, values.byteOffset, values.length));
}

async function hash(values: Float32Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", values))).join("");
}

async function expectRecorded(
  drawn: Float32Array<ArrayBuffer>,
  { values, head, sha256 }: Recorded,
): Promise<void> {
  if (values !== undefined) expect(bits(drawn)).toEqual(bits(decode(values)));
  if (head !== undefined) expect(bits(drawn.subarray(0, 4))).toEqual(bits(decode(head)));
  if (sha256 !== undefined) expect(await hash(drawn)).toBe(sha256);
  expect(values ?? sha256).toBeDefined();
}

describe(`draws what PyTorch ${golden.torch} draws, to the bit`, () => {
  it.each(golden.sessions)("$name", async ({ steps }) => {
    let streams = new Streams(0);
    for (const step of steps) {
      if (step.call === "manualSeed") streams = new Streams(step.seed);
      else if (step.call === "randn") await expectRecorded(streams.randn(step.size), step);
      else if (step.call === "rand") await expectRecorded(streams.rand(step.size), step);
      else await expectRecorded(streams.rand(step.size, step.from, step.to), step);
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
        Math.abs(exp64(-700 * u) / Math.exp(-700 * u) - 1),
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

  it("have logarithms and exponentials of all numbers, within 2^-51 of Math's", () => {
    const engine = new MersenneTwister(12);
    let worst = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = 1416 * uniform53(engine) - 708;
      const y = Math.exp(x);
      worst = Math.max(worst, Math.abs(exp64(x) / y - 1), Math.abs(log64(y) / Math.log(y) - 1));
    }
    expect(worst).toBeLessThan(2 ** -51);
  });

  it("end where float64 does", () => {
    expect([exp64(-746), exp64(-Infinity), exp64(710), exp64(Infinity)]).toEqual([0, 0, Infinity, Infinity]);
    expect([exp64(NaN), exp64(0), exp64(-0)]).toEqual([NaN, 1, 1]);
    expect(exp64(-745.13)).toBe(5e-324);
    expect(exp64(709.7827) / Math.exp(709.7827)).toBeCloseTo(1, 14);
    expect(exp64(-720) / Math.exp(-720)).toBeCloseTo(1, 8); // subnormal
    expect(log64(5e-324)).toBeCloseTo(-744.4400719213812, 12);
    expect(log64(Number.MAX_VALUE)).toBeCloseTo(709.782712893384, 12);
  });

  it("are exact where the result is", () => {
    for (const log of [log32, log64]) expect(log(1)).toBe(0);
    expect([exp64(0), exp64(-Infinity)]).toEqual([1, 0]);
    for (const sin of [sin32, sin64]) expect(sin(0)).toBe(0);
    for (const cos of [cos32, cos64]) expect(cos(0)).toBe(1);
  });
});
