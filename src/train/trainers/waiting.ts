import { wrongType } from "../../errors.js";

/** The part of an AbortSignal that a run uses: its own type is declared only by TypeScript's lib "dom" and Node's types. */
export interface AbortSignalLike {
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export function checkSignal(name: string, value: unknown): void {
  const { throwIfAborted, addEventListener } = Object(value);
  if (typeof throwIfAborted !== "function" || typeof addEventListener !== "function")
    throw wrongType(name, "an AbortSignal", value);
}

/** Whether a value is a promise of any realm or library: instanceof knows one class. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<PromiseLike<unknown>>).then === "function"
  );
}

/** Awaits a value that may be a promise. Rejects with the signal's reason as soon as the signal is aborted. */
export async function unlessAborted(pending: unknown, signal: AbortSignalLike | null): Promise<unknown> {
  if (signal === null || !isPromiseLike(pending)) return pending;
  let stop = () => {};
  try {
    return await new Promise((resolve, reject) => {
      stop = () => {
        try {
          signal.throwIfAborted();
        } catch (reason) {
          reject(reason);
        }
      };
      pending.then(resolve, reject);
      signal.addEventListener("abort", stop);
      stop(); // it may be aborted already
    });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
