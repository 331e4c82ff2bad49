/** What both cores, or the kernels and their caller, have to agree on. Untyped, so that TypeScript reads it too. */

/** Rows in a block of a sum over rows: both cores cut batches at the same rows (ARCHITECTURE.md, "Numerics"). */
export const BLOCK_ROWS = 256;

/** A row of a panel: eight float32. */
export const PANEL_ROW_BYTES = 32;

/** Blocks lie from here on: Binaryen takes the addresses below as unused, and the address 0 stands for "none". */
export const FIRST_ADDRESS = 1024;

// Scratch, the memory that a kernel may write besides its results. The caller provides it; in bytes:
//
//     0 ┌─ ZEROS     eight +0, where sums without a bias start; never written
//    32 ├─ RESULTS   the results of one panel (256 × 8), or the lanes of a sum
//  8224 └─ PANELS    eight columns of a block of rows: 8 starts and then 256 × 8 values
export const ZEROS = 0;
export const RESULTS = ZEROS + PANEL_ROW_BYTES;
export const PANELS = RESULTS + BLOCK_ROWS * PANEL_ROW_BYTES;

// What a parameter does whose gradient has changed its sign (RpropRule.onFlip).
export const ON_FLIP_STAY = 0;
export const ON_FLIP_MOVE = 1;
export const ON_FLIP_BACK = 2;
