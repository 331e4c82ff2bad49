import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { METHODS } from "../../page/race/methods.js";
import { run } from "../../page/race/run.js";
import { number, signOf } from "../../page/ui/number.js";
import { bowl, type Landscape, rosenbrock } from "../../page/valley/landscape.js";
import { arrival } from "../../page/valley/words.js";
import { drawn, placeIn, showsColor } from "./canvas.js";
import { barriers, describePage, PHONE, text } from "./person.js";

/** The table's rows as they should be. */
function expected(landscape: Landscape, step: number, start: readonly number[], rate: number): string[][] {
  return METHODS.map(({ name }) => {
    const frames = run(name, landscape, start, rate, landscape.steps);
    const { x, value, slopes, sizes, flips } = frames[step] as (typeof frames)[number];
    return [
      ...x.map((each) => number(each)),
      number(value),
      slopes.map(signOf).join(" "),
      ...sizes.map((each) => number(each)),
      flips.join(" "),
      String(arrival(frames) ?? "–"),
    ];
  });
}

const ROWS = "#valley-table tbody tr:not([hidden])";

function shown(page: Page): Promise<string[][]> {
  return page.$$eval(ROWS, (rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
  );
}

const value = (page: Page, id: string) => page.$eval(`#${id}`, (found) => (found as HTMLInputElement).value);

describePage("the valley", ({ open }) => {
  /** The section's script comes later than the page's first screen. */
  async function openValley(viewport?: typeof PHONE): Promise<Page> {
    const page = await open("valley", viewport);
    await page.waitForSelector(ROWS);
    return page;
  }

  const STRAIGHT = bowl(100, 0);

  test("tells the story at first sight, in the library's numbers", async () => {
    const page = await openValley();
    expect(await shown(page)).toEqual(expected(STRAIGHT, STRAIGHT.shown, STRAIGHT.start, STRAIGHT.rate));
    const arrivals = (await shown(page)).map((cells) => Number(cells.at(-1)));
    expect(Math.max(...arrivals.slice(1))).toBeLessThan((arrivals[0] as number) / 4);
    expect(await text(page, "valley-pattern")).toMatch(/^irprop-: along x slope .*; along y slope .*\.$/);
    await drawn(page);
    for (const { color } of METHODS) expect(await showsColor(page, "#valley-picture", color)).toBe(true);
  });

  test("goes step by step, and plays", async () => {
    const page = await openValley();
    await page.click("#valley-reset");
    await page.click("#valley-next");
    expect(await shown(page)).toEqual(expected(STRAIGHT, 1, STRAIGHT.start, STRAIGHT.rate));
    expect(await text(page, "valley-pattern")).toBe(
      "irprop-: along x slope −, step size 0.012, goes right; along y slope +, step size 0.012, goes down.",
    );
    await page.focus("#valley-pictures");
    await page.keyboard.press(" ");
    await page.waitForFunction(() => Number(document.querySelector("#valley-step-text")?.textContent) > 3);
    await page.keyboard.press(" ");
    const step = Number(await text(page, "valley-step-text"));
    expect(await shown(page)).toEqual(expected(STRAIGHT, step, STRAIGHT.start, STRAIGHT.rate));
    await page.focus("#valley-step");
    await page.keyboard.press("End");
    expect(await shown(page)).toEqual(expected(STRAIGHT, 400, STRAIGHT.start, STRAIGHT.rate));
    expect(await text(page, "valley-verdict")).toMatch(
      /^After step 400: .*irprop- reached the minimum at step \d+;/,
    );
  });

  test("turned, shows that Rprop suffers", async () => {
    const page = await openValley();
    const arrivals = async () => (await shown(page)).map((cells) => Number(cells.at(-1)));
    const before = await arrivals();
    expect(await page.$eval("#valley-angle", (slider) => (slider as HTMLInputElement).disabled)).toBe(true);
    await page.select("#valley-kind", "turned");
    const turned = bowl(100, 30);
    expect(await shown(page)).toEqual(expected(turned, turned.shown, turned.start, turned.rate));
    const after = await arrivals();
    expect(after[1]).toBeGreaterThan(3 * (before[1] as number));
    await page.focus("#valley-angle");
    for (let i = 0; i < 15; i++) await page.keyboard.press("ArrowRight");
    expect(await text(page, "valley-angle-text")).toBe("45°");
    expect(await shown(page)).toEqual(expected(bowl(100, 45), turned.shown, turned.start, turned.rate));
  });

  test("of another condition, throws gradient descent out, in words", async () => {
    const page = await openValley();
    await page.focus("#valley-condition");
    await page.keyboard.press("End");
    expect(await shown(page)).toEqual(expected(bowl(10_000, 0), 27, STRAIGHT.start, STRAIGHT.rate));
    expect(await text(page, "valley-verdict")).toMatch(
      /gradient descent thrown out, to a height of 1\.1·10⁶⁹;/,
    );
    await page.focus("#valley-step");
    await page.keyboard.press("End");
    expect(await text(page, "valley-verdict")).toMatch(
      /gradient descent diverged: no number is large enough since step/,
    );
    await drawn(page);
    expect(await showsColor(page, "#valley-picture", "bad")).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  test("can be Rosenbrock's", async () => {
    const page = await openValley();
    await page.select("#valley-kind", "rosenbrock");
    expect(await shown(page)).toEqual(
      expected(rosenbrock, rosenbrock.shown, rosenbrock.start, rosenbrock.rate),
    );
    expect([await value(page, "valley-start-x"), await value(page, "valley-start-y")]).toEqual(["-1.2", "1"]);
    await page.select("#valley-kind", "along");
    expect(await text(page, "valley-rate-text")).toBe("0.09");
  });

  test("starts where somebody clicks, drags, or writes", async () => {
    const page = await openValley();
    const at = (x: number, y: number) =>
      placeIn(page, "#valley-picture", STRAIGHT.across, STRAIGHT.up, [x, y]);
    const start = async () =>
      Promise.all(["x", "y"].map(async (name) => Number(await value(page, `valley-start-${name}`))));
    await page.mouse.click(...(await at(3, -2)));
    const clicked = await start();
    expect(clicked[0]).toBeCloseTo(3, 1);
    expect(clicked[1]).toBeCloseTo(-2, 1);
    expect(await shown(page)).toEqual(expected(STRAIGHT, 27, clicked, STRAIGHT.rate));
    await page.mouse.down();
    await page.mouse.move(...(await at(2, 1)));
    await page.mouse.up();
    const dragged = await start();
    expect(dragged[0]).toBeCloseTo(2, 1);
    expect(dragged[1]).toBeCloseTo(1, 1);
    await page.click("#valley-start-y", { count: 3 });
    await page.keyboard.type("1e99"); // too far: as written so far, and that again when the field is left
    expect(await shown(page)).toEqual(expected(STRAIGHT, 27, [dragged[0] as number, 1], STRAIGHT.rate));
    await page.keyboard.press("Tab");
    expect(await start()).toEqual([dragged[0], 1]);
    await page.click("#valley-start-y", { count: 3 });
    await page.keyboard.type("-0.5");
    expect(await shown(page)).toEqual(expected(STRAIGHT, 27, [dragged[0] as number, -0.5], STRAIGHT.rate));
  });

  test("starts where somebody taps, on a phone", async () => {
    const page = await openValley(PHONE);
    await page.touchscreen.tap(
      ...(await placeIn(page, "#valley-picture", STRAIGHT.across, STRAIGHT.up, [-1, 2])),
    );
    expect(Number(await value(page, "valley-start-x"))).toBeCloseTo(-1, 0);
    expect(Number(await value(page, "valley-start-y"))).toBeCloseTo(2, 0);
  });

  test("shows the methods, and the box, that are chosen", async () => {
    const page = await openValley();
    await page.select("#valley-box", "rprop+");
    expect(await text(page, "valley-pattern")).toMatch(/^rprop\+: along x/);
    const boxes = await page.$$("#valley-methods input");
    await boxes[4]?.click();
    expect(await text(page, "valley-pattern")).toBe("");
    expect(await shown(page)).toHaveLength(4);
    await drawn(page);
    expect(await showsColor(page, "#valley-picture", "rprop-plus")).toBe(false);
    for (const i of [0, 1, 2, 3]) await boxes[i]?.click();
    await drawn(page);
    expect(await shown(page)).toEqual([]);
  });
});
