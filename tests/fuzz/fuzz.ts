import { MersenneTwister } from "../../src/random/mersenne.js";

const MILLISECONDS = 2500;
/** So many files of either kind are read, however slow the machine is. */
const FILES = 60;
const SEED = 20;
/** What damaged files of some hundred bytes may take, garbage included, and no act longer than a busy machine's pauses. */
const MAX_BYTES = 2 ** 28;
const MAX_MILLISECONDS = 10_000;

/** Numbers below a limit, the same for the same seed. */
export type Draw = (limit: number) => number;

const prototypes = [Object, Array, Map, String, Number, Function, Float32Array, Float64Array, Uint8Array];
const keys = () => prototypes.map(({ prototype }) => Reflect.ownKeys(prototype).map(String));

/** Bytes with some of them changed, left out, doubled, cut off, or replaced by what is worth trying. */
export function mutated(bytes: Uint8Array, draw: Draw, morsels: readonly string[]): Uint8Array {
  let list = [...bytes];
  for (let times = 1 + draw(4); times > 0; times--) {
    const [at, length] = [draw(list.length + 1), draw(9)];
    const morsel = [...new TextEncoder().encode(morsels[draw(morsels.length)])];
    const change = draw(5);
    if (change === 0) list[at] = draw(256);
    else if (change === 1) list.splice(at, length);
    else if (change === 2) list.splice(at, 0, ...list.slice(at, at + length));
    else if (change === 3) list.splice(at, draw(2) * morsel.length, ...morsel);
    else if (draw(4) === 0) list = list.slice(0, at);
  }
  return Uint8Array.from(list, (byte) => byte ?? 0);
}

/**
 * Reads damaged files for some time, and counts what became of them. Whatever is thrown but a FormatError fails, and so do
 * an act that takes long, memory that grows without bound, and a prototype that is another afterwards.
 *
 * @param act makes a damaged file and reads it; false where there was nothing to read
 */
export function fuzz(act: (draw: Draw) => unknown): { read: number; refused: number } {
  const engine = new MersenneTwister(SEED);
  const draw: Draw = (limit) => engine.uint32() % limit;
  const counts = { read: 0, refused: 0 };
  const before = JSON.stringify(keys());
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const atFirst = held();
  const isEnough = () => Math.min(counts.read, counts.refused) >= FILES;
  for (const end = Date.now() + MILLISECONDS; Date.now() < end || !isEnough(); ) {
    const start = Date.now();
    try {
      if (act(draw) !== false) counts.read++;
    } catch (error) {
      if ((error as Error).name !== "FormatError") throw error;
      counts.refused++;
    }
    if (Date.now() - start > MAX_MILLISECONDS) throw new Error(`took ${Date.now() - start} ms`);
    if (held() - atFirst > MAX_BYTES) throw new Error(`holds ${held() - atFirst} bytes more than at first`);
  }
  if (JSON.stringify(keys()) !== before) throw new Error("a prototype has changed");
  return counts;
}
