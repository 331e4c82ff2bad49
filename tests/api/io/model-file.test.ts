import fc from "fast-check";
import { describe, expect, it, test, vi } from "vitest";
import { activeCore } from "../../../src/core/select.js";
import {
  decode,
  decodeTensors,
  encode,
  encodeTensors,
  FormatError,
  fingerprint,
  fitSync,
  GELU,
  LeakyReLU,
  Linear,
  type Module,
  manualSeed,
  modelFromJSON,
  Normalization,
  parameter,
  predict,
  ReLU,
  Rprop,
  type RpropVariant,
  randn,
  Sequential,
  Sigmoid,
  SiLU,
  Softplus,
  Tanh,
  type Tensor,
} from "../../../src/index.js";
import { parts, raw } from "./raw.js";

const VARIANTS: RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

/** Every module there is, from 3 columns to 2. */
function every(): Module {
  const x = randn(20, 3);
  return new Sequential(
    new Normalization(x),
    new Sequential(new Linear(3, 4), new LeakyReLU({ negativeSlope: -0.3 }), new Sequential(new Tanh())),
    new Sigmoid(),
    new Linear(4, 5, { bias: false }),
    new ReLU(),
    new GELU(),
    new Linear(5, 2),
    new SiLU(),
    new Softplus(),
    new Normalization(
      [
        [10, 1000],
        [20, 3000],
      ],
      { invert: true },
    ),
  );
}

describe("a model in a file", () => {
  it("has PyTorch's names and shapes, and nothing besides", () => {
    const model = new Sequential(new Linear(3, 2), new Tanh(), new Linear(2, 1, { bias: false }));
    const tensors = decodeTensors(encode({ model }));
    expect(Object.entries(tensors).map(([name, { shape }]) => [name, shape])).toEqual([
      ["0.weight", [2, 3]],
      ["0.bias", [2]],
      ["2.weight", [1, 2]],
    ]);
    expect(tensors["0.weight"]?.toArray()).toEqual(model.stateDict()["0.weight"]?.toArray());
  });

  it("comes back with every module, every bit and its texts", () => {
    const model = every();
    const back = decode(encode({ model, metadata: { made: "today", columns: '["a","b"]' } }));
    expect(fingerprint(back.model)).toBe(fingerprint(model));
    expect(back.metadata).toEqual({ made: "today", columns: '["a","b"]' });
    expect(back).not.toHaveProperty("optimizer");
    const x = randn(7, 3);
    expect(predict(back.model, x).toArray()).toEqual(predict(model, x).toArray());
  });

  it("keeps numbers that no other format does: NaN, infinities, −0, subnormal ones", () => {
    const model = new Linear(5, 1, { bias: false });
    model.weight.data.set([Number.NaN, -Infinity, -0, 1e-45, Math.fround(0.1)]);
    for (const back of [decode(encode({ model })).model, modelFromJSON(JSON.parse(JSON.stringify(model)))])
      expect(back.parameters()[0]?.toArray()).toEqual(model.weight.toArray());
  });

  it("leaves the random numbers of the program as they are", () => {
    manualSeed(5);
    const bytes = encode({ model: new Linear(3, 3) });
    const [first] = randn(1).toArray();
    manualSeed(5);
    new Linear(3, 3);
    decode(bytes);
    expect(randn(1).toArray()).toEqual([first]);
  });
});

