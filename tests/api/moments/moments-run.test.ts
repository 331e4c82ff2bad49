import { describe, expect, it, test } from "vitest";
import { fitSync, Linear, Moments, MSELoss, Rprop } from "../../../src/index.js";
import { momentsTrainer } from "../../../src/train/trainers/moments-trainer.js";
import { made, moments, run, x, y } from "./run.js";

describe.each(["irprop-", "irprop+", "rprop-", "rprop+"] as const)("a run from moments by %s", (variant) => {
  it("writes model and optimizer what float32 has of it", () => {
    const { linear, optimizer, trainer } = made({ variant });
    const other = made({ variant });
    const criterion = new MSELoss();
    const steps = 12;
    for (let step = 0; step < steps; step++) {
      other.optimizer.zeroGrad();
      const loss = criterion.forward(other.model.forward(x), y);
      loss.backward();
      other.optimizer.step(loss);
    }
    const finished = run(trainer(), steps);
    finished.state.publish();
    expect(optimizer.stateDict().loss).toBeCloseTo(other.optimizer.stateDict().loss!, 5);
    linear.parameters().forEach((param, i) => {
      const [own, wanted] = [optimizer.state(param), other.optimizer.state(other.linear.parameters()[i]!)];
      expect(own.step).toBe(steps);
      own.stepSize.forEach((size, j) => {
        expect(size / wanted.stepSize[j]!).toBeCloseTo(1, 5);
        expect(own.prev[j]).toBeCloseTo(wanted.prev[j]!, 4);
        expect(param.data[j]).toBeCloseTo(other.linear.parameters()[i]!.data[j]!, 4);
      });
    });
    finished.state.publish();
    expect(linear.weight.toArray()).not.toEqual(made().linear.weight.toArray());
    optimizer.step(1); // and goes on by hand
    expect(optimizer.state(linear.weight).step).toBe(steps + 1);
  });

  it("goes on to the bit where the last one ended", () => {
    const [whole, parts] = [made({ variant }), made({ variant })];
    const expected = run(whole.trainer(), 50);
    const first = run(parts.trainer(), 20);
    first.state.publish();
    const second = parts.trainer();
    expect(second.extras).toEqual(first.extras);
    run(second, 29).state.publish();
    const third = run(parts.trainer(), 1);
    expect(third.extras).toEqual(expected.extras);
    expect(third.measure()).toBe(expected.measure());
    third.state.publish();
    expected.state.publish();
    expect(JSON.stringify(parts.optimizer.stateDict())).toBe(JSON.stringify(whole.optimizer.stateDict()));
  });
});

