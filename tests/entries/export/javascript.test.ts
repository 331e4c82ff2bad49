import { describe, expect, it } from "vitest";
import { toJavaScript } from "../../../src/export/index.js";
import { Ensemble, GELU, Linear, type Module, predict, ReLU, Sequential, Tanh } from "../../../src/index.js";
import { expectSame } from "../../core/numbers.js";
import { alone, ensembles, networks, rowsFor } from "../../support/exported-models.js";

type Predict = (x: ArrayLike<number>) => number[];

async function functionOf(model: Module, name = "predict"): Promise<Predict> {
  const source = toJavaScript(model, { name });
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`))[name];
}

describe("toJavaScript", () => {
  it.each([...alone, ...networks, ...ensembles])("gives the bits of predict: $name", async ({ model }) => {
    const exported = await functionOf(model);
    const rows = rowsFor(model);
    const expected = predict(model, rows).data;
    expectSame(rows.flatMap(exported), expected, "y");
  });

  it("takes numbers that float32 does not have, and arrays of any kind", async () => {
    const model = new Linear(2, 1);
    const exported = await functionOf(model);
    expect(exported([0.1, 1e300])).toEqual(predict(model, [[0.1, 1e300]]).toArray());
    expect(exported(Float64Array.of(0.1, 2))).toEqual(predict(model, [[0.1, 2]]).toArray());
    expect(Array.isArray(exported([1, 2]))).toBe(true);
  });

  it("takes rows of any length where the model does", async () => {
    const exported = await functionOf(new ReLU());
    expect(exported([-1, 2])).toEqual([0, 2]);
    expect(exported([])).toEqual([]);
  });

  it("takes rows of any length where the members of an Ensemble do, one number being a logit of its own", async () => {
    for (const average of ["output", "probabilities"] as const) {
      const model = new Ensemble([new ReLU(), new Tanh()], { average });
      const exported = await functionOf(model);
      for (const row of [[-1], [2], [1, -2, 3], [NaN, 1], new Array(20).fill(0.1)])
        expectSame(exported(row), predict(model, [row]).data, "y");
      expect(exported([])).toEqual([]);
    }
  });

  it("refuses rows of another length", async () => {
    const exported = await functionOf(new Linear(2, 1));
    expect(() => exported([1])).toThrow(new RangeError("expected 2 features, got 1"));
  });

  it("holds what the model needs and no more, in a kilobyte for a small one", () => {
    const small = toJavaScript(new Sequential(new Linear(2, 4), new ReLU(), new Linear(4, 1)));
    expect(small.length).toBeLessThan(1000);
    expect(small).not.toMatch(/function (exp|tanh|softplus)/);
    const gelu = toJavaScript(new Sequential(new Linear(2, 1), new GELU()));
    expect(gelu).toMatch(/function sigmoid/);
    expect(gelu).not.toMatch(/tanh|log1p|softplus/i);
    expect(toJavaScript(new Tanh())).not.toMatch(/linear|sigmoid/);
  });

  it("writes weights as the shortest decimals with their bits", () => {
    const model = new Linear(3, 1);
    model.loadStateDict({ weight: [[0.1, -0, 1e-45]], bias: [16777216] });
    expect(toJavaScript(model)).toContain("([.1, -0, 1e-45])");
    expect(toJavaScript(model)).toContain("([16777216])");
  });

  it("names the numbers of an Ensemble by their members, and says what it is the mean of", () => {
    const member = () => new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
    const source = toJavaScript(new Ensemble([member(), member()]));
    expect(source).toMatch(/^\/\/ mean of the outputs of 2 models: Linear\(2, 4\), Tanh, Linear\(4, 1\)\n/);
    for (const name of ["weight0_0", "bias0_2", "weight1_0", "bias1_2"])
      expect(source).toContain(`const ${name} = new Float32Array(`);
    expect(source).not.toMatch(/softmax|sigmoid/);
    const other = toJavaScript(new Ensemble([new Linear(2, 1), member()], { average: "probabilities" }));
    expect(other).toContain(
      "// mean of the probabilities of 2 models: Linear(2, 1); Linear(2, 4), Tanh, Linear(4, 1)\n",
    );
    expect(other).toContain("const weight0 = new Float32Array(");
    expect(other).not.toContain("softmax");
  });

  it("names the function as asked", async () => {
    expect((await functionOf(new Linear(1, 1, { bias: false }), "sine"))([0])).toEqual([0]);
  });
});
