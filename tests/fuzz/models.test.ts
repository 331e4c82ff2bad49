import { describe, expect, test } from "vitest";
import {
  decode,
  decodeTensors,
  Ensemble,
  encode,
  encodeTensors,
  FormatError,
  fitSync,
  LeakyReLU,
  Linear,
  type ModelJSON,
  type Module,
  MSELoss,
  modelFromJSON,
  Normalization,
  Rprop,
  Sequential,
  Tanh,
} from "../../src/index.js";
import { type Draw, fuzz, mutated } from "./fuzz.js";

const models = (): Module[] => [
  new Linear(2, 1),
  new Sequential(
    new Normalization([
      [1, 2],
      [3, 5],
    ]),
    new Sequential(new Linear(2, 3), new LeakyReLU({ negativeSlope: 0.2 })),
    new Tanh(),
    new Linear(3, 1, { bias: false }),
  ),
  new Ensemble([new Linear(2, 1), new Sequential(new Linear(2, 2), new Tanh(), new Linear(2, 1))]),
];

/** Steps of all members with one optimizer. */
function train({ modules }: Ensemble, optimizer: Rprop): void {
  for (let epoch = 0; epoch < 2; epoch++) {
    for (const member of modules) new MSELoss().forward(member.forward([[1, 2]]), [3]).backward();
    optimizer.step();
  }
}

/** What hostile files put into headers. */
const MORSELS = [
  ...["{", "}", "[", "]", '"', ",", ":", "\\u0000", "\\ud800", "\0", "\ufeff", " "],
  ...["0", "-1", "1e400", "9007199254740993", "99999999999", "0.5", "null", "true", '""', "[]", "{}"],
  ...[
    '"F32"',
    '"F64"',
    '"BF16"',
    '"shape":[0]',
    '"shape":[4294967296,4294967296]',
    '"data_offsets":[0,1e15]',
  ],
  ...[
    '"__proto__":{"polluted":1},',
    '"constructor":1,',
    '"__metadata__":{"rprop":"{}"},',
    "__proto__",
    "rprop",
  ],
  ...[
    '"type":"Sequential"',
    '"type":"Linear"',
    '"type":"Ensemble"',
    '"average":"output"',
    '"inFeatures":4294967295',
    '"outFeatures":1e9',
  ],
];

/** JSON of which one value is another, or gone, or in a place besides. */
function changed(json: unknown, draw: Draw): unknown {
  const odd = [null, true, -1, 0.5, 2 ** 32, 1e308, "Linear", "__proto__", [], {}, [[]], json];
  const copy = structuredClone(json);
  let parent = copy as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(parent);
    const key = keys[draw(keys.length)];
    if (key === undefined) return copy;
    const value = parent[key];
    if (typeof value === "object" && value !== null && draw(4) > 0) {
      parent = value as Record<string, unknown>;
      continue;
    }
    const what = draw(4);
    if (what === 0) delete parent[key];
    else if (what === 1) parent[["x", "type", "weight", "modules"][draw(4)]!] = value;
    else parent[key] = odd[draw(odd.length)];
    return copy;
  }
}

describe("damaged files are read or refused by FormatError", () => {
  const optimized = models().map((model) => {
    const optimizer = new Rprop(model.parameters(), { variant: "rprop+" });
    if (model instanceof Ensemble) train(model, optimizer);
    else fitSync(model, [[1, 2]], [3], { optimizer, epochs: 2 });
    return encode({ model, optimizer, metadata: { unit: "m" } });
  });
  const files = [...models().map((model) => encode({ model })), ...optimized];

  test("safetensors of models and optimizers", () => {
    const counts = fuzz((draw) => {
      const { model, optimizer } = decode(mutated(files[draw(files.length)]!, draw, MORSELS));
      optimizer?.dispose();
      model.dispose();
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });

  test("safetensors of tensors", () => {
    const whole = encodeTensors({ a: [[1, 2]], b: [3], "": [] }, { c: "d" });
    const counts = fuzz((draw) => {
      const tensors = decodeTensors(mutated(whole, draw, MORSELS));
      for (const { shape, data } of Object.values(tensors))
        expect(data.length).toBe(shape.reduce((size, length) => size * length, 1));
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });

  test("models in JSON, as text and by value", () => {
    const texts = models().map((model) => JSON.stringify(model));
    const parsed = (draw: Draw, text: string): unknown => {
      try {
        return JSON.parse(new TextDecoder().decode(mutated(new TextEncoder().encode(text), draw, MORSELS)));
      } catch {
        return null; // no JSON
      }
    };
    const counts = fuzz((draw) => {
      const text = texts[draw(texts.length)]!;
      const json =
        draw(2) === 0 ? parsed(draw, text) : JSON.parse(JSON.stringify(changed(JSON.parse(text), draw)));
      if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
      modelFromJSON(json as ModelJSON).dispose();
    });
    expect(counts.read).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });

  test("nested deeper than any stack", () => {
    const depth = 200_000;
    const open = '{"type":"Sequential","modules":[';
    const text = [open.repeat(depth), '{"type":"Tanh"}', "]}".repeat(depth)].join("");
    expect(() => modelFromJSON(JSON.parse(text))).toThrow(FormatError);
    const description = `{"version":1,"model":${text}}`;
    expect(() => decode(encodeTensors({}, { rprop: description }))).toThrow(FormatError);
  });
});
