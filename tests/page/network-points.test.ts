import { fingerprint } from "rprop";
import { expect, test } from "vitest";
import { draw, hears, onMap, press, ready, sees, straight, text, write } from "../support/network-person.js";
import { barriers, describePage, fits, PHONE } from "./person.js";

describePage("points of one's own for the network", ({ open }) => {
  test("learns points that are written down, with keys alone", async () => {
    const page = await ready(open);
    await draw(page);
    await page.focus("#network-clear");
    await page.keyboard.press("Enter");
    await sees(page, "state", /No points yet/);
    expect(await page.$eval("#network-play", (button) => (button as HTMLButtonElement).disabled)).toBe(true);
    const points = { at: Float32Array.of(-1, -1, 1, 1, -1, 1, 1, -1), classes: Float32Array.of(0, 0, 1, 1) };
    for (let i = 0; i < 4; i++) {
      await page.focus("input[name=network-kind]:checked");
      if (i === 2) await page.keyboard.press("ArrowRight");
      await write(page, "x", String(points.at[2 * i]));
      await write(page, "y", String(points.at[2 * i + 1]));
      await page.focus("#network-add");
      await page.keyboard.press("Enter");
    }
    await write(page, "x", "99"); // not on the map
    await press(page, "add");
    await press(page, "step");
    await sees(page, "epochs", /^1$/);
    expect(await text(page, "fingerprint")).toBe(fingerprint(straight(points, 1).model));
    await hears(page, "#network-map", /^Map of 4 points .* after 1 epoch$/);
  });

  test("learns points that are drawn, and colours the map as it decides", async () => {
    const page = await ready(open);
    await draw(page);
    await press(page, "clear");
    await page.mouse.click(...(await onMap(page, 0.2, 0.8)));
    await press(page, "kind-b");
    await page.mouse.move(...(await onMap(page, 0.7, 0.2)));
    await page.mouse.down();
    await page.mouse.move(...(await onMap(page, 0.9, 0.2)), { steps: 8 });
    await page.mouse.up();
    await hears(page, "#network-map", /^Map of [4-8] points/);
    await press(page, "play");
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
    const page = await ready(open, PHONE);
    await draw(page);
    await press(page, "clear");
    await sees(page, "state", /No points/);
    await page.touchscreen.tap(...(await onMap(page, 0.5, 0.5)));
    await sees(page, "state", /Ready/);
    await hears(page, "#network-map", /^Map of 1 point /);
    expect(await fits(page)).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });
});
