/**
 * Bytes as text, so that wasm modules can stand in code that any server, bundler or charset leaves alone: printable ASCII.
 * The 89 bytes from 251 on, around 255, are most of what wasm consists of (small numbers, the prefix of SIMD, frequent
 * instructions) and one character each, from # on; the others are two, the first of which is | or }. Gzipped at the start of
 * the bundle, hexadecimal takes 12 % more, and base64, whose characters cut across bytes, 45 %.
 */
const FIRST_BYTE = 251;
const FIRST_CODE = 35;
const SINGLES = 89;
const SECONDS = 84;

/** For the build. */
export function textOfBytes(bytes: Uint8Array): string {
  const character = (value: number) => String.fromCharCode(FIRST_CODE + value);
  return Array.from(bytes, (byte) => {
    const value = (byte - FIRST_BYTE) & 255;
    if (value < SINGLES) return character(value);
    const rest = value - SINGLES;
    return character(SINGLES + Math.floor(rest / SECONDS)) + character(rest % SECONDS);
  }).join("");
}

export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    let value = text.charCodeAt(i) - FIRST_CODE;
    if (value >= SINGLES) value = SINGLES + (value - SINGLES) * SECONDS + text.charCodeAt(++i) - FIRST_CODE;
    bytes.push(value + FIRST_BYTE);
  }
  return Uint8Array.from(bytes); // modulo 256
}
