import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  decode,
  decodeTensors,
  encode,
  encodeTensors,
  FormatError,
  fingerprint,
  Linear,
  tensor,
  zeros,
} from "../../../src/index.js";
import { parts, raw } from "./raw.js";

const bits = (values: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(values).buffer)];

describe("a file of tensors", () => {
  it("has a header padded to eight bytes, and the numbers behind it, as the format says", () => {
    const file = encodeTensors({ a: [[1, 2]], b: [3] }, { made: "here" });
    const { header, data } = parts(file);
    expect((file.length - data.length) % 8).toBe(0);
    expect(header).toEqual({
      __metadata__: { made: "here" },
      a: { dtype: "F32", shape: [1, 2], data_offsets: [0, 8] },
      b: { dtype: "F32", shape: [1], data_offsets: [8, 12] },
    });
    const numbers = new DataView(data.buffer, data.byteOffset);
    expect([0, 4, 8].map((at) => numbers.getFloat32(at, true))).toEqual([1, 2, 3]);
  });

  it("comes back with every bit: any numbers, names and shapes", () => {
    const name = fc.string({ unit: "binary", maxLength: 8 }).filter((s) => !/^__(proto|metadata)__$/.test(s));
    const values = fc.array(fc.float(), { maxLength: 6 });
    fc.assert(
      fc.property(fc.dictionary(name, values, { maxKeys: 5 }), (tensors) => {
        const back = decodeTensors(encodeTensors(tensors));
        expect(Object.keys(back).sort()).toEqual(Object.keys(tensors).sort());
        for (const [key, list] of Object.entries(tensors)) {
          expect(back[key]?.shape).toEqual([list.length]);
          expect(bits(back[key]?.data ?? [])).toEqual(bits(list));
        }
      }),
    );
  });

  it("keeps shapes of no numbers and of one", () => {
    const back = decodeTensors(encodeTensors({ none: zeros(0, 3), one: tensor([7], []) }));
    expect([back.none?.shape, back.one?.shape, back.one?.item()]).toEqual([[0, 3], [], 7]);
  });

  it("shares no memory with what it was made of or is read from", () => {
    const linear = new Linear(2, 1);
    const file = encodeTensors(linear.stateDict());
    const back = decodeTensors(file);
    const [before, weight] = [linear.weight.toArray(), back.weight?.toArray()];
    file.fill(0);
    expect(linear.weight.toArray()).toEqual(before);
    expect(back.weight?.toArray()).toEqual(weight);
  });

  it("is read from the middle of larger memory, at an odd address", () => {
    const file = encodeTensors({ a: [1.5, -2] });
    const larger = new Uint8Array(file.length + 9);
    larger.set(file, 3);
    expect(decodeTensors(larger.subarray(3, 3 + file.length)).a?.toArray()).toEqual([1.5, -2]);
  });
});

describe("the bytes of a file are read wherever they are", () => {
  const file = encodeTensors({ a: [1.5, -2] });
  const larger = new Uint8Array(file.length + 9);
  larger.set(file, 3);

  test("in an ArrayBuffer, and in a DataView of a part of one", () => {
    for (const bytes of [file.buffer, new DataView(larger.buffer, 3, file.length)])
      expect(decodeTensors(bytes).a?.toArray()).toEqual([1.5, -2]);
  });

  test("in what fetch gives, a model's too", async () => {
    const model = new Linear(2, 1);
    const bytes = await new Response(encode({ model })).arrayBuffer();
    expect(fingerprint(decode(bytes).model)).toBe(fingerprint(model));
  });
});

