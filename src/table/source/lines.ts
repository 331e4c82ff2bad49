const LF = 10;

/** The first lines of a text in bytes: all that stands in front of the line that is one too many. */
export async function* firstLines(
  chunks: AsyncIterable<Uint8Array | string>,
  lines: number,
): AsyncGenerator<Uint8Array | string, void> {
  let left = lines;
  for await (const chunk of chunks) {
    let at = 0;
    while (left > 0) {
      const end = typeof chunk === "string" ? chunk.indexOf("\n", at) : chunk.indexOf(LF, at);
      if (end < 0) break;
      at = end + 1;
      left--;
    }
    if (left > 0) yield chunk;
    else {
      yield typeof chunk === "string" ? chunk.slice(0, at) : chunk.subarray(0, at);
      return;
    }
  }
}
