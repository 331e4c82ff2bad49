import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError, readNpy, writeNpy } from "../../src/data/index.js";
import { tensor } from "../../src/index.js";

interface Recorded {
  cases: { name: string; file: string; shape: number[]; values: number[] }[];
  refused: Record<string, string>;
}

const { cases, refused }: Recorded = JSON.parse(readFileSync("tests/golden/npy.json", "utf8"));
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const file = (name: string) => bytesOf(cases.find((each) => each.name === name)!.file);

/** A file with another header of the same length. */
function withHeader(header: string): Uint8Array {
  const bytes = file("<f8").slice();
  bytes.set(new TextEncoder().encode(header.padEnd(117)), 10);
  return bytes;
}

describe("readNpy", () => {
  test.each(cases)("reads NumPy's $name", ({ file, shape, values }) => {
    const read = readNpy(bytesOf(file));
    expect(read.shape).toEqual(shape);
    expect([...read.data]).toEqual(values);
  });

  test.each([
    ["<f2", Float32Array],
    [">f4", Float32Array],
    ["<f8", Float64Array],
    ["|u1", Uint8Array],
    [">i2", Int16Array],
    ["<u4", Uint32Array],
    ["<i8", Float64Array],
  ])("gives %s as %o", (name, Type) => {
    expect(readNpy(file(name)).data).toBeInstanceOf(Type);
  });

  test("copies, from wherever the bytes are", () => {
    const bytes = file("<f8");
    const odd = new Uint8Array(bytes.length + 3);
    odd.set(bytes, 3);
    const expected = readNpy(bytes).data;
    const { data } = readNpy(odd.subarray(3));
    odd.fill(0);
    expect(data).toEqual(expected);
    const buffer = Buffer.from(bytes);
    const fromBuffer = readNpy(buffer).data;
    buffer.fill(0);
    expect(fromBuffer).toEqual(expected);
  });

  test("takes entries in any order, and a header without blanks", () => {
    const { data } = readNpy(withHeader("{'shape':(3,2),'fortran_order':False,'descr':'<f8'}"));
    expect(data).toEqual(readNpy(file("<f8")).data);
  });

  test.each(Object.entries(refused))("refuses %s", (_, base64) => {
    expect(() => readNpy(bytesOf(base64))).toThrow(FormatError);
  });

  test.each([
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 4), }",
      "file: expected 64 bytes for <f8 of shape [2, 4]",
    ],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (6), }", "shape: expected a tuple"],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (,), }", "header: expected"],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': 6, }", "header: expected"],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-2, 3), }", "header: expected"],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1e9), }", "header: expected"],
    [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 99999999999999999), }",
      "shape: expected lengths",
    ],
    ["{'descr': '<f8', 'fortran_order': 0, 'shape': (2, 3), }", "header: expected"],
    ["{'descr': '<f8', 'fortran_order': 'False', 'shape': (2, 3), }", "header: expected"],
    ["{'descr': '<f8', 'shape': (2, 3), }", "header: expected descr, fortran_order and shape"],
    [
      "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
      "header: expected each key once",
    ],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), 'more': (), }", "header: expected descr"],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } + {}", "header: expected descr"],
    ["{'descr': 'f8', 'fortran_order': False, 'shape': (2, 3), }", "descr: expected < or > with f2, f4, f8"],
    ["{'descr': '|f8', 'fortran_order': False, 'shape': (2, 3), }", "descr: expected < or > with f2, f4, f8"],
    ["{'descr': '<toString', 'fortran_order': False, 'shape': (2, 3), }", "descr: expected"],
    ["{'descr': '<f16', 'fortran_order': False, 'shape': (2, 3), }", "descr: expected"],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (${"9".repeat(40)},), }`, "shape: expected lengths"],
    ["", "header: expected"],
  ])("refuses the header %s", (header, message) => {
    expect(() => readNpy(withHeader(header))).toThrow(message);
  });

  test("refuses files that end too soon or too late, before it makes room for them", () => {
    const bytes = file("<f8");
    for (let length = 0; length < bytes.length; length++)
      expect(() => readNpy(bytes.subarray(0, length))).toThrow(FormatError);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => readNpy(longer)).toThrow("file: expected 48 bytes for <f8 of shape [2, 3], got 49 bytes");
    const huge = "{'descr': '<f8', 'fortran_order': True, 'shape': (4000000000, 4000000000), }";
    expect(() => readNpy(withHeader(huge))).toThrow(FormatError);
    const version = bytes.slice();
    version[6] = 4;
    expect(() => readNpy(version)).toThrow("version: expected 1, 2 or 3, got 4");
    expect(() => readNpy("x" as unknown as Uint8Array)).toThrow(TypeError);
  });
});

describe("writeNpy", () => {
  test("writes the bytes that NumPy writes", () => {
    for (const name of [
      "<f4",
      "<f8",
      "not finite",
      "one dimension",
      "no dimension",
      "three dimensions",
      "nothing",
    ])
      expect(writeNpy(readNpy(file(name))), name).toEqual(file(name));
  });

  test("writes float32, and float64 for Float64Array", () => {
    expect(readNpy(writeNpy([[1, 2.5]]))).toEqual({ shape: [1, 2], data: Float32Array.of(1, 2.5) });
    expect(readNpy(writeNpy(Float64Array.of(0.1)))).toEqual({ shape: [1], data: Float64Array.of(0.1) });
    expect(readNpy(writeNpy(tensor([[1], [2]])))).toEqual({ shape: [2, 1], data: Float32Array.of(1, 2) });
    expect(readNpy(writeNpy(Uint8Array.of(7))).data).toBeInstanceOf(Float32Array);
  });

  test("and readNpy are inverse to each other", () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
    const arrays = shapes.chain((shape) => {
      const length = shape.reduce((size, each) => size * each, 1);
      const size = { minLength: length, maxLength: length };
      const data = fc.oneof(fc.float32Array(size), fc.float64Array(size));
      return data.map((data) => ({ shape, data }));
    });
    fc.assert(
      fc.property(arrays, (array) => {
        expect(readNpy(writeNpy(array))).toEqual(array);
      }),
    );
  });

  test("refuses what lies in another order, which would be written as if it did not", () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    for (const layout of [{ stride: [1, 3] }, { strides: [1, 3] }, { order: "F" }, { fortranOrder: true }])
      expect(() => writeNpy({ shape: [3, 2], data, ...layout })).toThrow(
        '"values": expected a row-major copy, got ',
      );
  });

  test("refuses what is not numbers", () => {
    expect(() => writeNpy(["a"] as unknown as number[])).toThrow(TypeError);
    expect(() => writeNpy([[1, 2], [3]])).toThrow(RangeError);
    expect(() => writeNpy({ shape: [2], data: [1] })).toThrow(RangeError);
  });
});
