/** Vitest's browser mode in the browsers of launch.ts, each of which is started once: a page for each project. */
import { defineBrowserProvider } from "@vitest/browser";
import type { Browser, Page } from "puppeteer-core";
import type { BrowserProvider, TestProject } from "vitest/node";
import { BROWSERS, type BrowserName, launch } from "./launch.js";

const browsers = new Map<string, Promise<Browser>>();

class PuppeteerProvider implements BrowserProvider {
  readonly name = "puppeteer";
  readonly supportsParallelism = false;
  readonly #browserName: BrowserName;
  readonly #pages = new Map<string, Page>();

  constructor(project: TestProject) {
    this.#browserName = project.config.browser.name as BrowserName;
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    const browser = browsers.get(this.#browserName) ?? launch(this.#browserName);
    browsers.set(this.#browserName, browser);
    const page = await (await browser).newPage();
    this.#pages.set(sessionId, page);
    await page.goto(url);
  }

  getCommandsContext(sessionId: string): Record<string, unknown> {
    return { page: this.#pages.get(sessionId) };
  }

  /** Called for every project once all of them are done. */
  async close(): Promise<void> {
    const browser = browsers.get(this.#browserName);
    browsers.delete(this.#browserName);
    await (await browser)?.close();
  }
}

export const puppeteer = () =>
  defineBrowserProvider({
    name: "puppeteer",
    options: {},
    supportedBrowser: BROWSERS,
    providerFactory: (project) => new PuppeteerProvider(project),
  });
