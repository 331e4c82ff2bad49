/** From totals to gradients: Core.accumulate and Core.countNonFinite in ../contract/core.ts. Mirrors assembly/gradient.ts. */
const fround = Math.fround;

export function accumulate(grad: Float32Array, total: Float64Array, scale: number, fresh: boolean): void {
  for (let i = 0; i < grad.length; i++) {
    grad[i] = (fresh ? 0 : (grad[i] as number)) + fround((total[i] as number) * scale);
  }
  total.fill(0, 0, grad.length);
}

export function countNonFinite(values: Float32Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) count++;
  return count;
}
