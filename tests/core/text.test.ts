import { expect, test } from "vitest";
import { bytesOfText, textOfBytes } from "../../src/core/wasm/text.js";

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test("every byte comes back from its text, after every other", () => {
  for (const byte of every) {
    const bytes = Uint8Array.from([...every].flatMap((other) => [byte, other]));
    expect(bytesOfText(textOfBytes(bytes))).toEqual(bytes);
  }
  expect(bytesOfText("")).toEqual(new Uint8Array(0));
});

test("text is printable ASCII without quotes", () => {
  expect(textOfBytes(every)).toMatch(/^[#-}]+$/);
});
