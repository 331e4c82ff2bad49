/**
 * Scratch, the memory that a kernel may write besides its results. The caller provides it; in bytes:
 *
 *     0 ┌─ zeros    eight +0, where sums without a bias start; never written
 *    32 ├─ edge     the results of one panel (256 × 8), or the lanes of a sum
 *  8224 └─ panels   the right-hand matrix: per 8 columns, 8 starts and then depth × 8 values, padded with zeros
 */
import { BLOCK_ROWS } from "./constants";

export const EDGE: usize = 32;
export const PANELS: usize = EDGE + BLOCK_ROWS * 32;
