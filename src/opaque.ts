/**
 * The value of a property of every object that structuredClone and postMessage would copy without its numbers. They refuse
 * symbols, and V8 shows the text of this one in its error.
 */
export const UNCLONEABLE: unique symbol = /* @__PURE__ */ Symbol(
  "an object of rprop, which cannot be posted; its data can: toArray(), toJSON(), stateDict() or encode({ model, optimizer })",
);

/** What works only as itself: its private fields and core memory are not seen through a Proxy, nor copied with a clone. */
export abstract class Opaque {
  /** @internal */
  readonly uncloneable = UNCLONEABLE;

  /** Vue makes no Proxy of what says so, as its markRaw does. @internal */
  get __v_skip(): boolean {
    return true;
  }
}
