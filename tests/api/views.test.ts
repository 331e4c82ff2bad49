/** Arrays that `data` gives are views of a memory that grows: which of them must be there together. */
import { describe, expect, it } from "vitest";
import { Linear, MSELoss, Normalization, parameter, Rprop, Sequential, Tanh } from "../../src/index.js";

/** More than the memory has left over, and more than it grows by at least. */
const MANY = 1_100_000;
const WIDE = 700;

const ones = () => parameter(new Float32Array(MANY).fill(1));

describe("views of what exists are there together:", () => {
  it("a parameter's data while its gradient is read and written", () => {
    const p = ones();
    for (let i = 0; i < 3; i++) p.grad.data[i] = 2 * (p.data[i] ?? 0);
    expect(p.grad.toArray().slice(0, 3)).toEqual([2, 2, 2]);
    const q = ones();
    q.grad.data.set(q.data.map((value) => 2 * value));
    expect(q.grad.toArray().every((value) => value === 2)).toBe(true);
  });

  it("data and gradient over an optimizer's first step", () => {
    const p = ones();
    const optimizer = new Rprop([p]);
    const [data, grad] = [p.data, p.grad.data];
    grad.fill(1);
    optimizer.step();
    expect(data).toHaveLength(MANY);
    expect(data[MANY - 1]).toBeCloseTo(0.99, 6);
    expect(grad[MANY - 1]).toBe(1);
  });

  it("data and gradients of all layers, buffers included", () => {
    const x = [new Float32Array(WIDE), new Float32Array(WIDE).fill(1)];
    const normalization = new Normalization(x);
    const model = new Sequential(normalization, new Linear(WIDE, WIDE), new Tanh(), new Linear(WIDE, WIDE));
    const owned = [normalization.mean, ...model.parameters(), ...model.parameters().map(({ grad }) => grad)];
    const views = owned.map(({ data }) => data);
    expect(views.map(({ length }) => length)).toEqual(owned.map(({ size }) => size));
    views.forEach((view, i) => {
      expect(owned[i]!.data).toBe(view);
    });
  });

  it("weights between forward and backward, and the output", () => {
    const linear = new Linear(WIDE, WIDE, { bias: false });
    const output = linear.forward(new Float32Array(WIDE).fill(1));
    const loss = new MSELoss().forward(output, new Float32Array(WIDE));
    const views = [output.data, linear.weight.data];
    loss.backward();
    expect(views.map(({ length }) => length)).toEqual([WIDE, WIDE * WIDE]);
    expect(linear.weight.grad.toArray().some((value) => value !== 0)).toBe(true);
  });

  it("those of several optimizers of one parameter", () => {
    const p = ones();
    const optimizers = [new Rprop([p]), new Rprop([p], { variant: "rprop+" })];
    const [data, grad] = [p.data, p.grad.data];
    grad.fill(-1);
    for (const optimizer of optimizers) optimizer.step();
    expect(data[0]).toBeCloseTo(1.02, 6);
  });

  it("those given to an optimizer as plain arrays, once it is made", () => {
    for (const width of [WIDE, 300, 20]) {
      const [own, other] = [new Linear(width, width), new Linear(width, width)];
      const make = () => {
        const plain = { data: own.weight.data, grad: own.weight.grad.data };
        return { plain, optimizer: new Rprop([plain, ...other.parameters()]) };
      };
      let made: ReturnType<typeof make> | undefined;
      for (let i = 0; i < 3 && made === undefined; i++) {
        try {
          made = make();
        } catch (error) {
          expect(String(error)).toMatch("kept while memory grew"); // now, and not at a step
        }
      }
      const { plain, optimizer } = made!;
      const before = own.weight.toArray();
      plain.grad.fill(1);
      other.weight.grad.data.fill(1);
      optimizer.step();
      const stepped = before.map((value) => Math.fround(value - Math.fround(0.01)));
      expect(plain.data).toHaveLength(width * width);
      expect(stepped.every((value, i) => value === plain.data[i])).toBe(true);
      expect(own.weight.data === plain.data).toBe(true);
    }
  });
});
