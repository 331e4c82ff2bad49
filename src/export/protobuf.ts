/**
 * Protocol Buffers, for writing: a message is its fields one after the other, each a tag (its number · 8 + its wire type)
 * and its value. https://protobuf.dev/programming-guides/encoding
 */
import { encodeText } from "../utf8.js";

export type Field = Uint8Array<ArrayBuffer>;

const [VARINT, LENGTH, FIXED32] = [0, 2, 5];

/** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

function tag(number: number, type: number): number[] {
  return varint(number * 8 + type);
}

/** A whole number of at least 0. */
export function integer(number: number, value: number): Field {
  return Uint8Array.from([...tag(number, VARINT), ...varint(value)]);
}

export function float(number: number, value: number): Field {
  return join([Uint8Array.from(tag(number, FIXED32)), bytesField(Float32Array.of(value))]);
}

export function bytes(number: number, value: Uint8Array<ArrayBuffer>): Field {
  return join([Uint8Array.from([...tag(number, LENGTH), ...varint(value.length)]), value]);
}

export function textField(number: number, value: string): Field {
  return bytes(number, encodeText(value));
}

export function message(number: number, fields: readonly Field[]): Field {
  return bytes(number, join(fields));
}

export function join(fields: readonly Field[]): Field {
  const joined = new Uint8Array(fields.reduce((size, field) => size + field.length, 0));
  let at = 0;
  for (const field of fields) {
    joined.set(field, at);
    at += field.length;
  }
  return joined;
}

/** Little-endian, which every machine that runs JavaScript is. */
export function bytesField(values: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.slice().buffer);
}
