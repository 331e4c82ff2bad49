import { expect, test } from "vitest";
import { barriers, describePage, fits, PHONE } from "./person.js";

describePage("the page", ({ open }) => {
  test("says which core computes, and has no barriers in light and dark colours", async () => {
    const page = await open("curves");
    await page.waitForFunction(() => document.querySelector("#core")?.textContent === "WebAssembly");
    for (const theme of ["light", "dark"]) {
      await page.select("#theme", theme);
      expect(await barriers(page)).toEqual([]);
    }
  });

  test("fits a phone's width, without barriers", async () => {
    const page = await open("curves", PHONE);
    expect(await fits(page)).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  test("remembers the colours that were chosen", async () => {
    const page = await open("curves");
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.select("#theme", "dark");
    const dark = await background();
    await page.reload();
    expect(await background()).toBe(dark);
    await page.select("#theme", "light");
    expect(await background()).not.toBe(dark);
  });
});
