import { describe, expect, it } from "vitest";
import { parameter, Rprop, type RpropParameter } from "../../../src/index.js";
import { difference, type RpropCase, row, rpropCases } from "../../golden/golden.js";

type Form = (values: Float32Array) => RpropParameter;

const forms: [string, Form][] = [
  ["parameter()", (values) => parameter(values)],
  ["{ data, grad }", (values) => ({ data: values.slice(), grad: new Float32Array(values.length) })],
];

const underflow = "gradients whose products underflow";
const cases = rpropCases();

function gradOf(param: RpropParameter): Float32Array {
  const { grad } = param;
  return grad instanceof Float32Array ? grad : grad.data;
}

function joined(parts: Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

interface State {
  data: Float32Array;
  prev: Float32Array;
  stepSize: Float32Array;
}

/** Steps through a case's gradients, cut into its groups, and shows the state after each step. */
function* follow({ stream, groups, options }: RpropCase, form: Form): Generator<State> {
  const cut = (values: Float32Array) => {
    let end = 0;
    return groups.map(({ size }) => {
      end += size;
      return values.subarray(end - size, end);
    });
  };
  const params = cut(stream.start).map(form);
  const optimizer = new Rprop(
    params.map((param, i) => ({ params: [param], ...groups[i]?.options })),
    options,
  );
  for (let step = 0; step < stream.steps; step++) {
    const gradients = cut(row(stream.gradients, step, stream.size));
    params.forEach((param, i) => {
      gradOf(param).set(gradients[i] as Float32Array);
    });
    optimizer.step();
    const states = params.map((param) => optimizer.state(param));
    yield {
      data: joined(params.map(({ data }) => data)),
      prev: joined(states.map(({ prev }) => prev)),
      stepSize: joined(states.map(({ stepSize }) => stepSize)),
    };
  }
}

describe.each(forms)("Rprop on %s", (_, form) => {
  it.each(cases.filter(({ name }) => name !== underflow))(
    "equals PyTorch to the bit at every step: $name",
    (recorded) => {
      const { size, steps } = recorded.stream;
      let step = 0;
      for (const state of follow(recorded, form)) {
        for (const key of ["stepSize", "data", "prev"] as const) {
          const wanted = row(recorded[key], step, size);
          expect(difference(state[key], wanted), `${key} after step ${step}`).toBeNull();
        }
        step++;
      }
      expect(step).toBe(steps);
    },
  );

  // Deviation: PyTorch multiplies gradients; below 1e-23 the product is 0 and no step size ever changes.
  it("does on gradients whose products underflow what PyTorch does on the same gradients times 2^60", () => {
    const tiny = cases.find(({ name }) => name === underflow) as RpropCase;
    const scaled = cases.find(({ name }) => name === "the same gradients times 2^60") as RpropCase;
    const { size } = tiny.stream;
    expect(new Set(tiny.stepSize)).toEqual(new Set([Math.fround(0.01)]));
    let step = 0;
    for (const { data, prev, stepSize } of follow(tiny, form)) {
      expect(difference(data, row(scaled.data, step, size)), `step ${step}`).toBeNull();
      expect(difference(stepSize, row(scaled.stepSize, step, size)), `step ${step}`).toBeNull();
      const enlarged = prev.map((value) => value * 2 ** 60);
      expect(difference(enlarged, row(scaled.prev, step, size)), `step ${step}`).toBeNull();
      step++;
    }
    expect(step).toBe(tiny.stream.steps);
  });
});

describe("the recorded gradients", () => {
  it("bring out every branch: growth, shrinking, both bounds, exact zeros of either sign", () => {
    const { stream, stepSize, prev } = cases.find(({ name }) => name === "defaults") as RpropCase;
    const zeros = stream.gradients.filter((value) => value === 0);
    expect(zeros.some((value) => Object.is(value, -0))).toBe(true);
    expect(zeros.some((value) => Object.is(value, 0))).toBe(true);
    expect(prev.filter((value, i) => value === 0 && stream.gradients[i] !== 0).length).toBeGreaterThan(100);
    for (const bound of [1e-6, 50]) expect(stepSize).toContain(Math.fround(bound));
  });
});