describe("a run from moments", () => {
  const others: [string, (parts: ReturnType<typeof made>) => void][] = [
    ["weights", ({ linear }) => linear.weight.data.set([1], 4)],
    ["a step", ({ optimizer }) => optimizer.step()],
    [
      "gradients of the last step",
      ({ optimizer }) => {
        const state = JSON.parse(JSON.stringify(optimizer.stateDict()));
        state.state[0].prev.data[2] *= -1;
        optimizer.loadStateDict(state);
      },
    ],
    [
      "a loss of the last step",
      ({ optimizer }) => optimizer.loadStateDict({ ...optimizer.stateDict(), loss: 3 }),
    ],
  ];
  test.each(others)("starts from what float32 has where it finds other %s", (_, change) => {
    const [parts, copy] = [made({ variant: "rprop+" }), made({ variant: "rprop+" })];
    run(parts.trainer(), 20).state.publish();
    change(parts);
    copy.model.loadStateDict(parts.model.stateDict());
    copy.optimizer.loadStateDict(parts.optimizer.stateDict());
    const [own, fresh] = [parts.trainer(), copy.trainer()];
    expect(own.extras).toEqual(fresh.extras);
    expect(run(own, 20).extras).toEqual(run(fresh, 20).extras);
  });

  it("writes nothing before publish", () => {
    const { linear, optimizer, trainer } = made();
    const [before, state] = [linear.weight.toArray(), optimizer.stateDict()];
    const running = run(trainer(), 10);
    expect(linear.weight.toArray()).toEqual(before);
    expect(optimizer.stateDict()).toEqual(state);
    running.state.publish();
    expect(linear.weight.toArray()).not.toEqual(before);
    expect(optimizer.stateDict()).not.toEqual(state);
    const fresh = made();
    fresh.trainer().state.publish();
    expect(fresh.optimizer.stateDict()).toEqual(state); // no step, no state
  });

  it("makes outputs of the weights before stale", () => {
    const { model, trainer } = made();
    const loss = new MSELoss().forward(model.forward(x), y);
    trainer().state.publish();
    expect(() => loss.backward()).toThrow("the weights of this Linear(3, 2) have changed since its forward");
  });

  it("undoes a step", () => {
    const parts = made({ variant: "irprop+" });
    const trainer = run(parts.trainer(), 30);
    const { extras } = trainer;
    run(trainer, 1);
    expect(trainer.extras).not.toEqual(extras);
    trainer.state.undo();
    expect(trainer.extras).toEqual(extras);
    expect(run(trainer, 5).extras).toEqual(run(made({ variant: "irprop+" }).trainer(), 35).extras);
    trainer.state.publish();
    expect(parts.optimizer.state(parts.linear.weight).step).toBe(35);
  });

  it("comes back to the best, the optimizer's state included", () => {
    const parts = made();
    const trainer = run(parts.trainer(), 5);
    trainer.state.takeSnapshot("best");
    run(trainer, 2);
    trainer.state.takeSnapshot("best");
    const { extras } = trainer;
    run(trainer, 9);
    trainer.state.restoreSnapshot("best");
    expect(trainer.extras).toEqual(extras);
    expect(run(trainer, 3).extras).toEqual(run(made().trainer(), 10).extras);
    trainer.state.publish();
    expect(parts.optimizer.state(parts.linear.bias!).step).toBe(10);
  });

  it("says whether a step moved anything", () => {
    const { trainer, optimizer } = made({ lr: 0, stepSizes: [0, 1] });
    const running = run(trainer(), 1);
    expect(running.state.unchanged()).toBe(true);
    optimizer.paramGroups[0]!.stepSizes = [0.1, 1];
    run(running, 1);
    expect(running.state.unchanged()).toBe(false);
  });

  it("follows options that change between steps", () => {
    const { trainer, optimizer } = made({ stepSizes: [1e-6, 0.1] });
    const running = run(trainer(), 3);
    const before = (running.extras as { bias: Float64Array }).bias;
    const group = optimizer.paramGroups[0]!;
    group.maximize = true;
    const loss = running.evaluate();
    run(running, 4);
    expect(running.evaluate()).toBeGreaterThan(loss);
    expect((running.extras as { bias: Float64Array }).bias).not.toEqual(before);
  });

  it("moves the parameters that the optimizer has, by the options of their groups", () => {
    const linear = new Linear(3, 2);
    const [weight, bias] = [linear.weight.toArray(), linear.bias!.toArray()];
    const optimizer = new Rprop([{ params: [linear.bias!], lr: 0.5 }]);
    const step = () =>
      run(momentsTrainer(linear, moments, new MSELoss(), optimizer, null), 1).state.publish();
    step();
    expect(linear.weight.toArray()).toEqual(weight);
    linear.bias!.toArray().forEach((value, i) => {
      expect(Math.abs(value - bias[i]!)).toBeCloseTo(0.5, 6);
    });
    optimizer.addParamGroup({ params: [linear.weight], lr: 0.25 });
    step();
    linear.weight.toArray().forEach((value, i) => {
      expect(Math.abs(value - weight[i]!)).toBeCloseTo(0.25, 6);
    });
    expect([optimizer.state(linear.bias!).step, optimizer.state(linear.weight).step]).toEqual([2, 1]);
  });

  it("keeps the sign of a gradient that float32 does not have", () => {
    const linear = new Linear(1, 1, { bias: false });
    const optimizer = new Rprop(linear.parameters());
    const tiny = Moments.from([1e-30, 3e-30], [5e-30, 7e-30]);
    run(momentsTrainer(linear, tiny, new MSELoss(), optimizer, null), 1).state.publish();
    expect(optimizer.state(linear.weight).prev[0]).toBe(-(2 ** -149));
  });

  it("takes the moments as they were when it began", () => {
    const own = Moments.from(x, y);
    const { model, optimizer, trainer } = made();
    const running = momentsTrainer(model, own, new MSELoss(), optimizer, null);
    own.add([[1e6, 1e6, 1e6]], [[0, 0]]).decay(0.5);
    expect(running.measure()).toBe(trainer().measure());
  });
});

describe("restarts of a run from moments", () => {
  it("keep the steps that an optimizer had taken before where the first start is the best, and else forget them", () => {
    for (const [maximize, steps] of [
      [false, 24],
      [true, 4],
    ] as const) {
      const { model, linear, optimizer } = made();
      const before = new Rprop(model.parameters(), { maximize, lr: 1 });
      fitSync(model, moments, { optimizer: before, epochs: 200 });
      fitSync(model, moments, { optimizer, epochs: 20 });
      const result = fitSync(model, moments, { optimizer, epochs: 4, restarts: 2 });
      expect([optimizer.state(linear.weight).step, result.losses.length]).toEqual([steps, 4]);
    }
  });

  it("begin within the bounds of the optimizer", () => {
    const { model, linear } = made();
    for (const parameter of model.parameters()) parameter.data.fill(0);
    const optimizer = new Rprop(model.parameters(), { bounds: [-0.1, 0.25], lr: 0 });
    const seen: number[] = [];
    const onEpoch = () => void seen.push(...linear.weight.toArray());
    fitSync(model, moments, { optimizer, epochs: 1, restarts: 6, onEpoch });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(Math.fround(-0.1));
    expect(Math.max(...seen)).toBeLessThanOrEqual(0.25);
    expect(seen.length).toBe(36);
  });
});
