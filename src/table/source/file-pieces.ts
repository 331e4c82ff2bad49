/** The bytes of a file as they come, and what they begin with. */
import { type Chunk, ChunkEncoder } from "../../data/bytes/chunk-encoder.js";
import { isGzip, unzipped } from "./gzip.js";
import { isJson } from "./json-records.js";

/** What a table is read for. */
export type Phase = "describing" | "reading" | "training" | "measuring";

/** How far a reading of a file has come. */
export interface ReadingProgress {
  /** What the table is read for. */
  readonly phase: Phase;
  /** Of the source, as it is stored, since the reading began. */
  readonly bytes: number;
  /** Whether this is the end of the reading. */
  readonly done: boolean;
}

/** Is told how far a reading has come. */
export type OnProgress = (progress: ReadingProgress) => void;

/** Bytes that tell gzip and JSON from CSV. */
const HEAD = 64;

/** A file that is unpacked, and whether it is JSON. */
export interface OpenedFile {
  readonly kind: "csv" | "json";
  readonly chunks: AsyncIterable<Uint8Array>;
}

export async function openedFile(
  source: AsyncIterable<Chunk>,
  phase: Phase,
  onProgress: OnProgress,
): Promise<OpenedFile> {
  const chunks = await peeked(counted(source, phase, onProgress));
  const plain = isGzip(chunks.head) ? await peeked(unzipped(chunks.all())) : chunks;
  return { kind: isJson(plain.head) ? "json" : "csv", chunks: plain.all() };
}

async function* counted(
  chunks: AsyncIterable<Chunk>,
  phase: Phase,
  onProgress: OnProgress,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new ChunkEncoder();
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      const piece = encoder.encode(chunk);
      yield piece;
      bytes += piece.length;
      onProgress({ phase, bytes, done: false });
    }
    yield encoder.end();
  } finally {
    onProgress({ phase, bytes, done: true });
  }
}

/** The first bytes of chunks, and all of them. A chunk that is long enough is not copied: its memory may be used again for the next. */
async function peeked(chunks: AsyncGenerator<Uint8Array, void>) {
  let first: Uint8Array = new Uint8Array();
  while (first.length < HEAD) {
    const next = await chunks.next();
    if (next.done) break;
    first =
      first.length === 0 && next.value.length >= HEAD
        ? next.value
        : Uint8Array.from([...first, ...next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array, void> {
    try {
      yield first;
      yield* chunks;
    } finally {
      await chunks.return();
    }
  }
  return { head: first, all };
}
