/** WebKit, the engine of Safari, as its GTK port has it: WebKitWebDriver drives MiniBrowser, on a display that Xvfb makes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { findProgram, START_MS } from "../browsers.js";

const DRIVER = findProgram(["WebKitWebDriver"]);
const DISPLAY = findProgram(["Xvfb"]);

/** Tests run in it where both programs are here, and under CI, where they have to be. */
export const EXPECTS_WEBKIT = Boolean(process.env.CI || (DRIVER && DISPLAY));

export interface WebKit {
  readonly version: string;
  /** Opens an address and waits until the page has loaded. */
  open(url: string): Promise<void>;
  /** What the body of a function returns in the page, as JSON carries it. */
  run<Result>(body: string): Promise<Result>;
  /** Runs such a body again and again, until what it returns is neither false nor null. */
  wait<Result>(body: string): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Starts it in the locale C.UTF-8, which containers and services have, and in which navigator.language is "C", no tag of
 * a language. The caller closes it. Throws where it is missing.
 */
export async function launchWebKit(): Promise<WebKit> {
  if (DRIVER === undefined || DISPLAY === undefined)
    throw new Error("no webkit: install it (on Debian: apt-get install webkit2gtk-driver xvfb)");
  // By itself it ends with its last window.
  const display = spawn(DISPLAY, ["-displayfd", "3", "-terminate", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await once(display.stdio[3] as Socket, "data");
  const port = await freePort();
  const { LC_ALL: _, ...inherited } = process.env;
  // A group of their own: driver, browser and the browser's processes end together.
  const driver = spawn(DRIVER, [`--port=${port}`], {
    detached: true,
    stdio: "ignore",
    env: { ...inherited, DISPLAY: `:${String(number).trim()}`, LANG: "C.UTF-8" },
  });
  const end = () => {
    if (driver.exitCode === null && driver.pid !== undefined) process.kill(-driver.pid);
    display.kill();
  };
  process.once("exit", end);

  /** A command of https://www.w3.org/TR/webdriver2 */
  const command = async (method: string, path: string, body?: object) => {
    const request = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, request);
    const { value } = (await response.json()) as { value: unknown };
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${method} ${path}: ${error}: ${message}`);
  };
  await until(() => command("GET", "/status").catch(() => null));
  const { sessionId, capabilities } = (await command("POST", "/session", { capabilities: {} })) as {
    sessionId: string;
    capabilities: { browserVersion: string };
  };
  const session = `/session/${sessionId}`;
  const run = <Result>(script: string) =>
    command("POST", `${session}/execute/sync`, { script, args: [] }) as Promise<Result>;
  return {
    version: capabilities.browserVersion,
    open: async (url) => void (await command("POST", `${session}/url`, { url })),
    run,
    wait: <Result>(body: string) => until<Result>(() => run(body)),
    async close() {
      await command("DELETE", session).catch(() => {});
      end();
      process.off("exit", end);
    },
  };
}

/** Asks until the answer is neither false nor null. */
async function until<Answer>(ask: () => Promise<Answer | false | null>): Promise<Answer> {
  for (const begin = performance.now(); ; ) {
    const answer = await ask();
    if (answer !== false && answer !== null) return answer;
    if (performance.now() - begin > START_MS) throw new Error(`nothing came of ${ask} in ${START_MS} ms`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