describe("numbers of other types", () => {
  const bytesOf = (...values: number[]) => values;
  test.each([
    ["F64", [2], [...new Uint8Array(Float64Array.of(0.1, 1e300).buffer)], [Math.fround(0.1), Infinity]],
    ["BF16", [2], bytesOf(0x80, 0x3f, 0xc0, 0x7f), [1, Number.NaN]],
    [
      "F16",
      [6],
      bytesOf(0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0x00, 0x80, 0xff, 0x7b, 0x01, 0xfc),
      [1, 2 ** -24, -Infinity, -0, 65504, Number.NaN],
    ],
    ["I64", [1], bytesOf(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), [-2]],
    ["U64", [1], bytesOf(0, 0, 0, 0, 0, 0, 0, 0x80), [2 ** 63]],
    ["I32", [1], bytesOf(0xff, 0xff, 0xff, 0xff), [-1]],
    ["U32", [1], bytesOf(0, 0, 0, 0x80), [2 ** 31]],
    ["I16", [1], bytesOf(0xff, 0xff), [-1]],
    ["U16", [1], bytesOf(0xff, 0xff), [65535]],
    ["I8", [1], bytesOf(0xff), [-1]],
    ["U8", [2], bytesOf(255, 1), [255, 1]],
    ["BOOL", [2], bytesOf(0, 1), [0, 1]],
  ])("%s become float32", (dtype, shape, data, expected) => {
    const file = raw({ a: { dtype, shape, data_offsets: [0, data.length] } }, data);
    expect(decodeTensors(file).a?.toArray()).toEqual(expected);
  });
});

test("metadata of any length come back", () => {
  const text = `${'\\" '.repeat(3_000_000)}${"x".repeat(3_000_000)}`;
  const header = parts(encodeTensors({ a: [1] }, { text })).header;
  expect((header.__metadata__ as unknown as { text: string }).text).toBe(text);
  expect(decodeTensors(encodeTensors({ a: [1] }, { text })).a?.item()).toBe(1);
});

