/**
 * Catches what has become unreachable, some time later, and calls back with what was registered for it. Compartments of
 * Hardened JavaScript have no FinalizationRegistry: nothing is caught there.
 */
export function newNet<Held>(caught: (held: Held) => void): FinalizationRegistry<Held> | null {
  return typeof FinalizationRegistry === "function" ? new FinalizationRegistry(caught) : null;
}
