/**
 * Assertions about operands, for the debug build (docs/debugging.md). The release build is compiled with noAssert: nothing
 * of them is left in it.
 */
import { FIRST_ADDRESS } from "./constants";

/** An operand of so many float32: aligned, behind the address 0, and within the memory. */
export function assertFloats(address: usize, count: i32): void {
  assert(count >= 0, "a count is negative");
  assert((address & 3) == 0, "an operand is not aligned to float32");
  assert(
    address >= <usize>FIRST_ADDRESS,
    "an operand lies before the first block: was its address read after it was freed?",
  );
  assert(
    address + ((<usize>count) << 2) <= (<usize>memory.size()) << 16,
    "an operand ends behind the memory",
  );
}

/** An operand of so many float64. */
export function assertDoubles(address: usize, count: i32): void {
  assert((address & 7) == 0, "an operand is not aligned to float64");
  assertFloats(address, count << 1);
}
