import type { Page } from "puppeteer-core";
import { BCEWithLogitsLoss, fingerprint, fitSync, Rprop } from "rprop";
import { expect, test } from "vitest";
import type { Architecture } from "../../page/network/messages.js";
import { type Points, pointsOf } from "../../page/network/points.js";
import { modelOf } from "../../page/network/training.js";
import { number } from "../../page/ui/numbers.js";
import { barriers, describePage, PHONE } from "./person.js";

const text = (page: Page, name: string) =>
  page.$eval(`#network-${name}`, ({ textContent }) => textContent ?? "");
const epochs = async (page: Page) => Number((await text(page, "epochs")).replaceAll(",", ""));
/** Brings a part of the section to the middle of the screen, where nothing lies over it. */
const find = (page: Page, name: string) =>
  page.$eval(`#network-${name}`, (part) => part.scrollIntoView({ block: "center" }));

async function press(page: Page, name: string): Promise<void> {
  await find(page, name);
  await page.click(`#network-${name}`);
}

const choose = (page: Page, name: string, value: string) => page.select(`#network-${name}`, value);

/** Waits until a place of the section has a text. */
const sees = (page: Page, name: string, pattern: RegExp) =>
  page.waitForFunction(
    (id, source) => new RegExp(source).test(document.getElementById(id)?.textContent ?? ""),
    {},
    `network-${name}`,
    pattern.source,
  );

/** The words for a picture. */
const hears = (page: Page, picture: string, pattern: RegExp) =>
  page.waitForFunction(
    (selector, source) => new RegExp(source).test(document.querySelector(selector)?.ariaLabel ?? ""),
    {},
    picture,
    pattern.source,
  );

/** Writes into an input, as with keys, and leaves it. */
async function write(page: Page, name: string, value: string): Promise<void> {
  await page.focus(`#network-${name}`);
  await page.$eval(`#network-${name}`, (input) => (input as HTMLInputElement).select());
  await page.keyboard.press("Backspace");
  await page.keyboard.type(value);
  await page.keyboard.press("Tab");
}

/** Moves a slider by so many steps of the arrow keys. */
async function slide(page: Page, name: string, steps: number): Promise<void> {
  await page.focus(`#network-${name}`);
  for (let i = 0; i < Math.abs(steps); i++) await page.keyboard.press(steps < 0 ? "ArrowLeft" : "ArrowRight");
}

/** Where a place of the map is on the screen, in shares of its width from the left and from below. */
async function onMap(page: Page, across: number, up: number): Promise<[number, number]> {
  await find(page, "map");
  const { x, y, width } = await page.$eval("#network-map", (map) => map.getBoundingClientRect().toJSON());
  return [x + width * across, y + width * (1 - up)];
}

const ARCHITECTURE: Architecture = { hiddenLayers: 2, width: 12, activation: "Tanh", seed: 1 };
const SPIRALS = pointsOf("spirals", 200, 0.03, 1);

/** What the library makes of the points in Node. */
function straight(points: Points, epochs: number, architecture = ARCHITECTURE) {
  const model = modelOf(architecture);
  const optimizer = new Rprop(model.parameters());
  const train = (epochs: number) =>
    fitSync(model, points.at, points.classes, { loss: new BCEWithLogitsLoss(), optimizer, epochs });
  return { model, optimizer, train, result: epochs > 0 ? train(epochs) : null };
}

