/** Collects garbage until done, or for a while: finalizers run in tasks of their own, some time after a collection. */
export async function eventually(done: () => boolean, rounds = 50): Promise<boolean> {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("these tests need --expose-gc");
  for (let round = 0; round < rounds && !done(); round++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return done();
}