describe("is refused by name and place:", () => {
  const one = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  const four = [0, 0, 0, 0];
  const nested = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  test.each<[string, Uint8Array, RegExp]>([
    [
      "nothing",
      new Uint8Array(0),
      /^file: expected at least 8 bytes, got 0: the file is cut short, download or copy it again$/,
    ],
    [
      "a header longer than the file",
      raw({ a: one }, four, 1000n),
      /^file: expected at least 1008 bytes, got 66: the file is cut short, download or copy it again$/,
    ],
    [
      "a header of 2⁶⁴ − 1 bytes",
      raw({}, [], 2n ** 64n - 1n),
      /^file: expected a model file \(safetensors\), got a file of another kind$/,
    ],
    ["a header cut in the middle", raw({ a: one }, four, 20n), /^header: expected JSON/],
    ["a header that is no JSON", raw("{'a': 1}"), /^header: expected JSON, got /],
    ["a header that is a list", raw("[]"), /^header: expected a JSON object, got an array of 0$/],
    ["a header with a byte-order mark", raw("\ufeff{}"), /^header: expected JSON/],
    [
      "other bytes than UTF-8",
      raw("{}  ", []).map((b) => (b === 0x20 ? 0xff : b)),
      /^header: expected text in UTF-8/,
    ],
    ["a header nested without end", raw(nested), /^"a"/],
    [
      "a name twice",
      raw(`{"a":${JSON.stringify(one)},"\\u0061":${JSON.stringify(one)}}`, four),
      /each name once, got "a" twice/,
    ],
    [
      "a key of a tensor twice",
      raw(`{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, four),
      /"dtype" twice/,
    ],
    ["the name __proto__", raw(`{"__proto__":${JSON.stringify(one)}}`, four), /the name "__proto__"/],
    ["the name __proto__ in metadata", raw(`{"__metadata__":{"__proto__":"x"}}`), /the name "__proto__"/],
    [
      "metadata of numbers",
      raw({ __metadata__: { a: 1 } }),
      /^__metadata__: expected names and texts, got 1$/,
    ],
    ["metadata of nothing", raw({ __metadata__: null }), /^__metadata__: .*got null$/],
    ["a tensor that is none", raw({ a: 5 }), /^"a"\.dtype: expected .*F32.*, got undefined$/],
    ["an unknown type", raw({ a: { ...one, dtype: "F31" } }, four), /^"a"\.dtype: .*got "F31"$/],
    [
      "a type named as what objects inherit",
      raw({ a: { ...one, dtype: "constructor" } }, four),
      /^"a"\.dtype: .*"constructor"$/,
    ],
    [
      "a negative length",
      raw({ a: { ...one, shape: [-1] } }, four),
      /^"a"\.shape: expected whole numbers of at least 0/,
    ],
    ["half a length", raw({ a: { ...one, shape: [0.5] } }, four), /^"a"\.shape/],
    [
      "a length beyond all",
      raw('{"a":{"dtype":"F32","shape":[1e400],"data_offsets":[0,4]}}', four),
      /^"a"\.shape/,
    ],
    [
      "a shape of more numbers than bytes",
      raw({ a: { ...one, shape: [2] } }, four),
      /^"a"\.data_offsets: expected 8 bytes for F32 of shape \[2\], got 4$/,
    ],
    [
      "a shape whose size overflows",
      raw({ a: { ...one, shape: [2 ** 52, 2 ** 52] } }, four),
      /^"a"\.data_offsets/,
    ],
    [
      "an end before the begin",
      raw({ a: { ...one, data_offsets: [4, 0] } }, four),
      /^"a"\.data_offsets: expected 4 bytes .*got -4$/,
    ],
    [
      "an end behind the file",
      raw({ a: one }, [0, 0]),
      /^file: expected 66 bytes, got 64: the file is cut short, download or copy it again$/,
    ],
    [
      "three offsets",
      raw({ a: { ...one, data_offsets: [0, 4, 4] } }, four),
      /^"a"\.data_offsets: expected two/,
    ],
    [
      "a field too many",
      raw({ a: { ...one, extra: 1 } }, four),
      /^"a": expected dtype, shape and data_offsets, got "extra"$/,
    ],
    [
      "two tensors on the same bytes",
      raw({ a: one, b: one }, four),
      /^"b": expected numbers from byte 4 of the data on, got 0$/,
    ],
    [
      "a hole",
      raw({ a: one, b: { ...one, data_offsets: [8, 12] } }, new Array(12).fill(0)),
      /^"b": .*from byte 4 .*got 8$/,
    ],
    ["bytes behind the last tensor", raw({ a: one }, [...four, 9]), /^file: expected 66 bytes, got 67$/],
    [
      "an eight-bit float",
      raw({ a: { dtype: "F8_E4M3", shape: [1], data_offsets: [0, 1] } }, [0]),
      /^"a": expected a type that float32 can take over, got F8_E4M3$/,
    ],
  ])("%s", (_, file, message) => {
    const refused = () => decodeTensors(file);
    expect(refused).toThrow(FormatError);
    expect(refused).toThrow(message);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });

  test("what are no bytes", () => {
    for (const bytes of [
      "text",
      new Float32Array(9),
      null,
      [1, 2],
      { buffer: new ArrayBuffer(9) },
    ] as never[])
      expect(() => decodeTensors(bytes)).toThrow(/^"bytes": expected a Uint8Array or ArrayBuffer, got /);
  });

  test("names and texts that a file cannot have", () => {
    expect(() => encodeTensors({ __metadata__: [1] })).toThrow(
      '"tensors": expected other names, got "__metadata__"',
    );
    expect(() => encodeTensors(JSON.parse('{"__proto__":[1]}'))).toThrow('got "__proto__"');
    expect(() => encodeTensors({}, { a: 1 } as never)).toThrow('"metadata.a": expected a text, got 1');
    expect(() => encodeTensors([[1]] as never)).toThrow(
      '"tensors": expected values by name, got an array of 1',
    );
    expect(() => encodeTensors(new Map([["a", [1]]]) as never)).toThrow(
      '"tensors": expected values by name, got a Map',
    );
    expect(() => encodeTensors({ a: "1" } as never)).toThrow('"tensors.a"');
  });
});
