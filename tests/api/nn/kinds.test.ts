import { describe, expect, test } from "vitest";
import { toJavaScript } from "../../../src/export/index.js";
import * as library from "../../../src/index.js";
import {
  ACTIVATIONS,
  decode,
  encode,
  fingerprint,
  fitSync,
  Generator,
  gradcheck,
  Linear,
  LOSSES,
  type Module,
  MSELoss,
  modelFromJSON,
  Normalization,
  predict,
  type Rprop,
  Sequential,
  Sigmoid,
} from "../../../src/index.js";
import {
  ACTIVATION_NAMES,
  ACTIVATION_OPTIONS,
  type ActivationName,
} from "../../../src/nn/activation-kinds.js";
import { activations as exact } from "../../core/activations.js";
import { expectSame, generator, mixed } from "../../core/numbers.js";
import { bits, byHand, job } from "../train/by-hand.js";

// Every kind there is, whatever there will be: what one alone does differently is tested where it is.

/** A kind as it is made without options, and where it has one with another value of it. */
function made(name: ActivationName): [string, () => Module][] {
  const options = ACTIVATION_OPTIONS[name as keyof typeof ACTIVATION_OPTIONS];
  const Activation: new (...options: never[]) => Module = ACTIVATIONS[name];
  const plain: [string, () => Module] = [name, () => new Activation()];
  if (options === undefined) return [plain];
  const others = Object.fromEntries(Object.keys(options).map((option) => [option, -0.3]));
  return [plain, [`${name} ${JSON.stringify(others)}`, () => new Activation(others as never)]];
}

const activations = ACTIVATION_NAMES.flatMap(made);

