/**
 * A registry that calls back some time after a registered object has become unreachable, with what was registered for it.
 * Compartments of Hardened JavaScript have no FinalizationRegistry: nothing is caught there.
 */
export function newFinalizationRegistry<Held>(
  caught: (held: Held) => void,
): FinalizationRegistry<Held> | null {
  return typeof FinalizationRegistry === "function" ? new FinalizationRegistry(caught) : null;
}
