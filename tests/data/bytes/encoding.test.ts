import { describe, expect, test } from "vitest";
import { csvRows, describeCsv, readCsv } from "../../../src/data/index.js";

const TEXT = "größe;name\r\n1,5;Åsa €\r\n2,5;😀\r\n";

/** A text in UTF-16, with a byte order mark or without. */
function utf16(text: string, isBig: boolean, marked: boolean): Uint8Array {
  const bytes = [...(marked ? `\ufeff${text}` : text).split("")].flatMap((unit) => {
    const code = unit.charCodeAt(0);
    return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
  return Uint8Array.from(bytes);
}

/** A text of windows-1252. */
const windows = (text: string) =>
  Uint8Array.from(text, (character) => (character === "€" ? 0x80 : character.charCodeAt(0)));

async function encodingOf(bytes: Uint8Array) {
  const { dialect, notes, columns } = await describeCsv(() => bytes);
  return { encoding: dialect.encoding, notes, columns };
}

describe("encodings", () => {
  test.each([
    ["utf-16le", false, true],
    ["utf-16le", false, false],
    ["utf-16be", true, true],
    ["utf-16be", true, false],
  ] as const)("%s (big: %s, byte order mark: %s) is read, cut anywhere", async (encoding, isBig, marked) => {
    const bytes = utf16(TEXT, isBig, marked);
    expect(readCsv(bytes).names).toEqual(["größe", "name"]);
    expect(readCsv(bytes).labels("name")).toEqual(["Åsa €", "😀"]);
    expect((await encodingOf(bytes)).encoding).toBe(encoding);
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const [rows] = [...csvRows(chunks, { x: ["größe"], strings: ["name"] })];
    expect(rows?.strings).toEqual([["Åsa €"], ["😀"]]);
    expect([...rows!.x.data]).toEqual([1.5, 2.5]);
  });

  test("bytes that are no UTF-8 are windows-1252, as Excel writes them in Europe", async () => {
    const bytes = windows("größe;preis\n1;5 €\n2;7 €\n");
    expect(readCsv(bytes).names).toEqual(["größe", "preis"]);
    const { encoding, notes } = await encodingOf(bytes);
    expect(encoding).toBe("windows-1252");
    expect(notes).toContain("Read as windows-1252.");
  });

  test("windows-1252 has quotes, dashes and the euro where ISO 8859-1 has control characters", () => {
    const codes = Array.from({ length: 128 }, (_, i) => 0x80 + i);
    const bytes = Uint8Array.from([...new TextEncoder().encode("a\n"), ...codes, 10]);
    const special = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
    const latin = String.fromCharCode(...codes.slice(32));
    expect(readCsv(bytes).labels("a")).toEqual([special + latin]);
  });

  test("a byte that is no UTF-8 behind the first MiB makes describeCsv and readCsv begin again", async () => {
    const bytes = windows(`a,b\n${"1,x\n".repeat(300_000)}2,é\n`);
    expect(bytes.length).toBeGreaterThan(1 << 20);
    const { dialect, rows } = await describeCsv(() => bytes);
    expect([dialect.encoding, rows]).toEqual(["windows-1252", 300_001]);
    expect(readCsv(bytes).labels("b")[300_000]).toBe("é");
    expect(() => [...csvRows(bytes, { x: ["a"] })]).toThrow(
      'line 300002: expected text in UTF-8 (or in another encoding: { encoding: "windows-1252" })',
    );
    const read = [...csvRows(bytes, { x: ["a"], encoding: "windows-1252" })];
    expect(read.reduce((sum, { rows }) => sum + rows, 0)).toBe(300_001);
    expect([...csvRows(bytes, { x: ["a"], dialect })].length).toBe(read.length);
    await expect(describeCsv(() => bytes, { encoding: "utf-8" })).rejects.toThrow("line 300002");
  });

  test("an encoding that is asked for is not guessed, and text has none", () => {
    const bytes = new TextEncoder().encode("ä\n1\n");
    expect(readCsv(bytes, { encoding: "windows-1252" }).names).toEqual(["Ã¤"]);
    expect(readCsv("ä\n1\n", { encoding: "utf-16le" }).names).toEqual(["ä"]);
  });
});
