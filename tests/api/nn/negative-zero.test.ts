import { describe, expect, test } from "vitest";
import { toC, toJavaScript, toOnnx } from "../../../src/export/index.js";
import {
  decode,
  encode,
  fingerprint,
  LeakyReLU,
  modelFromJSON,
  Normalization,
  parameter,
  predict,
  Rprop,
  Sequential,
} from "../../../src/index.js";

// −1e-50 is −0 in float32.
describe.each([-0, -1e-50])("a slope of %d", (negativeSlope) => {
  const model = new LeakyReLU({ negativeSlope });
  const signs = (made: LeakyReLU) => predict(made, [-2, 2]).toArray();

  test("gives the same zeros from every file and export", async () => {
    const expected = [-0, 2];
    expect(signs(model)).toEqual(expected);
    const again = decode(encode({ model })).model as LeakyReLU;
    const read = modelFromJSON(JSON.parse(JSON.stringify(model))) as LeakyReLU;
    for (const made of [again, read]) {
      expect(signs(made)).toEqual(expected);
      expect(fingerprint(made)).toBe(fingerprint(model));
    }
    const plain = { type: "LeakyReLU", negativeSlope };
    for (const exported of [model, plain]) {
      const code = `data:text/javascript,${encodeURIComponent(toJavaScript(exported))}`;
      const { predict: alone } = await import(/* @vite-ignore */ code);
      expect([...alone([-2])]).toEqual([-0]);
      expect(toOnnx(exported)).toEqual(toOnnx(new LeakyReLU({ negativeSlope: 0 })));
    }
    const code = toC(new Sequential(new Normalization([-1, 1]), model));
    expect(code).toMatch(/v \* 0/);
    expect(code).not.toMatch(/v \* -/);
  });
});

test("bounds and other options of -0 are +0, as they come back from a file", () => {
  const options = { lr: -0, weightDecay: -0, stepSizes: [-0, 1], bounds: [-0, -0] } as const;
  const optimizer = new Rprop([parameter([0])], options);
  const [group] = optimizer.paramGroups;
  expect(group).toMatchObject({ lr: 0, weightDecay: 0, stepSizes: [0, 1], bounds: [0, 0] });
  group!.bounds = [-0, 3];
  expect(Object.is(group!.bounds[0], 0)).toBe(true);
  const state = optimizer.stateDict().param_groups;
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});
