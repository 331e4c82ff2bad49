/** Vitest's browser mode in the browsers of launch.ts: a page for each project, one after another. */
import { defineBrowserProvider } from "@vitest/browser";
import type { Browser } from "puppeteer-core";
import type { BrowserProvider, TestProject } from "vitest/node";
import { BROWSERS, type BrowserName, launch, START_MS } from "../browsers.js";

/** Those that are running: started once for all projects. */
const browsers = new Map<BrowserName, Browser>();

class PuppeteerProvider implements BrowserProvider {
  readonly name = "puppeteer";
  readonly supportsParallelism = false;
  readonly #browserName: BrowserName;

  constructor(project: TestProject) {
    this.#browserName = project.config.browser.name as BrowserName;
  }

  async openPage(_session: string, url: string): Promise<void> {
    const browser = browsers.get(this.#browserName) ?? (await launch(this.#browserName));
    browsers.set(this.#browserName, browser);
    const page = await browser.newPage();
    await page.goto(url, { timeout: START_MS });
  }

  getCommandsContext(): Record<string, unknown> {
    return {};
  }

  /** Called for every project, once all of them are done. */
  async close(): Promise<void> {
    const browser = browsers.get(this.#browserName);
    browsers.delete(this.#browserName);
    await browser?.close();
  }
}

export const puppeteer = () =>
  defineBrowserProvider({
    name: "puppeteer",
    options: {},
    supportedBrowser: BROWSERS,
    providerFactory: (project) => new PuppeteerProvider(project),
  });
