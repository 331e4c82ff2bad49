/** Four numbers that are not beside each other, and float64 in pairs of vectors. A class for @inline: see elementary.ts. */
export abstract class Four {
  /** A number of each of four rows, the last three of which begin so many bytes after the first. */
  @inline
  static load(at: usize, second: usize, third: usize, fourth: usize): v128 {
    let v = v128.load32_zero(at);
    v = v128.load32_lane(at + second, v, 1);
    v = v128.load32_lane(at + third, v, 2);
    return v128.load32_lane(at + fourth, v, 3);
  }

  @inline
  static store(at: usize, v: v128, second: usize, third: usize, fourth: usize): void {
    v128.store32_lane(at, v, 0);
    v128.store32_lane(at + second, v, 1);
    v128.store32_lane(at + third, v, 2);
    v128.store32_lane(at + fourth, v, 3);
  }

  /** The last two, as the first two. */
  @inline
  static high(v: v128): v128 {
    return v128.shuffle<i32>(v, v, 2, 3, 2, 3);
  }

  /** Ones in the first count lanes. */
  @inline
  static first(count: i32): v128 {
    return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  }

  /** Two pairs of float64 as four float32. */
  @inline
  static narrow(low: v128, high: v128): v128 {
    return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
  }

  /** ((0+1)+(2+3))+((4+5)+(6+7)). */
  @inline
  static sumOfLanes(lane01: v128, lane23: v128, lane45: v128, lane67: v128): f64 {
    const low = Four.sumOfPair(lane01) + Four.sumOfPair(lane23);
    const high = Four.sumOfPair(lane45) + Four.sumOfPair(lane67);
    return low + high;
  }

  @inline
  static sumOfPair(pair: v128): f64 {
    return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
  }
}
