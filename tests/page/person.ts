import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page, Viewport } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject } from "vitest";
import { BROWSERS, findBrowser, launch } from "../support/browsers.js";

/** A phone held upright. */
export const PHONE: Viewport = { width: 360, height: 740, deviceScaleFactor: 2, hasTouch: true };

const DESK: Viewport = { width: 1280, height: 900 };

/** Somebody with a browser. */
export interface Person {
  readonly browser: string;
  /** Opens the page at one of its sections. */
  open(section: string, viewport?: Viewport): Promise<Page>;
}

/** Tests of the page in both browsers. A test in which the page complained on its console has failed. */
export function describePage(name: string, tests: (person: Person) => void): void {
  for (const browserName of BROWSERS) {
    describe.skipIf(!findBrowser(browserName) && !process.env.CI)(`${name} in ${browserName}`, () => {
      let browser: Browser;
      const complaints: string[] = [];

      beforeAll(async () => {
        browser = await launch(browserName);
      });

      afterEach(async () => {
        await Promise.all((await browser.pages()).slice(1).map((page) => page.close()));
        expect(complaints.splice(0)).toEqual([]);
      });

      afterAll(() => browser?.close());

      const open = async (section: string, viewport = DESK) => {
        const page = await browser.newPage();
        await page.setViewport(viewport);
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("console", (message) => {
          if (["error", "warn"].includes(message.type())) complaints.push(message.text());
        });
        await page.goto(`${inject("page")}#${section}`);
        return page;
      };

      tests({ browser: browserName, open });
    });
  }
}

/** What stands in the element of the page with this id. */
export function text(page: Page, id: string): Promise<string> {
  return page.$eval(`#${id}`, ({ textContent }) => textContent ?? "");
}

/** Whether nobody has to scroll sideways. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}

/** What axe-core finds wrong for people who use the page with other senses or tools, one line for each place. */
export async function barriers(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}
