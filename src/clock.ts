/**
 * Milliseconds on a clock that only goes forward. Engines without one, such as QuickJS and AudioWorklets, have the time of
 * day.
 */
export function now(): number {
  return typeof performance === "object" ? performance.now() : Date.now();
}
