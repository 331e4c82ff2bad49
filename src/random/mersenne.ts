// MT19937: M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform
// pseudo-random number generator", ACM TOMACS 8(1), 1998. Seeding is the
// authors' init_genrand of 2002, as in PyTorch.

const N = 624; // words of state
const M = 397; // distance of the middle word
const MATRIX_A = 0x9908b0df;
const TOP_BIT = 0x80000000;
const LOW_BITS = 0x7fffffff;

/** The stream of 32-bit words behind PyTorch's CPU generator. */
export class MersenneTwister {
  private readonly state = new Uint32Array(N);
  private next = N; // index of the next word to hand out; N: the state is used up

  /**
   * @param seed a safe integer, negative ones included (the caller checks). Only the low 32 bits of its two's
   *   complement count, as in PyTorch, so -1 and 2^32 - 1 give one stream.
   */
  constructor(seed: number) {
    const { state } = this;
    let word = seed >>> 0;
    state[0] = word;
    for (let i = 1; i < N; i++) {
      word = (Math.imul(word ^ (word >>> 30), 1812433253) + i) >>> 0;
      state[i] = word;
    }
  }

  /** The next word: an integer in [0, 2^32). */
  uint32(): number {
    if (this.next === N) this.twist();
    let word = this.state[this.next++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  /** An integer in [0, 2^53): the low 53 bits of two words, the first of which is the high one. */
  uint53(): number {
    const high = this.uint32() & 0x1fffff;
    return high * 0x100000000 + this.uint32();
  }

  /** Replaces all words of the state by the next ones of the recurrence. */
  private twist(): void {
    const { state } = this;
    // Three stretches, so that no index needs a remainder.
    for (let i = 0; i < N - M; i++) advance(state, i, i + 1, i + M);
    for (let i = N - M; i < N - 1; i++) advance(state, i, i + 1, i + M - N);
    advance(state, N - 1, 0, M - 1);
    this.next = 0;
  }
}

/** state[i] = state[middle] XOR (the top bit of state[i], the low bits of state[next]) · A. */
function advance(state: Uint32Array, i: number, next: number, middle: number): void {
  const joined = (state[i]! & TOP_BIT) | (state[next]! & LOW_BITS);
  state[i] = state[middle]! ^ (joined >>> 1) ^ (-(joined & 1) & MATRIX_A);
}
