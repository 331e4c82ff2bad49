import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIRST_ADDRESS } from "../../assembly/constants.js";
import { ALIGNMENT, Allocator } from "../../src/core/wasm/allocator.js";

interface Range {
  address: number;
  bytes: number;
}

const LIMIT = 1024 + 8192;

/** Allocate so many bytes, or free one of those allocated: the one at this place, counted around. */
type Call = { allocate: number } | { free: number };

const calls = fc.array(
  fc.oneof(
    fc.record({ allocate: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ allocate: fc.integer({ min: 0, max: 2000 }) }),
    fc.record({ free: fc.nat(50) }),
  ) as fc.Arbitrary<Call>,
  { maxLength: 120, size: "max" },
);

const rounded = (bytes: number): number => Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);

/** The lowest address where so many bytes fit between the ranges in use and below the limit. */
function lowestGap(used: readonly Range[], bytes: number): number | null {
  let address = FIRST_ADDRESS;
  for (const range of [...used].sort((a, b) => a.address - b.address)) {
    if (address + rounded(bytes) <= range.address) return address;
    address = range.address + rounded(range.bytes);
  }
  return address + rounded(bytes) <= LIMIT ? address : null;
}

/** Replays calls; before each allocation it says what is in use. */
function replay(
  sequence: readonly Call[],
  onAllocate: (address: number | null, bytes: number, used: readonly Range[]) => void,
): { allocator: Allocator; used: Range[] } {
  const allocator = new Allocator();
  const used: Range[] = [];
  for (const call of sequence) {
    if ("allocate" in call) {
      const bytes = call.allocate;
      const address = allocator.allocate(bytes, LIMIT);
      onAllocate(address, bytes, used);
      if (address !== null) used.push({ address, bytes });
    } else if (used.length > 0) {
      const [range] = used.splice(call.free % used.length, 1);
      allocator.free(range!.address, range!.bytes);
    }
  }
  return { allocator, used };
}

function check(onSequence: (sequence: readonly Call[]) => void): void {
  fc.assert(fc.property(calls, onSequence), { seed: 1, numRuns: 300 });
}

describe("Allocator, through any sequence of calls,", () => {
  it("gives aligned ranges from FIRST_ADDRESS up and below the limit", () => {
    check((sequence) => {
      replay(sequence, (address, bytes) => {
        if (address === null) return;
        expect(address % 16).toBe(0);
        expect(address).toBeGreaterThanOrEqual(1024);
        expect(address + bytes).toBeLessThanOrEqual(LIMIT);
      });
    });
  });

  it("gives no byte twice", () => {
    check((sequence) => {
      replay(sequence, (address, bytes, used) => {
        if (address === null) return;
        const apart = (other: Range) =>
          address + Math.max(1, bytes) <= other.address ||
          other.address + Math.max(1, other.bytes) <= address;
        expect(used.every(apart)).toBe(true);
      });
    });
  });

  it("gives the lowest gap that is wide enough, and null only where there is none", () => {
    check((sequence) => {
      replay(sequence, (address, bytes, used) => {
        expect(address).toBe(lowestGap(used, bytes));
      });
    });
  });

  it("ends its top at the highest range in use", () => {
    check((sequence) => {
      const { allocator, used } = replay(sequence, () => {});
      const ends = used.map(({ address, bytes }) => address + rounded(bytes));
      expect(allocator.top).toBe(Math.max(FIRST_ADDRESS, ...ends));
    });
  });

  it("joins all that was freed, in any order, to what it was at first", () => {
    const property = fc.property(calls, fc.infiniteStream(fc.nat()), (sequence, picks) => {
      const { allocator, used } = replay(sequence, () => {});
      while (used.length > 0) {
        const [range] = used.splice(picks.next().value % used.length, 1);
        allocator.free(range!.address, range!.bytes);
      }
      expect(allocator.top).toBe(FIRST_ADDRESS);
      expect(allocator.allocate(LIMIT - FIRST_ADDRESS, LIMIT)).toBe(FIRST_ADDRESS);
    });
    fc.assert(property, { seed: 2, numRuns: 300 });
  });
});

describe("Allocator", () => {
  it("starts at an address that Binaryen does not take as unused", () => {
    expect(FIRST_ADDRESS).toBe(1024);
    expect(new Allocator().allocate(1, LIMIT)).toBe(1024);
  });

  it("gives a freed range again, and its rest to a smaller one", () => {
    const allocator = new Allocator();
    const [first] = [allocator.allocate(64, LIMIT)!, allocator.allocate(16, LIMIT)!];
    allocator.free(first, 64);
    expect(allocator.allocate(30, LIMIT)).toBe(first);
    expect(allocator.allocate(32, LIMIT)).toBe(first + 32);
  });

  it("gives ranges of no bytes addresses of their own", () => {
    const allocator = new Allocator();
    const addresses = [0, 0, 0].map((bytes) => allocator.allocate(bytes, LIMIT));
    expect(new Set(addresses).size).toBe(3);
  });

  it("fills up to the limit exactly, and goes on when the limit rises", () => {
    const allocator = new Allocator();
    expect(allocator.allocate(LIMIT - FIRST_ADDRESS, LIMIT)).toBe(FIRST_ADDRESS);
    expect(allocator.allocate(1, LIMIT)).toBeNull();
    expect(allocator.allocate(1, LIMIT + ALIGNMENT)).toBe(LIMIT);
  });
});
