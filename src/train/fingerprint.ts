import { checkModule, type Module } from "../nn/module.js";

const CANONICAL_NAN = 0x7fc00000;

/**
 * Gives sixteen hexadecimal digits that stand for a model's layers and the bits of all its numbers,
 * parameters and the scaling of Normalization: two models that have the same compute the same. By two 32-bit
 * MurmurHash3 (Appleby 2011); not for security. NaN is one value.
 *
 * @param model any model
 * @returns the digits
 * @throws TypeError for what is no module; Error after dispose()
 * @example
 * import { fingerprint, Linear, manualSeed } from "rprop";
 * manualSeed(0);
 * const first = fingerprint(new Linear(3, 2));
 * manualSeed(0);
 * console.log(fingerprint(new Linear(3, 2)) === first); // true
 */
export function fingerprint(model: Module): string {
  checkModule("model", model);
  model.checkAlive();
  const hashes = [new Murmur3(0), new Murmur3(1)];
  const add = (word: number) => {
    for (const hash of hashes) hash.add(word);
  };
  const text = (string: string) => {
    for (let i = 0; i < string.length; i++) add(string.charCodeAt(i));
  };
  text(model.describe());
  for (const [name, { shape, data }] of Object.entries(model.stateDict())) {
    text(`;${name}[${shape.join(",")}]`);
    const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
    data.forEach((value, i) => {
      add(Number.isNaN(value) ? CANONICAL_NAN : (words[i] as number));
    });
  }
  return hashes.map((hash) => hash.digest()).join("");
}

/** MurmurHash3_x86_32 of whole words (Appleby 2011). */
class Murmur3 {
  #hash: number;
  #words = 0;

  constructor(seed: number) {
    this.#hash = seed;
  }

  add(word: number): void {
    const k = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    this.#hash = Math.imul(rotate(this.#hash ^ k, 13), 5) + 0xe6546b64;
    this.#words++;
  }

  digest(): string {
    let h = this.#hash ^ (4 * this.#words);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, "0");
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
