/** What is asked of a ReadableStream: types of the web are not everywhere. */
export interface StreamOf<Chunk> {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Chunk | undefined }>;
    cancel(): Promise<void>;
    releaseLock(): void;
  };
}

/** Reads a stream where streams are no iterables, as in WebKit. Whoever ends early cancels it, as a loop over it would. */
export async function* readStream<Chunk>(stream: StreamOf<Chunk>): AsyncGenerator<Chunk, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as Chunk;
    }
  } finally {
    await reader.cancel(); // of a stream that has ended, it does nothing
    reader.releaseLock();
  }
}
