import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { type CurvePair, pair } from "../../page/curves/pair.js";
import { METHODS } from "../../page/race/methods.js";
import { number, signOf } from "../../page/ui/number.js";
import { drawn, placeIn, showsColor } from "./canvas.js";
import { barriers, describePage, PHONE, text } from "./person.js";

const PICTURES = "#curves-flat-curve, #curves-steep-curve, #curves-flat-chart, #curves-steep-chart".split(
  ", ",
);

/** The table's rows as they should be: a list of cells for each method and curve. */
function expected(step: number, { ratio = 10_000, start = 4, rate = 0.004 } = {}): string[][] {
  return METHODS.flatMap((method) => {
    const { flat, steep }: CurvePair = pair(method, ratio, start, rate, 120);
    return [flat, steep].map((frames) => {
      const { x, value, slopes, sizes, flips } = frames[step] as (typeof frames)[number];
      const [sign, size] = [signOf(slopes[0] as number), number(sizes[0] as number)];
      return [number(x[0] as number, 5), number(value), sign, size, String(flips[0])];
    });
  });
}

function shown(page: Page): Promise<string[][]> {
  return page.$$eval("#curves-table tbody:not([hidden]) tr", (rows) =>
    rows.map((row) => [...row.querySelectorAll("td:not(.both)")].map((cell) => cell.textContent ?? "")),
  );
}

const step = async (page: Page) => Number(await text(page, "curves-step-text"));

/** Moves a slider by keys. */
async function press(page: Page, id: string, ...keys: ("Home" | "End" | "ArrowLeft" | "ArrowRight")[]) {
  await page.focus(`#${id}`);
  for (const key of keys) await page.keyboard.press(key);
}

