// Standard normal numbers by the transform of G. E. P. Box and M. E. Muller, "A note on the generation of
// random normal deviates", Annals of Mathematical Statistics 29(2), 1958: with u and v uniform,
// √(−2 ln u)·cos 2πv and √(−2 ln u)·sin 2πv are independent and normal. Which uniforms make which numbers is
// PyTorch's choice.

import { cos32, cos64, log32, log64, sin32, sin64 } from "./elementary.js";
import type { MersenneTwister } from "./mersenne.js";
import { fillUniform, uniform53 } from "./uniform.js";

const RUN = 16; // a run holds 8 radii and their 8 angles; shorter fills go pair by pair
const TWO_PI = /* @__PURE__ */ Math.fround(2 * Math.PI);

/** What `torch.randn` draws on the CPU in float32. */
export class NormalStream {
  // The second number of a float64 pair waits here for the next short fill, however many long ones come
  // between. It belongs to the seed: seeding anew means a new stream.
  private waiting: number | undefined;
  private readonly engine: MersenneTwister;

  constructor(engine: MersenneTwister) {
    this.engine = engine;
  }

  /** Fills `out`. The numbers depend on its length: fills of 4 and 12 are not one of 16. */
  fill(out: Float32Array): void {
    if (out.length < RUN) {
      for (let i = 0; i < out.length; i++) out[i] = this.one();
      return;
    }
    fillUniform(this.engine, out);
    const whole = out.length - (out.length % RUN);
    for (let start = 0; start < whole; start += RUN) transformRun(out, start);
    if (whole < out.length) {
      // The last run overlaps the one before it, and is made of new uniforms.
      const start = out.length - RUN;
      fillUniform(this.engine, out.subarray(start));
      transformRun(out, start);
    }
  }

  /** One number by the float64 path. */
  private one(): number {
    const { waiting } = this;
    if (waiting !== undefined) {
      this.waiting = undefined;
      return waiting;
    }
    const angle = 2 * Math.PI * uniform53(this.engine);
    // PyTorch's log1p(−u): 1 − u is exact.
    const radius = Math.sqrt(-2 * log64(1 - uniform53(this.engine)));
    this.waiting = radius * sin64(angle) + 0;
    return radius * cos64(angle) + 0; // + 0 turns −0 into 0, as adding the mean does in PyTorch
  }
}

/** Turns 16 uniforms into 16 normal numbers, in place: the first 8 give the radii, the last 8 the angles. */
function transformRun(data: Float32Array, start: number): void {
  for (let i = start; i < start + RUN / 2; i++) {
    const j = i + RUN / 2;
    const radius = Math.fround(Math.sqrt(-2 * log32(1 - data[i]!)));
    const angle = Math.fround(TWO_PI * data[j]!);
    data[i] = Math.fround(radius * cos32(angle)) + 0;
    data[j] = Math.fround(radius * sin32(angle)) + 0;
  }
}
