/** The part of a ReadableStream that is used here: its own type is declared only by TypeScript's lib "dom" and Node's types. */
export interface StreamOf<Chunk> {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Chunk | undefined }>;
    cancel(): Promise<void>;
    releaseLock(): void;
  };
}

/**
 * The chunks of a stream, for engines whose streams are not iterable, such as WebKit. Whoever stops early cancels the stream,
 * as a loop over an iterable one does.
 */
export async function* readStream<Chunk>(stream: StreamOf<Chunk>): AsyncGenerator<Chunk, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as Chunk;
    }
  } finally {
    await reader.cancel(); // it does nothing to a stream that has ended
    reader.releaseLock();
  }
}

/** Pieces that are there already, or come, one by one as those of a stream. */
export async function* later<T>(pieces: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* pieces;
}
