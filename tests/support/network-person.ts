import type { Page } from "puppeteer-core";
import { BCEWithLogitsLoss, fitSync, Rprop } from "rprop";
import type { NetworkShape } from "../../page/network/messages.js";
import { type Points, pointsOf } from "../../page/network/points.js";
import { modelOf } from "../../page/network/training.js";
import { type PHONE, text as textOf } from "../page/person.js";

export const text = (page: Page, name: string) => textOf(page, `network-${name}`);
export const epochs = async (page: Page) => Number((await text(page, "epochs")).replaceAll(",", ""));
/** Brings a part of the section to the middle of the screen, where nothing lies over it. */
export const find = (page: Page, name: string) =>
  page.$eval(`#network-${name}`, (part) => part.scrollIntoView({ block: "center" }));

export async function press(page: Page, name: string): Promise<void> {
  await page.waitForSelector(`#network-${name}:not(:disabled)`, { visible: true });
  await find(page, name);
  await page.click(`#network-${name}`);
}

export const choose = (page: Page, name: string, value: string) => page.select(`#network-${name}`, value);

/** Turns to points of one's own. */
export async function draw(page: Page): Promise<void> {
  await choose(page, "shape", "own");
  await page.waitForSelector("#network-own", { visible: true });
}

/** Waits until a place of the section has a text. */
export const sees = (page: Page, name: string, pattern: RegExp) =>
  page.waitForFunction(
    (id, source) => new RegExp(source).test(document.getElementById(id)?.textContent ?? ""),
    {},
    `network-${name}`,
    pattern.source,
  );

/** The words for a picture. */
export const hears = (page: Page, picture: string, pattern: RegExp) =>
  page.waitForFunction(
    (selector, source) => new RegExp(source).test(document.querySelector(selector)?.ariaLabel ?? ""),
    {},
    picture,
    pattern.source,
  );

/** Writes over an input, with keys, and leaves it. */
export async function write(page: Page, name: string, value: string): Promise<void> {
  await page.$eval(`#network-${name}`, (input) => {
    (input as HTMLInputElement).focus();
    (input as HTMLInputElement).select();
  });
  if (value === "") await page.keyboard.press("Backspace");
  else await page.keyboard.type(value);
  await page.keyboard.press("Tab");
}

/** Moves a slider by so many steps of the arrow keys, or to its least value. */
export async function slide(page: Page, name: string, steps: number | "least"): Promise<void> {
  await page.focus(`#network-${name}`);
  if (steps === "least") return page.keyboard.press("Home");
  for (let i = 0; i < Math.abs(steps); i++) await page.keyboard.press(steps < 0 ? "ArrowLeft" : "ArrowRight");
}

/** Where a place of the map is on the screen, in shares of its width from the left and from below. */
export async function onMap(page: Page, across: number, up: number): Promise<[number, number]> {
  await find(page, "map");
  const { x, y, width } = await page.$eval("#network-map", (map) => map.getBoundingClientRect().toJSON());
  return [x + width * across, y + width * (1 - up)];
}

export const ARCHITECTURE: NetworkShape = { hiddenLayers: 2, width: 12, activation: "Tanh", seed: 1 };
export const SPIRALS = pointsOf("spirals", 200, 0.03, 1);

/** What the library makes of the points in Node. */
export function straight(points: Points, epochs: number, architecture = ARCHITECTURE) {
  const model = modelOf(architecture);
  const optimizer = new Rprop(model.parameters());
  const train = (epochs: number) =>
    fitSync(model, points.at, points.classes, { loss: new BCEWithLogitsLoss(), optimizer, epochs });
  return { model, optimizer, train, result: epochs > 0 ? train(epochs) : null };
}

/** The section as it is before anything is pressed. */
export async function ready(
  open: (section: string, viewport?: typeof PHONE) => Promise<Page>,
  viewport?: typeof PHONE,
): Promise<Page> {
  const page = await open("network", viewport);
  await sees(page, "state", /Ready/);
  return page;
}