test("activations and losses are in their tables by the names that they are exported and described by", () => {
  expect(Object.keys(ACTIVATIONS)).toEqual(ACTIVATION_NAMES);
  const exported = new Map<string, unknown>(Object.entries(library));
  for (const [name, Activation] of Object.entries(ACTIVATIONS)) {
    expect(exported.get(name)).toBe(Activation);
    expect(new Activation().architecture().type).toBe(name);
    expect(new Activation().describe().replace(/\(.*/, "")).toBe(name);
  }
  for (const [name, Loss] of Object.entries(LOSSES)) {
    expect(exported.get(name)).toBe(Loss);
    expect(new Loss().name).toBe(name);
  }
});

/** Some distance from 0, where rectifiers bend: a difference across a bend is no derivative. */
function numbers(rows: number, columns: number): number[][] {
  const random = new Generator(rows * 10 + columns).randn(rows, columns);
  return random.toRows().map((row) => row.map((x) => Math.fround(2 * x + Math.sign(x) * 0.01)));
}

/** What the option is unless it is given. */
const byDefault = (name: string) =>
  Object.values(ACTIVATION_OPTIONS[name as keyof typeof ACTIVATION_OPTIONS] ?? {})[0] ?? 0;

describe.each(exact)("$name", ({ name, slope, f, derivative }) => {
  const make = () => new ACTIVATIONS[name]();

  test("has the option that the reference has", () => expect(Math.fround(byDefault(name))).toBe(slope));

  test.each([
    [1, 1],
    [3, 2],
    [7, 5],
    [300, 3],
  ])("is f of each number, shaped as x: %i × %i", (rows, columns) => {
    const x = numbers(rows, columns);
    const y = make().forward(x);
    expect(y.shape).toEqual([rows, columns]);
    y.toRows().forEach((row, r) => {
      row.forEach((value, c) => {
        expect(value).toBeCloseTo(f(x[r]![c]!), 5);
      });
    });
  });

  test("takes another width, and more or fewer rows, each time", () => {
    const activation = make();
    for (const [rows, columns] of [
      [2, 3],
      [40, 7],
      [1, 1],
      [5, 30],
    ] as const) {
      const x = numbers(rows, columns);
      const y = activation.forward(x);
      expect(y.shape).toEqual([rows, columns]);
      expect(y.data).toHaveLength(rows * columns);
      expect(y.toArray().at(-1)).toBeCloseTo(f(x.at(-1)!.at(-1)!), 5);
    }
  });

  test("the gradient of what it reads is its derivative", () => {
    const x = numbers(9, 4);
    const identity = new Linear(4, 4, { bias: false });
    for (let i = 0; i < 16; i++) identity.weight.data[i] = i % 5 === 0 ? 1 : 0;
    const dy = new Generator(4).randn(9, 4);
    make().forward(identity.forward(x)).backward(dy);
    // ∂/∂weight[o, k] of Σ dy · f(x · weightᵀ) is Σᵣ dy[r, o] · f′(x[r, o]) · x[r, k].
    identity.weight.grad.toArray().forEach((gradient, i) => {
      const [o, k] = [i >> 2, i & 3];
      const terms = x.map((row, r) => dy.data[r * 4 + o]! * derivative(row[o]!) * row[k]!);
      expect(gradient).toBeCloseTo(
        terms.reduce((sum, term) => sum + term),
        4,
      );
    });
  });
});

/** What reaches its activation is 0.8 and more away from 0, on both sides. */
function bent(activation: Module): Sequential {
  const first = new Linear(1, 4);
  first.weight.data.set([1, -1, 0.5, -0.5]);
  first.bias?.data.set([0.3, -0.3, 0.7, -0.7]);
  return new Sequential(first, activation, new Linear(4, 1, { generator: new Generator(0) }));
}

describe.each(activations)("%s", (_, make) => {
  const network = () => {
    const seeded = new Generator(5);
    const [first, last] = [new Linear(3, 5, { generator: seeded }), new Linear(5, 2, { generator: seeded })];
    return new Sequential(first, make(), last);
  };

  test("backward is the derivative of forward, by finite differences", () => {
    expect(gradcheck(bent(make()), [0.5, 2], [1, -1], new MSELoss()).ok).toBe(true);
  });

  test("has no parameters", () => expect(make().namedParameters()).toEqual([]));

  test.each([1, 255, 256, 257, 700])("fit over %i rows is the loop written by hand, to the bit", (rows) => {
    const jobs = [0, 1].map(() => {
      const random = new Generator(7);
      return job(network(), random.randn(rows, 3), random.randn(rows, 2), new MSELoss());
    });
    const [hand, run] = jobs as [(typeof jobs)[0], (typeof jobs)[0]];
    const losses = byHand(hand, 6);
    const { model, x, y, loss, optimizer } = run;
    const result = fitSync(model, x, y, { loss, optimizer, epochs: 6 });
    expect([...result.losses, result.loss]).toEqual(losses);
    expect(bits(run)).toEqual(bits(hand));
    expect(losses.at(-1)).not.toBe(losses[0]);
  });

  test("comes back from a file and from JSON with its option and every bit, and refuses what is not its own", () => {
    const model = network();
    const print = fingerprint(model);
    const json = JSON.parse(JSON.stringify(model));
    for (const back of [decode(encode({ model })).model, modelFromJSON(json)]) {
      expect(back.architecture()).toEqual(model.architecture());
      expect(fingerprint(back)).toBe(print);
    }
    json.modules[1].other = 1;
    expect(() => modelFromJSON(json)).toThrow('"other"');
  });

  test("is exported to JavaScript with the bits of predict", async () => {
    const model = new Sequential(new Normalization([-1, 1]), make()); // gives every number as it is
    const source = toJavaScript(model);
    const url = `data:text/javascript,${encodeURIComponent(source)}`;
    const { predict: exported } = await import(/* @vite-ignore */ url);
    const random = generator(1);
    const x = Float32Array.from([...mixed(random, 500, 0.3), ...mixed(random, 3000, 0).map((v) => v * 110)]);
    const y = Array.from(x, (value) => exported([value])[0]);
    expectSame(y, predict(model, x).data, "y");
  });
});

describe.each(Object.entries(LOSSES))("%s", (name, Loss) => {
  // Probabilities, of which the rows of the target have 1 in all: any loss takes them.
  const x = [
    [0.5, -1],
    [2, 0.25],
    [-1.5, 1],
  ];
  const y = [
    [0.9, 0.1],
    [0.3, 0.7],
    [0, 1],
  ];
  const network = () => new Sequential(new Linear(2, 2, { generator: new Generator(3) }), new Sigmoid());

  test.each(["mean", "sum"] as const)(
    "backward is the derivative of the %s, by finite differences",
    (reduction) => {
      expect(gradcheck(network(), x, y, new Loss({ reduction })).ok).toBe(true);
    },
  );

  test("is trained with by fit, to the bits of the loop by hand, and becomes less", () => {
    const [hand, run] = [job(network(), x, y, new Loss()), job(network(), x, y, new Loss())];
    const losses = byHand(hand, 20);
    const result = fitSync(run.model, x, y, { loss: run.loss, optimizer: run.optimizer, epochs: 20 });
    expect([...result.losses, result.loss]).toEqual(losses);
    expect(bits(run)).toEqual(bits(hand));
    expect(result.loss).toBeLessThan(result.losses[0]!);
  });

  test("leaves a run that files carry on with the same bits", () => {
    const whole = job(network(), x, y, new Loss());
    fitSync(whole.model, x, y, { loss: whole.loss, optimizer: whole.optimizer, epochs: 20 });
    const half = job(network(), x, y, new Loss());
    fitSync(half.model, x, y, { loss: half.loss, optimizer: half.optimizer, epochs: 9 });
    const { model, optimizer } = decode(encode({ model: half.model, optimizer: half.optimizer }));
    fitSync(model, x, y, { loss: new Loss(), optimizer: optimizer as Rprop, epochs: 11 });
    expect(bits({ model, optimizer: optimizer as Rprop })).toEqual(bits(whole));
  });

  test("says its name", () => {
    const loss = new Loss();
    loss.dispose();
    expect(() => loss.forward(x, y)).toThrow(`this ${name} was disposed`);
  });
});
