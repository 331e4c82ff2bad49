import { readStream, type StreamOf } from "../../read-stream.js";
import { TableError } from "../table-error.js";

/** The part of a DecompressionStream that is used here. */
interface Decompression {
  readonly readable: StreamOf<Uint8Array>;
  readonly writable: {
    getWriter(): {
      write(chunk: Uint8Array): Promise<void>;
      close(): Promise<void>;
      abort(reason: unknown): Promise<void>;
    };
  };
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** What a gzip file holds. @throws TableError for one that is damaged; what the chunks throw */
export async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const { DecompressionStream: Stream } = globalThis as {
    DecompressionStream?: new (format: "gzip") => Decompression;
  };
  if (Stream === undefined)
    throw new TableError("a gzip file, which cannot be unpacked here: unpack it first");
  const { readable, writable } = new Stream("gzip");
  const failure: { of?: unknown } = {};
  const pumped = pump(chunks, writable.getWriter(), failure);
  try {
    yield* readStream(readable);
  } catch (error) {
    if ("of" in failure) throw failure.of;
    throw new TableError("a gzip file that is damaged or cut off", "table", { cause: error });
  } finally {
    await pumped;
  }
}

async function pump(
  chunks: AsyncIterable<Uint8Array>,
  writer: ReturnType<Decompression["writable"]["getWriter"]>,
  failure: { of?: unknown },
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await iterator.next();
      } catch (error) {
        failure.of = error;
        return await writer.abort(error);
      }
      if (next.done) return await writer.close();
      await writer.write(next.value.slice()); // the chunk's memory may be used again while it waits
    }
  } catch {
    await iterator.return?.(); // nobody reads any more, or what is read is no gzip: the reader is told
  }
}
