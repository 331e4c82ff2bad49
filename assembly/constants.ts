/** Rows in a block of a sum over rows: both cores cut batches at the same rows (ARCHITECTURE.md, "Numerics"). */
export const BLOCK_ROWS = 256;
