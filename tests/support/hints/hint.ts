/** Advice that a message gives, and what comes of following it. */
export interface Hint {
  /** A part of the text in the sources that gives it. */
  readonly words: string;
  /** Does what is refused: throws, or rejects with, a message that has the words. */
  readonly refused: () => unknown;
  /** Does what the message says. Throws, or resolves to false, where that does not help. */
  readonly followed: (message: string) => unknown;
}

/** The message of what is refused. @throws Error where it is not */
export async function messageOf(refused: () => unknown): Promise<string> {
  let outcome: unknown;
  try {
    outcome = await refused();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`expected a refusal, got ${String(outcome)}`);
}

/** The word that was meant. */
export function meant(message: string): string {
  return /did you mean "(.+?)"/.exec(message)?.[1] ?? "nothing";
}
