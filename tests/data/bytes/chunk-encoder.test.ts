import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkEncoder } from "../../../src/data/bytes/chunk-encoder.js";

/** The bytes of all chunks, one after another. */
function encoded(chunks: readonly (Uint8Array | string)[]): number[] {
  const encoder = new ChunkEncoder();
  const bytes = chunks.flatMap((chunk) => [...encoder.encode(chunk)]);
  return [...bytes, ...encoder.end()];
}

const whole = (text: string) => [...new TextEncoder().encode(text)];

describe("ChunkEncoder", () => {
  test("gives the bytes of a text, wherever it is cut, lone halves of characters among them", () => {
    const text = fc
      .array(fc.constantFrom("a", "é", "ж", "😀", "\ud83d", "\ude00", "\ufeff"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(12)), (text, cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
        expect(encoded(pieces)).toEqual(whole(text));
        expect(encoded(text.split(""))).toEqual(whole(text));
      }),
      { numRuns: 300 },
    );
  });

  test("waits for the other half of a character over empty texts", () => {
    expect(encoded(["a\ud83d", "", "", "\ude00b"])).toEqual(whole("a😀b"));
    expect(encoded(["a\ud83d", ""])).toEqual(whole("a\ufffd"));
  });

  test("gives bytes as they are, without a copy, behind half a character too", () => {
    const bytes = Uint8Array.of(1, 255, 0);
    const given = new ChunkEncoder().encode(bytes.subarray(1));
    expect([given.buffer, ...given]).toEqual([bytes.buffer, 255, 0]);
    expect(encoded(["a\ud83d", Uint8Array.of(98), "c"])).toEqual(whole("a\ufffdbc"));
  });

  test.each([1, null, undefined, [1], new Int16Array(1), {}])("refuses %j", (chunk) => {
    expect(() => new ChunkEncoder().encode(chunk as unknown as string)).toThrow(TypeError);
  });
});
