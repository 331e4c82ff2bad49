/** Real browsers for tests, found on this machine. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer, { type Browser } from "puppeteer-core";

/** Those that puppeteer drives; WebKit is in webkit.ts. */
export const BROWSERS = ["chromium", "firefox"] as const;

export type BrowserName = (typeof BROWSERS)[number];

const PROGRAMS = {
  chromium: ["chromium", "chromium-browser", "google-chrome"],
  firefox: ["firefox-esr", "firefox"],
};

/** Root has no sandbox, tests collect garbage, and nothing is asked of the network. */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--js-flags=--expose-gc",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Tests collect garbage. */
const FIREFOX_PREFERENCES = { "dom.testing.testutils.enabled": true };

/** A busy machine takes its time to start one. */
export const START_MS = 60_000;

/** Where one of these programs is on the PATH. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program that CHROMIUM or FIREFOX names, or one on the PATH. */
export function findBrowser(name: BrowserName): string | undefined {
  const named = process.env[name.toUpperCase()];
  return named ? [named].find(isExecutable) : findProgram(PROGRAMS[name]);
}

/** The browsers that tests run in: those that are here, and under CI both, which have to be. */
export const EXPECTED = BROWSERS.filter((name) => process.env.CI || findBrowser(name));

/** A headless browser, by CDP or, Firefox, by WebDriver BiDi; the caller closes it. Throws where there is none. */
export async function launch(name: BrowserName): Promise<Browser> {
  const executablePath = findBrowser(name);
  if (executablePath === undefined) {
    throw new Error(
      `no ${name}: install it (on Debian: apt-get install ${PROGRAMS[name][0]}), ` +
        `or name its program in ${name.toUpperCase()}`,
    );
  }
  const common = { executablePath, timeout: START_MS };
  return name === "firefox"
    ? puppeteer.launch({ ...common, browser: "firefox", extraPrefsFirefox: FIREFOX_PREFERENCES })
    : puppeteer.launch({ ...common, browser: "chrome", args: CHROMIUM_FLAGS });
}
