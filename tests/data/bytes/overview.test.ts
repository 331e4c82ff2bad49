import fc from "fast-check";
import { expect, test } from "vitest";
import { overview } from "../../../src/data/bytes/overview.js";

/** One byte at a time. */
function plainly(bytes: Uint8Array) {
  return {
    isAscii: bytes.every((byte) => byte < 128),
    hasQuotes: bytes.includes(34),
    lines: bytes.filter((byte) => byte === 10).length,
  };
}

test("of any bytes at any address, those beside which are not looked at", () => {
  // Those that differ by a bit or by 1 from a quote or a line feed, and the ends of the range.
  const byte = fc.oneof(
    fc.constantFrom(10, 34, 9, 11, 33, 35, 8, 32, 138, 162, 0, 1, 127, 128, 255),
    fc.nat(255),
  );
  const bytes = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(65) }, { weight: 1, arbitrary: byte }));
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(7), fc.constantFrom(10, 34, 200), (list, before, behind, beside) => {
      const all = new Uint8Array(before + list.length + behind).fill(beside);
      all.set(list, before);
      const part = all.subarray(before, before + list.length);
      expect(overview(part)).toEqual(plainly(part));
    }),
    { numRuns: 3000 },
  );
});

test("of each byte alone, in each place of a word", () => {
  for (let byte = 0; byte < 256; byte++)
    for (let place = 0; place < 4; place++) {
      const bytes = new Uint8Array(4).fill(65);
      bytes[place] = byte;
      expect(overview(bytes)).toEqual(plainly(bytes));
    }
});
