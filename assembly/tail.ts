/** The end of a result whose length is no multiple of four. A class for @inline: see elementary.ts. */
export abstract class Tail {
  /** Stores the first count (< 4) lanes of v. */
  @inline
  static store(to: usize, v: v128, count: i32): void {
    if (count > 0) v128.store32_lane(to, v, 0);
    if (count > 1) v128.store32_lane(to, v, 1, 4);
    if (count > 2) v128.store32_lane(to, v, 2, 8);
  }
}
