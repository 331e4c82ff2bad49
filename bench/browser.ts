/**
 * npm run bench:browser: what a page sees of the library, in each browser that is here. How long it takes from import to
 * the first finished step, and how the worker of the demonstration page does beside the same run in Node.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser } from "puppeteer-core";
import { build, preview } from "vite";
import { BROWSERS, findBrowser, launch } from "../tests/support/browsers.js";
import { choose, press, SPIRALS, sees, straight, text, write } from "../tests/support/network-person.js";
import { median } from "./measure.js";

const PAGES = 15;
const ROUNDS = 5;
/** Of a round: the worker says its rate more than twice a second. */
const ROUND_MS = 2000;
const EPOCHS = 5000;

/** Until the page and its process are at rest, whose start takes both cores of a small machine. */
const REST = "await new Promise((resolve) => setTimeout(resolve, 500));";

/** The script of the README, up to its first step; the clock starts at its import. */
const FIRST_STEP = `
  ${REST}
  const start = performance.now();
  const { manualSeed, randn, Linear, MSELoss, Rprop } = await import("./FILE");
  manualSeed(0);
  const x = randn(10, 3), y = randn(10, 2);
  const linear = new Linear(3, 2);
  const optimizer = new Rprop(linear.parameters());
  new MSELoss().forward(linear.forward(x), y).backward();
  optimizer.step();
  document.title = String(performance.now() - start);`;

/** What any import takes. */
const NOTHING = `
  ${REST}
  const start = performance.now();
  await import("./FILE");
  document.title = String(performance.now() - start);`;

/** Milliseconds, each in a page and a profile of its own, so that nothing is in any cache. */
async function timesOf(browser: Browser, program: string, file: string, library: string): Promise<number[]> {
  const files: Record<string, [type: string, text: string]> = {
    "/": ["text/html", '<!doctype html><script type="module" src="program.js"></script>'],
    "/program.js": ["text/javascript", program.replace("FILE", file)],
    [`/${file}`]: ["text/javascript", library],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? ""] ?? ["text/plain", ""];
    response.setHeader("Content-Type", `${type}; charset=utf-8`).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  for (let i = 0; i < PAGES; i++) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => document.title !== "");
    times.push(Number(await page.title()));
    await context.close();
  }
  server.close();
  return times;
}

/** Epochs a second of the page's worker, in turns with the same run in Node. */
async function rates(browser: Browser, url: string): Promise<{ worker: number; node: number }> {
  const page = await browser.newPage();
  await page.goto(`${url}#network`);
  await sees(page, "state", /Ready/);
  await choose(page, "pace", "");
  await write(page, "target", ""); // trains on
  await press(page, "reset");
  const found: { worker: number; node: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await press(page, "play");
    await pause(ROUND_MS);
    const worker = await text(page, "rate");
    await press(page, "play");
    found.push({ worker: Number(worker.replace(/\D/g, "")), node: inNode() });
  }
  await page.close();
  return { worker: median(found.map(({ worker }) => worker)), node: median(found.map(({ node }) => node)) };
}

/** Of what the page begins with, by the library alone. */
function inNode(): number {
  const { train } = straight(SPIRALS, 0);
  train(EPOCHS);
  const start = performance.now();
  let completed = 0;
  while (performance.now() - start < ROUND_MS) completed += train(EPOCHS).completed;
  return (completed / (performance.now() - start)) * 1000;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const configFile = fileURLToPath(new URL("../page/vite.config.ts", import.meta.url));
await build({ configFile, logLevel: "warn" });
const server = await preview({ configFile, preview: { port: 0, host: "127.0.0.1" } });
const url = `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}/`;

for (const name of BROWSERS.filter((name) => findBrowser(name))) {
  const browser = await launch(name);
  console.log(await browser.version());
  const say = (what: string, times: number[]) => {
    const range = `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)}`;
    console.log(`  ${what}: ${median(times).toFixed(1)} ms (${range})`);
  };
  say("import of an empty file", await timesOf(browser, NOTHING, "empty.js", ""));
  for (const file of ["rprop.min.js", "rprop.js", "rprop-js.js"]) {
    const library = readFileSync(new URL(`../dist/${file}`, import.meta.url), "utf8");
    say(
      `from import of ${file} to the first finished step`,
      await timesOf(browser, FIRST_STEP, file, library),
    );
  }
  const { worker, node } = await rates(browser, url);
  const share = Math.round((100 * worker) / node);
  console.log(
    `  the page's worker: ${Math.round(worker)} epochs a second, ${share} % of Node's ${Math.round(node)}`,
  );
  await browser.close();
}
await server.close();
