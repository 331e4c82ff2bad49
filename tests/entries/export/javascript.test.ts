import { describe, expect, it } from "vitest";
import { toJavaScript } from "../../../src/export/index.js";
import { GELU, Linear, type Module, predict, ReLU, Sequential, Tanh } from "../../../src/index.js";
import { expectSame } from "../../core/numbers.js";
import { alone, networks, rowsFor } from "../../support/exported-models.js";

type Predict = (x: ArrayLike<number>) => number[];

async function functionOf(model: Module, name = "predict"): Promise<Predict> {
  const source = toJavaScript(model, { name });
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`))[name];
}

describe("toJavaScript", () => {
  it.each([...alone, ...networks])("gives the bits of predict: $name", async ({ model }) => {
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

  it("names the function as asked", async () => {
    expect((await functionOf(new Linear(1, 1, { bias: false }), "sine"))([0])).toEqual([0]);
  });
});
