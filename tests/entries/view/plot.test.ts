import { describe, expect, it } from "vitest";
import type { FitResult } from "../../../src/index.js";
import {
  all,
  axisNames,
  coordinates,
  curveOf,
  dotted,
  draw,
  epochLabels,
  falling,
  lossLabels,
  ofClass,
  texts,
} from "./picture.js";

describe("plot", () => {
  it("is an SVG of the size asked for, which says what it is", () => {
    const svg = draw({ losses: falling(100) }, { width: 500, height: 300.5 });
    expect(svg.name).toBe("svg");
    expect(svg.attributes).toMatchObject({
      xmlns: "http://www.w3.org/2000/svg",
      role: "img",
      width: "500",
      height: "300.5",
      viewBox: "0 0 500 300.5",
    });
    expect(svg.children.slice(0, 2).map(({ name, text }) => [name, text])).toEqual([
      ["title", "Final loss 0.04412 after 100 epochs"],
      [
        "desc",
        "Training loss: from 0.9000 at epoch 0 to 0.04412 at epoch 99. Vertical axis: loss (log scale).",
      ],
    ]);
    expect(draw({ losses: [1] }).attributes).toMatchObject({ width: "640", height: "400" });
  });

  it("says at which epoch a model that came back with its best had its loss", () => {
    const losses = falling(2000);
    const result = { losses, validationLosses: losses, bestEpoch: 1200, loss: losses[1200]! };
    expect(draw(result).children[0]?.text).toBe("Loss 1.20e-16 at epoch 1,200 of 2,000");
  });

  it("draws a result of fit", () => {
    const result: Omit<FitResult, "optimizer"> = {
      loss: 0.01,
      losses: falling(2000),
      validationLosses: falling(2000),
      completed: 2000,
      bestEpoch: 1999,
      stopReason: "limit",
      milliseconds: 1,
    };
    const svg = draw(result);
    expect(svg.children[0]?.text).toBe("Final loss 0.01000 after 2,000 epochs");
    expect(svg.children[1]?.text).toBe(
      "Training loss: from 0.9000 at epoch 0 to 3.24e-27 at epoch 1,999. " +
        "Validation loss: from 0.9000 at epoch 0 to 3.24e-27 at epoch 1,999. " +
        "Best epoch: 1,999. Vertical axis: loss (log scale).",
    );
  });

  it("puts equal ratios at equal distances where all losses are above 0", () => {
    const svg = draw({ losses: [1, 0.1, 0.01, 0.001] });
    const [points] = curveOf(svg, "training");
    const steps = points!.slice(1).map(([x, y], i) => [x - points![i]![0], y - points![i]![1]]);
    for (const [dx, dy] of steps) {
      expect(dx).toBeCloseTo(steps[0]![0]!, 1);
      expect(dy).toBeCloseTo(steps[0]![1]!, 1);
    }
    expect(axisNames(svg)).toEqual(["epoch", "loss (log scale)"]);
  });

  it.each([[[3, 2, 1, 0]], [[3, 1, -1]]])(
    "puts equal differences at equal distances elsewhere: %j",
    (losses) => {
      const svg = draw({ losses });
      const [points] = curveOf(svg, "training");
      const ratio = (points![1]![1] - points![0]![1]) / (points!.at(-1)![1] - points![0]![1]);
      expect(ratio).toBeCloseTo(1 / (losses.length - 1), 3);
      expect(axisNames(svg)).toEqual(["epoch", "loss (linear scale)"]);
    },
  );

  it("is linear where one of two curves is not above 0", () => {
    expect(axisNames(draw({ losses: [2, 1], validationLosses: [2, 0] }))[1]).toBe("loss (linear scale)");
  });

  it.each([
    ["powers of ten", [1e-7, 1], "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰"],
    ["every so many powers", [1e-100, 1], "10⁻¹⁰⁰ 10⁻⁸⁰ 10⁻⁶⁰ 10⁻⁴⁰ 10⁻²⁰ 10⁰"],
    ["plain ones", [0.004, 130], "0.01 0.1 1 10 100"],
    ["1, 2 and 5", [0.03, 2], "0.05 0.1 0.2 0.5 1 2"],
    ["1, 2 and 5 of many", [0.02, 5], "0.02 0.05 0.1 0.2 0.5 1 2 5"],
    ["1, 2 and 5 of small ones", [3e-7, 5e-6], "5×10⁻⁷ 10⁻⁶ 2×10⁻⁶ 5×10⁻⁶"],
    ["within a power", [2.1, 4.4], "2.5 3.0 3.5 4.0"],
    ["over a 2 and a 5", [1.9, 6], "2.0 2.5 3.0 3.5 4.0 4.5 5.0 5.5 6.0"],
    ["nearly constant", [0.7, 0.70003], "0.700000 0.700005 0.700010 0.700015 0.700020 0.700025 0.700030"],
    ["linear", [0, 30], "0 5 10 15 20 25 30"],
    ["linear and negative", [-0.31, 0.11], "-0.30 -0.25 -0.20 -0.15 -0.10 -0.05 0.00 0.05 0.10"],
    ["linear and small", [0, 1.2e-5], "0 2×10⁻⁶ 4×10⁻⁶ 6×10⁻⁶ 8×10⁻⁶ 10⁻⁵ 1.2×10⁻⁵"],
    ["linear and large", [0, 1.1e8], "0 2×10⁷ 4×10⁷ 6×10⁷ 8×10⁷ 1.0×10⁸"],
  ])("has round labels of losses: %s", (_, losses, expected) => {
    expect(lossLabels(draw({ losses })).join(" ")).toBe(expected);
  });

  it.each([
    [2, "0 1"],
    [6, "0 1 2 3 4 5"],
    [300, "0 50 100 150 200 250"],
    [12_001, "0 2,000 4,000 6,000 8,000 10,000 12,000"],
  ])("has round labels of %i epochs", (count, expected) => {
    expect(epochLabels(draw({ losses: falling(count) })).join(" ")).toBe(expected);
  });

  it("takes as many labels as there is room for, at every size and range", () => {
    for (const size of [240, 300, 400, 900]) {
      for (let decades = 0.1; decades < 300; decades *= 1.3) {
        for (const low of [1e-9, 0.013, 0.5]) {
          const validationLosses = [low * 10 ** decades];
          const svg = draw({ losses: [low], validationLosses, bestEpoch: 1 }, { width: size, height: size });
          const heights = all(svg, "text")
            .filter(({ attributes }) => attributes["text-anchor"] === "end")
            .map(({ attributes }) => -Number(attributes.y));
          expect(heights.length).toBeGreaterThanOrEqual(2);
          const distances = heights.slice(1).map((height, i) => height - heights[i]!);
          expect(Math.min(...distances), `${low}, ${decades} decades, ${size}`).toBeGreaterThan(12);
        }
      }
    }
  });

  it("names two curves, and tells them apart by colour and by dashes", () => {
    const svg = draw({ losses: falling(9), validationLosses: falling(9) });
    expect(texts(svg).slice(1, 3)).toEqual(["training", "validation"]);
    const looks = ["training", "validation"].map((name) => {
      const strokes = ofClass(svg, name).map(({ attributes }) => [
        attributes.stroke,
        attributes["stroke-dasharray"],
      ]);
      expect(new Set(strokes.map(String)).size).toBe(1); // the legend's is the curve's
      return strokes[0]!;
    });
    expect(looks[0]![0]).not.toBe(looks[1]![0]);
    expect([looks[0]![1], looks[1]![1]]).toEqual([undefined, "6 3"]);
    expect(texts(draw({ losses: falling(9) }))).not.toContain("training");
  });

  it("marks the best epoch where there is a validation loss", () => {
    const validationLosses = [3, 2, 1, 2];
    const svg = draw({ losses: [3, 2, 1, 0.5], validationLosses, bestEpoch: 2 });
    const [x, y] = curveOf(svg, "validation")[0]![2]!;
    expect(
      all(svg, "circle").map(({ attributes }) => [Number(attributes.cx), Number(attributes.cy)]),
    ).toEqual([
      [expect.any(Number), 49], // the legend's
      [x, y],
    ]);
    expect(dotted(svg).at(-1)?.attributes).toMatchObject({ x1: String(x), x2: String(x) });
    expect(texts(svg)).toContain("best: epoch 2");
    for (const result of [{ validationLosses }, { bestEpoch: 2 }]) {
      const plain = draw({ losses: [3, 2, 1, 0.5], ...result });
      expect([...all(plain, "circle"), ...dotted(plain)]).toEqual([]);
    }
  });

  it("marks a best epoch after the last step, where no loss is known, by its line", () => {
    const svg = draw({ losses: [3, 2], validationLosses: [3, 2], bestEpoch: 2 });
    expect(all(svg, "circle")).toHaveLength(1);
    expect(epochLabels(svg)).toEqual(["0", "1", "2"]);
    const [[, last]] = curveOf(svg, "validation") as [[unknown, [number, number]]];
    expect(Number(dotted(svg).at(-1)?.attributes.x1)).toBeGreaterThan(last[0]);
  });

  it("leaves gaps where losses are not finite, and a dot for an epoch alone", () => {
    const svg = draw({ losses: [3, 2, NaN, 1.5, Infinity, 1, 0.9, 0.8, -Infinity] });
    const stretches = curveOf(svg, "training");
    expect(stretches.map((points) => new Set(points.map(String)).size)).toEqual([2, 1, 3]);
    const dot = ofClass(svg, "training")[1]?.attributes;
    expect(dot).toMatchObject({ "stroke-linecap": "round", "stroke-dasharray": "none" });
  });

  it("keeps the least and the largest losses of many epochs in a thousand points", () => {
    const losses = Array.from({ length: 50_000 }, (_, i) => 2 + Math.sin(i));
    losses[12_345] = 100;
    losses[34_567] = 0.01;
    losses[45_678] = NaN;
    const svg = draw({ losses });
    const stretches = curveOf(svg, "training");
    const points = stretches.flat();
    expect(stretches).toHaveLength(3);
    expect(points.length).toBeGreaterThan(900);
    expect(points.length).toBeLessThanOrEqual(1000);
    const few = curveOf(draw({ losses: [100, 0.01] }), "training").flat();
    const heights = points.map(([, y]) => y);
    expect([Math.min(...heights), Math.max(...heights)]).toEqual(few.map(([, y]) => y));
    const across = points.map(([x]) => x);
    expect([...across].sort((a, b) => a - b)).toEqual(across);
    const tick = (label: string) => Number(all(svg, "text").find(({ text }) => text === label)!.attributes.x);
    const spike = tick("0") + 1.2345 * (tick("10,000") - tick("0"));
    expect(points.find(([, y]) => y === few[0]![1])![0]).toBeCloseTo(spike, 1);
  });

  it("draws a thousand epochs as they are", () => {
    const losses = falling(1000);
    losses[501] = NaN;
    const stretches = curveOf(draw({ losses }), "training");
    expect(stretches.map(({ length }) => length)).toEqual([501, 498]);
  });
});

