import { describe, expect, it } from "vitest";
import { type LossCurves, type PlotOptions, plot } from "../../../src/view/index.js";
import { all, draw, texts } from "./picture.js";
import { parse } from "./xml.js";

describe("the text of a plot", () => {
  it("is the caller's title, escaped", () => {
    const title = `<b>"Longley" & co</b> ]]> \u{1F600}`;
    const svg = draw({ losses: [1] }, { title });
    expect(svg.children[0]?.text).toBe(title);
    expect(texts(svg)[0]).toBe(title);
  });

  it("replaces what XML does not have", () => {
    expect(draw({ losses: [1] }, { title: "a\0b\x1bc\uD800d\uFFFFe" }).children[0]?.text).toBe("a�b�c�d�e");
  });

  it("shortens a title that is wider than the picture, where it is drawn", () => {
    const title = "Longley's regression, ".repeat(10);
    const svg = draw({ losses: [1] }, { title, width: 240 });
    expect(svg.children[0]?.text).toBe(title);
    expect(texts(svg)[0]).toBe("Longley's regression, …");
  });

  it("refers to nothing outside, and styles nothing outside", () => {
    const text = plot({ losses: [2, 1], validationLosses: [2, 1], bestEpoch: 1 });
    expect(text.replace("http://www.w3.org/2000/svg", "")).not.toMatch(
      /url|href|https?:|@import| id=|currentColor/i,
    );
    const style = parse(text).children.find(({ name }) => name === "style")!.text;
    const [, rules = ""] = /^\s*@media \(prefers-color-scheme: dark\) \{(.*)\}\s*$/s.exec(style)!;
    for (const rule of rules.trim().split("\n"))
      expect(rule).toMatch(/^\.rprop-plot \.\w+ \{ \w+: #\w{6} \}$/);
  });

  it("has a colour for the dark wherever it has one for the light", () => {
    const svg = draw({ losses: [2, NaN, 1], validationLosses: [2, 1, NaN], bestEpoch: 1 });
    const style = all(svg, "style")[0]!.text;
    for (const { attributes } of svg.children) {
      for (const kind of ["fill", "stroke"]) {
        if (!attributes[kind]?.startsWith("#")) continue;
        const rules = attributes.class!.split(" ").map((name) => `.rprop-plot .${name} { ${kind}: #`);
        expect(
          rules.some((rule) => style.includes(rule)),
          `${attributes.class} ${kind}`,
        ).toBe(true);
      }
    }
  });
});

describe("plot refuses", () => {
  it.each([
    [null, {}, `"result": expected an object with losses, got null`],
    [{}, {}, `"losses": expected an array of numbers, got undefined`],
    [{ losses: 3 }, {}, `"losses": expected an array of numbers, got 3`],
    [{ losses: [1, "2"] }, {}, `"losses[1]": expected a number, got "2"`],
    [{ losses: new Array(1) }, {}, `"losses[0]": expected a number, got undefined`],
    [{ losses: [], validationLosses: [1n] }, {}, `"validationLosses[0]": expected a number, got 1n`],
    [
      { losses: [], validationLosses: null },
      {},
      `"validationLosses": expected an array of numbers, got null`,
    ],
    [{ losses: [], loss: "1" }, {}, `"loss": expected a number, got "1"`],
    [{ losses: [1], bestEpoch: "1" }, {}, `"bestEpoch": expected a whole number from 0 to 1, got "1"`],
    [{ losses: [1], bestEpoch: 2 }, {}, `"bestEpoch": expected a whole number from 0 to 1, got 2`],
    [{ losses: [1], bestEpoch: -1 }, {}, `"bestEpoch": expected a whole number from 0 to 1, got -1`],
    [{ losses: [1], bestEpoch: 0.5 }, {}, `"bestEpoch": expected a whole number from 0 to 1, got 0.5`],
    [{ losses: [] }, { widht: 1 }, `"options": expected options among width, height, title, got "widht"`],
    [{ losses: [] }, { width: "640" }, `"width": expected a finite number of at least 240, got "640"`],
    [{ losses: [] }, { width: 239 }, `"width": expected a finite number of at least 240, got 239`],
    [{ losses: [] }, { height: NaN }, `"height": expected a finite number of at least 240, got NaN`],
    [{ losses: [] }, { title: 1 }, `"title": expected a text, got 1`],
  ])("%o, %o", (result, options, message) => {
    expect(() => plot(result as LossCurves, options as PlotOptions)).toThrow(message);
  });
});