describePage("the network", ({ open }) => {
  const ready = async (viewport?: typeof PHONE) => {
    const page = await open("network", viewport);
    await sees(page, "state", /Ready/);
    return page;
  };

  test("trains at full speed to the bits that the library has in Node, and stops at once", async () => {
    const page = await ready();
    await choose(page, "pace", "");
    await write(page, "target", "");
    await press(page, "start");
    await page.waitForFunction(() => document.querySelector("#network-epochs")?.textContent !== "0");
    expect(await text(page, "fingerprint")).toBe("–");
    await sees(page, "rate", /\d/);
    await press(page, "start");
    await sees(page, "state", /Paused/);
    await sees(page, "fingerprint", /^[0-9a-f]{16}$/);
    const completed = await epochs(page);
    const { model, result } = straight(SPIRALS, completed);
    expect(await text(page, "fingerprint")).toBe(fingerprint(model));
    const { losses } = result as { losses: Float64Array };
    const [first, last] = [losses[0], losses.at(-1)].map((loss) => number(loss as number));
    const words = `${completed.toLocaleString("en")} epochs, training loss from ${first} to ${last}`;
    await hears(page, "#network-losses [role=img]", new RegExp(`${words}$`));
  });

  test("takes one epoch at a time, with the options of the moment, and begins again", async () => {
    const page = await ready();
    const { model, optimizer, train } = straight(SPIRALS, 0);
    const beginning = fingerprint(model);
    expect(await text(page, "fingerprint")).toBe(beginning);
    for (const epoch of ["1", "2", "3"]) {
      await press(page, "step");
      await sees(page, "epochs", new RegExp(`^${epoch}$`));
    }
    train(3);
    expect(await text(page, "fingerprint")).toBe(fingerprint(model));

    await choose(page, "variant", "rprop+");
    await write(page, "eta-minus", "0.7");
    await write(page, "eta-plus", "1.1");
    await write(page, "smallest", "1e-5");
    await write(page, "largest", "0.1");
    await write(page, "decay", "0.01");
    for (const epoch of ["4", "5"]) {
      await press(page, "step");
      await sees(page, "epochs", new RegExp(`^${epoch}$`));
    }
    const steered = { variant: "rprop+", etas: [0.7, 1.1], stepSizes: [1e-5, 0.1], weightDecay: 0.01 };
    Object.assign(optimizer.paramGroups[0] as object, steered);
    train(2);
    expect(await text(page, "fingerprint")).toBe(fingerprint(model));

    await press(page, "reset");
    await sees(page, "epochs", /^0$/);
    expect(await text(page, "fingerprint")).toBe(beginning);
  });

  test("begins anew with other points and another network, drawn by the seed", async () => {
    const page = await ready();
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    await choose(page, "shape", "moons");
    await slide(page, "count", -5);
    await slide(page, "noise", 2);
    await slide(page, "layers", 1);
    await slide(page, "width", -7);
    await choose(page, "activation", "SiLU");
    await write(page, "seed", "8");
    const architecture: Architecture = { hiddenLayers: 3, width: 5, activation: "SiLU", seed: 8 };
    const { model } = straight(pointsOf("moons", 150, 0.05, 8), 0, architecture);
    await sees(page, "fingerprint", new RegExp(fingerprint(model)));
    expect(await epochs(page)).toBe(0);
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    const { model: trained } = straight(pointsOf("moons", 150, 0.05, 8), 1, architecture);
    expect(await text(page, "fingerprint")).toBe(fingerprint(trained));
  });

  test("ends at the loss that was asked for, or where nothing moves any more, and shows who is held out", async () => {
    const page = await ready();
    await choose(page, "pace", "1000");
    await slide(page, "held", 4);
    await choose(page, "shape", "circles");
    await press(page, "start");
    await sees(page, "state", /Reached the loss/);
    await sees(page, "accuracy", /^100\.0 %$/);
    await sees(page, "validation", /^\d+\.\d %$/);
    await hears(page, "#network-losses [role=img]", /training loss from .* validation loss from/);

    await write(page, "target", "");
    await slide(page, "count", -19);
    await slide(page, "noise", -3);
    await choose(page, "pace", "");
    await press(page, "start");
    await sees(page, "state", /Converged/);
  });

  test("keeps to its pace", async () => {
    const page = await ready();
    await choose(page, "pace", "10");
    await press(page, "start");
    await new Promise((resolve) => setTimeout(resolve, 700));
    await press(page, "start");
    await sees(page, "state", /Paused/);
    const completed = await epochs(page);
    expect(completed).toBeGreaterThan(0);
    expect(completed).toBeLessThan(60);
  });

  test("says what was refused, and what to do where the loss is infinite", async () => {
    const page = await ready();
    await write(page, "lr", "-1");
    await sees(page, "message", /^"lr": expected/);
    await write(page, "lr", "1e20");
    await sees(page, "message", /^$/);
    await choose(page, "activation", "ReLU");
    await write(page, "largest", "1e38");
    await press(page, "start");
    await sees(page, "state", /Diverged/);
    await sees(page, "message", /not a finite number.*Reset/);

    await write(page, "eta-minus", "3");
    await sees(page, "message", /^"etas": expected/);
    await write(page, "eta-minus", "0.5");
    await write(page, "lr", "0.01");
    await sees(page, "message", /^$/);
    await press(page, "start");
    await sees(page, "state", /Reached the loss/);
  });

  test("learns points that are written down, with keys alone", async () => {
    const page = await ready();
    await choose(page, "shape", "own");
    await page.focus("#network-clear");
    await page.keyboard.press("Enter");
    await sees(page, "state", /No points yet/);
    expect(await page.$eval("#network-start", (button) => (button as HTMLButtonElement).disabled)).toBe(true);
    const points = { at: Float32Array.of(-1, -1, 1, 1, -1, 1, 1, -1), classes: Float32Array.of(0, 0, 1, 1) };
    for (let i = 0; i < 4; i++) {
      await page.focus("input[name=network-kind]:checked");
      if (i === 2) await page.keyboard.press("ArrowRight");
      await write(page, "x", String(points.at[2 * i]));
      await write(page, "y", String(points.at[2 * i + 1]));
      await page.focus("#network-add");
      await page.keyboard.press("Enter");
    }
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    expect(await text(page, "fingerprint")).toBe(fingerprint(straight(points, 1).model));
    await hears(page, "#network-map", /^Map of 4 points .* after 1 epochs$/);
  });

  test("learns points that are drawn, and colours the map as it decides", async () => {
    const page = await ready();
    await choose(page, "shape", "own");
    await press(page, "clear");
    await page.mouse.click(...(await onMap(page, 0.2, 0.8)));
    await press(page, "kind-b");
    await page.mouse.move(...(await onMap(page, 0.7, 0.2)));
    await page.mouse.down();
    await page.mouse.move(...(await onMap(page, 0.9, 0.2)), { steps: 8 });
    await page.mouse.up();
    await hears(page, "#network-map", /^Map of [4-8] points/);
    await press(page, "start");
    await sees(page, "state", /Reached the loss/);
    const [[red = 0, , blue = 0] = [], [otherRed = 0, , otherBlue = 0] = []] = await page.$eval(
      "#network-map",
      (canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
        const { data } = context.getImageData(0, 0, width, height);
        const pixel = (across: number, up: number) => {
          const start = 4 * (Math.floor(height * (1 - up)) * width + Math.floor(width * across));
          return [...data.slice(start, start + 3)];
        };
        return [pixel(0.1, 0.9), pixel(0.95, 0.1)];
      },
    );
    expect(blue).toBeGreaterThan(red); // class A
    expect(otherRed).toBeGreaterThan(otherBlue); // class B
  });

  test("takes points by touch, on a phone, where it fits and has no barriers", async () => {
    const page = await ready(PHONE);
    await choose(page, "shape", "own");
    await press(page, "clear");
    await sees(page, "state", /No points/);
    await page.touchscreen.tap(...(await onMap(page, 0.5, 0.5)));
    await sees(page, "state", /Ready/);
    await hears(page, "#network-map", /^Map of 1 points/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(await barriers(page)).toEqual([]);
  });

  test("rests while it is out of sight", async () => {
    const page = await ready({ width: 1280, height: 200 });
    await write(page, "target", "");
    await press(page, "start");
    await sees(page, "epochs", /[1-9]/);
    await page.evaluate(() => scrollTo(0, 0));
    await sees(page, "fingerprint", /^[0-9a-f]{16}$/);
    const before = await epochs(page);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await epochs(page)).toBe(before);
    await page.$eval("#network", (section) => section.scrollIntoView());
    await sees(page, "fingerprint", /–/);
    await page.waitForFunction(
      (before) =>
        Number(document.querySelector("#network-epochs")?.textContent?.replaceAll(",", "")) > before,
      {},
      before,
    );
  });
});