describePage("the two curves", ({ open }) => {
  test("tell the story at first sight, in the library's numbers", async () => {
    const page = await open("curves");
    expect(await shown(page)).toEqual(expected(120));
    const verdicts = await page.$$eval("#curves-table .both", (cells) => cells.map((c) => c.textContent));
    expect(verdicts).toEqual(["≠ different", ...Array(4).fill("= the same")]);
    expect(await text(page, "curves-verdict")).toBe(
      "After step 120. Gradient descent: on 0.01x² crawls: x = 3.96, step size 3.2·10⁻⁴; on 100x² at the minimum. " +
        "Rprop: on both curves the same steps, digit for digit.",
    );
    await drawn(page);
    for (const picture of PICTURES) {
      for (const { color } of METHODS) expect(await showsColor(page, picture, color)).toBe(true);
    }
  });

  test("go step by step, by buttons and by keys", async () => {
    const page = await open("curves");
    await page.click("#curves-reset");
    expect(await shown(page)).toEqual(expected(0));
    await page.click("#curves-next");
    expect(await shown(page)).toEqual(expected(1));
    await page.keyboard.press("ArrowRight"); // the button has no use for it
    expect(await shown(page)).toEqual(expected(2));
    await page.focus("#curves-pictures");
    for (let i = 0; i < 28; i++) await page.keyboard.press("ArrowRight");
    expect(await shown(page)).toEqual(expected(30));
    await page.keyboard.press("ArrowLeft");
    expect(await shown(page)).toEqual(expected(29));
    await page.keyboard.press("Home");
    expect(await step(page)).toBe(0);
  });

  test("play until paused, and from the start again after the end", async () => {
    const page = await open("curves");
    await press(page, "curves-pace", "End");
    await page.click("#curves-play");
    expect(await text(page, "curves-play")).toBe("Pause");
    await page.waitForFunction(() => Number(document.querySelector("#curves-step-text")?.textContent) > 3);
    await page.focus("#curves-pictures");
    await page.keyboard.press(" ");
    await page.waitForFunction(() => document.querySelector("#curves-play")?.textContent === "Play");
    const paused = await step(page);
    expect(paused).toBeLessThan(120);
    expect(await shown(page)).toEqual(expected(paused));
    await press(page, "curves-step", "End", "ArrowLeft", "ArrowLeft");
    await page.click("#curves-play");
    await page.waitForFunction(() => document.querySelector("#curves-play")?.textContent === "Play");
    expect(await step(page)).toBe(120);
  });

  test("leave the keys of native controls alone", async () => {
    const page = await open("curves");
    await press(page, "curves-rate", "ArrowRight");
    expect(await step(page)).toBe(120);
    expect(await text(page, "curves-rate-text")).toBe("0.0045");
    await page.focus("#curves-methods input");
    await page.keyboard.press(" ");
    expect(await text(page, "curves-play")).toBe("Play");
    expect(await shown(page)).toHaveLength(8);
  });

  test("no rate suits both: what suits the flat one diverges on the steep one, in words", async () => {
    const page = await open("curves");
    await page.click("#curves-suit-flat");
    expect(await text(page, "curves-rate-text")).toBe("50");
    expect(await shown(page)).toEqual(expected(120, { rate: 50 }));
    const lost = "diverged: no number is large enough since step 10";
    expect(await text(page, "curves-verdict")).toContain(`on 100x² ${lost}`);
    const label = () => page.$eval("#curves-steep-curve", (canvas) => canvas.getAttribute("aria-label"));
    expect(await label()).toContain(`gradient descent ${lost}`);
    await drawn(page);
    expect(await showsColor(page, "#curves-steep-curve", "bad")).toBe(true);
    expect(await showsColor(page, "#curves-flat-curve", "bad")).toBe(false);
    expect(await barriers(page)).toEqual([]);
    await page.click("#curves-suit-steep");
    expect(await text(page, "curves-rate-text")).toBe("0.005");
    expect(await label()).toContain("gradient descent at the minimum");
  });

  test("are another pair for another ratio", async () => {
    const page = await open("curves");
    await press(page, "curves-ratio", "Home");
    expect([await text(page, "curves-flat-name"), await text(page, "curves-steep-name")]).toEqual([
      "x²",
      "x²",
    ]);
    await press(page, "curves-ratio", "End");
    expect(await text(page, "curves-steep-name")).toBe("1,000x²");
    expect(await shown(page)).toEqual(expected(120, { ratio: 1e6 }));
  });

  test("start where somebody drags", async () => {
    const page = await open("curves");
    const at = (x: number) => placeIn(page, "#curves-steep-curve", [-5.5, 5.5], [0, 1], [x, 0.5]);
    await page.mouse.move(...(await at(1)));
    await page.mouse.down();
    await page.mouse.move(...(await at(-1)));
    await page.mouse.move(...(await at(-2.5)));
    await page.mouse.up();
    expect(await text(page, "curves-start-text")).toBe("−2.5");
    expect(await shown(page)).toEqual(expected(120, { start: -2.5 }));
    await press(page, "curves-start", "End");
    expect(await shown(page)).toEqual(expected(120, { start: 5 }));
    await page.mouse.click(...(await at(0)));
    expect(await shown(page)).toEqual(expected(120, { start: 0 })); // where nothing moves
  });

  test("start where somebody taps, on a phone", async () => {
    const page = await open("curves", PHONE);
    const place = await placeIn(page, "#curves-flat-curve", [-5.5, 5.5], [0, 1], [3, 0.5]);
    await page.touchscreen.tap(...place);
    expect(await text(page, "curves-start-text")).toBe("3");
  });

  test("show the quantity and the methods that are chosen, or none", async () => {
    const page = await open("curves");
    const label = () => page.$eval("#curves-flat-chart", (canvas) => canvas.getAttribute("aria-label"));
    expect(await label()).toMatch(/^distance/);
    await page.select("#curves-quantity", "size");
    expect(await label()).toMatch(/^step size/);
    const boxes = await page.$$("#curves-methods input");
    await boxes[3]?.click();
    await drawn(page);
    expect(await showsColor(page, "#curves-flat-curve", "rprop-minus")).toBe(false);
    expect(await showsColor(page, "#curves-flat-curve", "rprop-plus")).toBe(true);
    for (const i of [0, 1, 2, 4]) await boxes[i]?.click();
    expect(await shown(page)).toEqual([]);
    await page.click("#curves-next");
    await drawn(page);
  });
});
