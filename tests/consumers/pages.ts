import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser } from "puppeteer-core";
import { type Printed, read } from "./program.js";

/** A page around a module; head comes before it. */
export function html(module: string, head = ""): string {
  const icon = '<link rel="icon" href="data:,">';
  return `<!doctype html>${icon}${head}<script type="module" src="${module}"></script>`;
}

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
};

/** Serves the files of a folder; ?policy= is the Content-Security-Policy of the answer. */
export async function serve(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const policy = searchParams.get("policy");
    if (policy) response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", `${TYPES[extname(pathname)]}; charset=utf-8`);
    response.end(readFileSync(join(folder, pathname)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** What the consumer in a page prints, and what is on the console besides; what a policy blocks comes last. */
export async function open(browser: Browser, url: string): Promise<Printed> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.info("blocked", event.blockedURI),
    );
  });
  const lines: string[] = [];
  const warnings: string[] = [];
  const blocked: string[] = [];
  const lists: Record<string, string[]> = { log: lines, warn: warnings, error: warnings, info: blocked };
  const printed = new Promise<void>((resolve, reject) => {
    page.on("pageerror", (error) => {
      // What a policy blocks is an error of its own in Firefox, beside the event.
      if (!String(error).includes("Content-Security-Policy")) reject(error);
    });
    page.on("console", (message) => {
      lists[message.type()]?.push(message.text());
      if (lines.length === 2) resolve();
    });
  });
  await Promise.all([page.goto(url), printed]);
  await page.evaluate(() => new Promise((later) => setTimeout(later, 50))); // a violation is reported after the act
  await page.close();
  return read(lines, [...warnings, ...blocked]);
}
