import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";

/** Memory that rows may take, in bytes: half of what there is. */
export function memoryLimit(): number {
  const constrained = constrainedMemory?.() ?? 0; // 0, or more than there is, where there is no limit
  return (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()) / 2;
}
