import { describe, expect, test } from "vitest";
import {
  CrossEntropyLoss,
  decodeTensors,
  encodeTensors,
  fitSync,
  Generator,
  Linear,
  Moments,
  MSELoss,
  modelFromJSON,
  Normalization,
  parameter,
  predict,
  Rprop,
  randn,
  Sequential,
  softmax,
  Tanh,
  tensor,
  zeros,
} from "../../src/index.js";

const make = () =>
  new Sequential(new Normalization(randn(9, 2)), new Linear(2, 3), new Tanh(), new Linear(3, 1));
const x = [[1, 2]];

describe("structuredClone, as postMessage uses it, gives the data", () => {
  const tensors = {
    tensor: () => tensor([[1, 2, 3]]),
    zeros: () => zeros(2, 3),
    randn: () => randn(20),
    "a prediction": () => predict(make(), x),
    probabilities: () => softmax([[1, 2]]),
    "the value of a loss": () => new MSELoss().forward([1, 2], [2, 4]),
    "a tensor of a file": () => decodeTensors(encodeTensors({ a: [1, 2], b: randn(1000) })).a!,
    "a tensor of a state dictionary": () => make().stateDict()["1.weight"]!,
  };
  test.each(Object.entries(tensors))("of %s, and nothing beside it", (_, made) => {
    const value = made();
    const copy = structuredClone(value);
    expect({ ...copy }).toEqual({ shape: value.shape, size: value.size, data: value.data });
    expect(tensor(copy).toArray()).toEqual(value.toArray());
    expect(value.data.buffer.byteLength).toBe(value.data.byteLength); // what would go with it
    expect(copy.data).not.toBe(value.data);
  });

  test("of state dictionaries, which models and optimizers take", () => {
    const [model, other] = [make(), make()];
    other.loadStateDict(structuredClone(model.stateDict()));
    expect(predict(other, x).item()).toBe(predict(model, x).item());
    const { optimizer } = fitSync(
      model,
      [
        [1, 2],
        [2, 1],
      ],
      [3, 4],
      { epochs: 5 },
    );
    const clone = new Rprop(model.parameters());
    clone.loadStateDict(structuredClone(optimizer.stateDict()));
    expect(clone.stateDict()).toEqual(optimizer.stateDict());
  });

  test("of a model's JSON, of Moments' JSON, and of a result but for its optimizer", () => {
    const model = make();
    expect(predict(modelFromJSON(structuredClone(model.toJSON())), x).item()).toBe(predict(model, x).item());
    const moments = Moments.from(x, [3]);
    expect(Moments.fromJSON(structuredClone(moments.toJSON())).toJSON()).toEqual(moments.toJSON());
    const { optimizer, ...result } = fitSync(model, x, [3], { epochs: 5 });
    expect(structuredClone(result)).toEqual(result);
    expect(() => structuredClone({ ...result, optimizer })).toThrow();
  });
});

describe("structuredClone, which would copy no numbers of it, refuses", () => {
  const model = make();
  const refused = {
    "a model": model,
    "a layer": new Tanh(),
    "a parameter": model.parameters()[0]!,
    "a parameter of one's own": parameter([1]),
    "a gradient": model.parameters()[0]!.grad,
    "an output": model.forward(x),
    "the mean of a Normalization": new Normalization([1, 2]).mean,
    "an optimizer": new Rprop(model.parameters()),
    "a loss": new CrossEntropyLoss(),
    Moments: new Moments(1, 1),
    "a generator, which would be an empty object": new Generator(1),
  };
  test.each(Object.entries(refused))("%s", (_, value) => {
    expect(() => structuredClone(value)).toThrow(expect.objectContaining({ name: "DataCloneError" }));
    // V8 shows why; other engines say that a symbol cannot be cloned.
    const [symbol] = Object.values(value).filter((property) => typeof property === "symbol") as symbol[];
    expect(symbol?.description).toContain("toArray(), toJSON(), stateDict() or encode({ model, optimizer })");
  });
});

test("the numbers of a tensor cannot be replaced by an array of another length", () => {
  expect(() => Object.assign(tensor([1, 2]), { data: new Float32Array(9) })).toThrow(TypeError);
  expect(() => Object.assign(parameter([1, 2]), { data: new Float32Array(9) })).toThrow(TypeError);
});
