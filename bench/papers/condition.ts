/** The condition number of XᵀX: its largest eigenvalue over its smallest, by Jacobi's cyclic rotations. */
export function conditionNumber(x: readonly (readonly number[])[]): number {
  const size = x[0]!.length;
  const a = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => x.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  const SWEEPS = 20; // convergence is quadratic: some six are enough
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, p, q);
  const eigenvalues = a.map((row, i) => row[i]!);
  return Math.max(...eigenvalues) / Math.min(...eigenvalues);
}

/** Rotates rows and columns p and q of a symmetric matrix so that a[p][q] becomes 0. */
function rotate(a: number[][], p: number, q: number): void {
  if (a[p]![q] === 0) return;
  const half = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (const row of a) [row[p], row[q]] = turn(row[p]!, row[q]!);
  [a[p], a[q]] = [a[p]!.map((v, i) => turn(v, a[q]![i]!)[0]), a[q]!.map((v, i) => turn(a[p]![i]!, v)[1])];

  function turn(u: number, v: number): [number, number] {
    return [cosine * u - sine * v, sine * u + cosine * v];
  }
}
