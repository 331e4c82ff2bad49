/** What V8 offers under --expose-gc, and Firefox where dom.testing.testutils.enabled is set. */
interface Collectors {
  gc?: () => void;
  TestUtils?: { gc(): Promise<void> };
}

/** Collects garbage until done, or for a while: finalizers run in tasks of their own, some time after a collection. */
export async function eventually(done: () => boolean, rounds = 50): Promise<boolean> {
  const { gc, TestUtils } = globalThis as Collectors;
  const collect = gc ?? TestUtils?.gc;
  if (collect === undefined) throw new Error("these tests need --expose-gc");
  for (let round = 0; round < rounds && !done(); round++) {
    await collect();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return done();
}