describe("training goes on from a file as if it had never stopped:", () => {
  const layer = fc.constantFrom("Tanh", "GELU", "LeakyReLU", "none");
  const options = fc.record({
    variant: fc.constantFrom(...VARIANTS),
    lr: fc.constantFrom(0, 0.01, 1),
    maximize: fc.boolean(),
    weightDecay: fc.constantFrom(0, 0.01),
    bounds: fc.constantFrom<[number, number]>([-Infinity, Infinity], [-5, Infinity], [-3, 2]),
    nonFinite: fc.constantFrom("skip" as const, "throw" as const),
  });
  test("any network, any options, any moment", () => {
    const cases = fc.tuple(layer, fc.nat(6), options, fc.nat(12), fc.nat(1000));
    fc.assert(
      fc.property(cases, ([activation, hidden, given, epochs, seed]) => {
        manualSeed(seed);
        const [x, y] = [randn(17, 3), randn(17, 2)];
        const inside = {
          Tanh: () => new Tanh(),
          GELU: () => new GELU(),
          LeakyReLU: () => new LeakyReLU(),
          none: () => null,
        };
        const middle = inside[activation as keyof typeof inside]();
        const layers = [new Linear(3, hidden + 1), ...(middle ? [middle] : []), new Linear(hidden + 1, 2)];
        const model = new Sequential(new Normalization(x), ...layers);
        const optimizer = new Rprop(model.parameters(), given);
        const train = (model: Module, optimizer: Rprop, epochs: number) =>
          fitSync(model, x, y, { optimizer, epochs: epochs + 1 });
        train(model, optimizer, epochs);
        const back = decode(encode({ model, optimizer }));
        train(model, optimizer, 8);
        train(back.model, back.optimizer as Rprop, 8);
        expect(fingerprint(back.model)).toBe(fingerprint(model));
        expect(JSON.stringify(back.optimizer?.stateDict())).toBe(JSON.stringify(optimizer.stateDict()));
      }),
      { numRuns: 60 },
    );
  });

  test("groups, in an order of their own, some not stepped yet, with changed options", () => {
    const [first, second] = [new Linear(2, 2), new Linear(2, 1)];
    const model = new Sequential(first, second);
    const optimizer = new Rprop([
      { params: second.parameters(), lr: 0.5, variant: "rprop+" },
      { params: [first.weight], bounds: [-2, 2] },
    ]);
    second.weight.grad.data.fill(Number.NaN);
    second.forward([1, 2]).backward([1]);
    optimizer.step(Number.NaN);
    (optimizer.paramGroups[0] as { etas: readonly [number, number] }).etas = [0.25, 1.5];
    const back = decode(encode({ model, optimizer })).optimizer as Rprop;
    const [own, other] = [optimizer, back].map((o) => o.stateDict());
    expect(other?.param_groups).toEqual(own?.param_groups);
    expect(other?.loss).toBeNaN();
    expect(Object.keys(other?.state ?? {})).toEqual(["0", "1"]);
    const prev = other?.state[0]?.prev as Tensor;
    expect(prev.toArray()).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("encode refuses", () => {
  const model = new Linear(2, 1);
  test.each<[string, unknown, string]>([
    ["nothing", null, '"saved": expected { model, optimizer, metadata }, got null'],
    ["a model by itself", model, '"saved": expected { model, optimizer, metadata }, got a Linear'],
    [
      "no model",
      {},
      '"model": expected a module of this library, such as new Sequential(a, b), got undefined',
    ],
    ["a model's parameters", { model: model.parameters() }, '"model": expected a module of this library'],
    [
      "what is no optimizer",
      { model, optimizer: {} },
      '"optimizer": expected an Rprop of this library, got an object',
    ],
    [
      "another model's optimizer",
      { model, optimizer: new Rprop(new Linear(2, 1).parameters()) },
      '"optimizer": expected parameters of the model alone, got another one, params[0]',
    ],
    [
      "a parameter of no model",
      { model, optimizer: new Rprop([...model.parameters(), parameter([1])]) },
      "params[2]",
    ],
    [
      "metadata of its own name",
      { model, metadata: { rprop: "" } },
      '"metadata": expected other names, got "rprop"',
    ],
    [
      "metadata of which the entries would be lost",
      { model, metadata: new Map([["unit", "m"]]) },
      '"metadata": expected texts by name, got a Map',
    ],
    ["an unknown option", { model, optimiser: null }, 'did you mean "optimizer"?'],
  ])("%s", (_, saved, message) => {
    expect(() => encode(saved as never)).toThrow(message);
  });

  test("what was disposed", () => {
    const gone = new Linear(2, 1);
    gone.dispose();
    expect(() => encode({ model: gone })).toThrow();
  });
});

test("modelFromJSON refuses a text that is still to be parsed", () => {
  expect(() => modelFromJSON(JSON.stringify(new Tanh()) as never)).toThrow(
    `"json": expected what toJSON() gives, or JSON.parse() of its text, got "{`,
  );
});

describe("decode refuses", () => {
  const model = new Sequential(
    new Linear(2, 3),
    new Tanh(),
    new Linear(3, 1),
    new Normalization([1, 2, 3], { invert: true }),
  );
  const optimizer = new Rprop(model.parameters());
  fitSync(model, randn(5, 2), randn(5, 1), { optimizer, epochs: 3 });
  const file = encode({ model, optimizer });

  /** The file with these values at these places of its description; undefined takes what is there away. */
  function changed(changes: Record<string, unknown>): Uint8Array {
    const { header, data } = parts(file);
    const metadata = header.__metadata__ as { rprop: string };
    const description = JSON.parse(metadata.rprop);
    for (const [path, value] of Object.entries(changes)) {
      const keys = path.split("/");
      const last = keys.pop() as string;
      const place = keys.reduce((at, key) => at[key], description);
      if (value === undefined) delete place[last];
      else place[last] = value;
    }
    return raw({ ...header, __metadata__: { rprop: JSON.stringify(description) } }, data);
  }

  const linear = { type: "Linear", inFeatures: 3, outFeatures: 3, bias: true };
  let deep: unknown = { type: "Tanh" };
  for (let i = 0; i < 40; i++) deep = { type: "Sequential", modules: [deep] };
  const group = "optimizer/param_groups/0";

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["another version", { version: 2 }, /^metadata\.rprop\.version: expected 1, got 2$/],
    ["no model", { model: undefined }, /^model: expected a module, got undefined$/],
    [
      "an unknown module",
      { "model/modules/1/type": "Conv2d" },
      /^model\.1\.type: expected Linear, Sequential, Ensemble, Normalization, .*, got "Conv2d"$/,
    ],
    ["a type that objects inherit", { "model/modules/1/type": "toString" }, /^model\.1\.type: .*"toString"$/],
    ["a type that is an object", { "model/modules/1/type": {} }, /^model\.1\.type: .*an object$/],
    ["a field too many", { "model/modules/1/slope": 1 }, /^model\.1: .*got "slope"$/],
    [
      "a slope that float32 does not have",
      { "model/modules/1": { type: "LeakyReLU", negativeSlope: 1e39 } },
      /^model\.1\.negativeSlope: expected a finite number, got 1e\+39$/,
    ],
    ["no modules", { "model/modules": [] }, /^model\.modules: .*array of 0$/],
    ["modules without end", { model: deep }, /at most 32 modules within each other/],
    [
      "more layers than any network has",
      { model: { type: "Sequential", modules: Array(1001).fill({ type: "Tanh" }) } },
      /^model: expected at most 1000 layers, got 1001$/,
    ],
    ["a layer of no features", { "model/modules/0/inFeatures": 0 }, /^model\.0\.inFeatures: .*got 0$/],
    [
      "a layer larger than memory",
      { "model/modules/0/inFeatures": 2 ** 40 },
      /^"0\.weight": expected shape \[3, 1099511627776\], got shape \[3, 2\]$/,
    ],
    [
      "layers that do not fit",
      { "model/modules/2/inFeatures": 4 },
      /^model\.2: expected a module of 3 features.*got 4$/,
    ],
    ["a missing tensor", { "model/modules/1": linear }, /^file: expected a tensor "1\.weight", got none$/],
    [
      "a tensor too many",
      { "model/modules/2/bias": false, optimizer: undefined },
      /^file: expected the tensors of its model, got "/,
    ],
    [
      "an optimizer's tensors without it",
      { optimizer: undefined },
      /^file: expected the tensors of its model, got "optimizer\./,
    ],
    [
      "an optimizer's tensors that it does not name",
      { "optimizer/steps/0.bias": undefined },
      /^file: expected the tensors of its model, got "optimizer\.0\.bias\.prev"$/,
    ],
    ["an optimizer of nothing", { optimizer: 1 }, /^optimizer\.param_groups: /],
    [
      "no groups",
      { "optimizer/param_groups": [], "optimizer/steps": {} },
      /^optimizer: .*at least one parameter, got none/,
    ],
    ["a parameter that is none", { [`${group}/params/0`]: "0.wait" }, /^optimizer\.params: .*got "0\.wait"$/],
    [
      "a parameter twice",
      { [`${group}/params/1`]: "0.weight", "optimizer/steps": {} },
      /^optimizer: .*each parameter once/,
    ],
    ["half a step", { "optimizer/steps/0.bias": 1.5 }, /^optimizer: .*step.*1\.5$/],
    ["steps of no parameter", { "optimizer/steps/toString": 3 }, /^optimizer\.steps: .*"toString"$/],
    ["options out of range", { [`${group}/etas`]: [2, 1] }, /^optimizer: .*0 < η⁻ < 1 < η⁺/],
    ["a variant that is none", { [`${group}/variant`]: "adam" }, /^optimizer: .*"adam"$/],
    [
      "no rule for what is not finite",
      { "optimizer/non_finite": undefined },
      /^optimizer\.non_finite: .*undefined$/,
    ],
    ["another rule for it", { "optimizer/non_finite": "ignore" }, /^optimizer: .*"ignore"$/],
    ["bounds that exclude the weights", { [`${group}/bounds`]: [90, 91] }, /^optimizer: .*bounds \[90, 91\]/],
  ])("%s, and leaves nothing allocated", (_, changes, message) => {
    const bytes = changed(changes);
    const core = activeCore();
    const made = [vi.spyOn(core, "allocate"), vi.spyOn(core, "allocateTotals")];
    const free = vi.spyOn(core, "free");
    expect(() => decode(bytes)).toThrow(FormatError);
    expect(() => decode(bytes)).toThrow(message);
    const blocks = made.flatMap(({ mock }) => mock.results.map(({ value }) => value));
    const freed = new Set<unknown>(free.mock.calls.map(([block]) => block));
    vi.restoreAllMocks();
    expect(blocks.filter((block) => !freed.has(block))).toHaveLength(0);
  });

  test("a file of tensors alone", () => {
    const bytes = encodeTensors(model.stateDict());
    expect(() => decode(bytes)).toThrow(
      /^file: expected a model of rprop \(decodeTensors reads .*got tensors alone$/,
    );
  });

  test("numbers that a Normalization cannot have", () => {
    const { header, data } = parts(file);
    const {
      data_offsets: [begin],
    } = header["3.deviation"] as unknown as { data_offsets: [number, number] };
    const zeroed = data.slice().fill(0, begin, begin + 4);
    expect(() => decode(raw(header, zeroed))).toThrow(
      /^model: .*"state\.3\.deviation": expected finite numbers above 0, got 0/,
    );
  });

  test("a file cut anywhere, as cut short, by how many bytes once its header is there", () => {
    const { data } = parts(file);
    const dataStart = file.length - data.length;
    for (let length = 0; length < file.length; length += 7) {
      const expected = length < dataStart ? `at least ${length < 8 ? 8 : dataStart}` : file.length;
      const message = `file: expected ${expected} bytes, got ${length}: the file is cut short, download or copy it again`;
      expect(() => decode(file.slice(0, length))).toThrow(message);
      expect(() => decode(file.slice(0, length))).toThrow(FormatError);
    }
  });

  test("tables, texts and files of other programs, as no model files", () => {
    for (const text of ["a,b,c\n1,2,3\n", "PK\x03\x04\x14\0\0\0\0", "\x93NUMPY\x01\0v\0", "<!doctype html>"])
      expect(() => decode(new TextEncoder().encode(text))).toThrow(
        "file: expected a model file (safetensors), got a file of another kind",
      );
  });
});
