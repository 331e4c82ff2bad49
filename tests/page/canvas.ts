import type { Page } from "puppeteer-core";

/** Whether a canvas has pixels of a colour of style.css. */
export function showsColor(page: Page, canvas: string, name: string): Promise<boolean> {
  return page.$eval(
    canvas,
    (found, name) => {
      const drawn = found as HTMLCanvasElement;
      const probe = document.createElement("span");
      probe.style.color = `var(--${name})`;
      document.body.append(probe);
      const wanted = getComputedStyle(probe).color.match(/\d+/g)?.map(Number);
      probe.remove();
      const copy = new OffscreenCanvas(drawn.width, drawn.height);
      const context = copy.getContext("2d", {
        willReadFrequently: true,
      }) as OffscreenCanvasRenderingContext2D;
      context.drawImage(drawn, 0, 0);
      const { data } = context.getImageData(0, 0, drawn.width, drawn.height);
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255 && wanted?.every((value, j) => data[i + j] === value)) return true;
      }
      return false;
    },
    name,
  );
}

/** What picture.ts waits for, and then some: what was to be drawn is drawn. */
export function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** The place of a value in a plane with these ends, in pixels of the page. */
export async function placeIn(
  page: Page,
  canvas: string,
  across: readonly [number, number],
  up: readonly [number, number],
  [x, y]: readonly [number, number],
): Promise<[number, number]> {
  const found = await page.$(canvas);
  await found?.scrollIntoView();
  const box = await found?.boundingBox();
  if (!box) throw new Error(`${canvas} is not shown`);
  const MARGIN = { left: 54, right: 16, top: 14, bottom: 40 };
  return [
    box.x +
      MARGIN.left +
      ((x - across[0]) / (across[1] - across[0])) * (box.width - MARGIN.left - MARGIN.right),
    box.y + MARGIN.top + ((up[1] - y) / (up[1] - up[0])) * (box.height - MARGIN.top - MARGIN.bottom),
  ];
}