describe("plot draws something sensible of", () => {
  it.each([
    ["no epochs", [], "No epochs"],
    ["one epoch", [0.5], "Final loss 0.5000 after 1 epoch"],
    ["a constant loss", [0.7, 0.7, 0.7], "Final loss 0.7000 after 3 epochs"],
    ["zeros", [0, 0, 0], "Final loss 0 after 3 epochs"],
    ["a negative constant", [-1e-20, -1e-20], "Final loss -1.00e-20 after 2 epochs"],
    ["nothing finite", [NaN, Infinity], "Final loss Infinity after 2 epochs"],
    ["the largest numbers", [-Number.MAX_VALUE, 1, Number.MAX_VALUE], "Final loss 1.80e308 after 3 epochs"],
    ["the smallest numbers", [5e-324, 1e-300, 1e300], "Final loss 1.00e300 after 3 epochs"],
    ["the smallest number", [5e-324], "Final loss 4.94e-324 after 1 epoch"],
    ["one step of rounding", [1, 1 + 2 ** -52], "Final loss 1.000 after 2 epochs"],
  ])("%s", (_, losses, title) => {
    const svg = draw({ losses });
    expect(svg.children[0]?.text).toBe(title);
    const numbers = coordinates(svg);
    for (const number of numbers) {
      expect(Math.abs(number)).toBeLessThanOrEqual(640); // NaN is not
    }
    const known = losses.filter((loss) => Math.abs(loss) <= 1e300).length;
    expect(curveOf(svg, "training").length > 0).toBe(known > 0);
    expect(lossLabels(svg).length >= 2).toBe(known > 0);
    expect(new Set(lossLabels(svg)).size).toBe(lossLabels(svg).length);
    expect(epochLabels(svg).slice(0, 2)).toEqual(["0", "1"]);
  });

  it("a constant: a line in the middle", () => {
    for (const value of [0.7, 0, -3]) {
      const svg = draw({ losses: [value, value] });
      const [[[, y], [, end]]] = curveOf(svg, "training") as [[[number, number], [number, number]]];
      expect([y, end]).toEqual([197, 197]);
    }
  });
});
