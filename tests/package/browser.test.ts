import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSERS, EXPECTED, launch } from "../browser/launch.js";
import { dataProgram, FIRST_LOSS, type Outcome, program, READ, root, runModule } from "./program.js";

/** Serves dist/, the program for either library at /rprop.js/program.js and its like, and a page around each. */
function serve(): Server {
  const page =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="program.js"></script>';
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const [, file = "", part = ""] = pathname.split("/");
    const policy = searchParams.get("policy");
    if (policy) response.setHeader("Content-Security-Policy", policy);
    const type = part === "" ? "text/html" : "text/javascript";
    response.setHeader("Content-Type", `${type}; charset=utf-8`);
    if (part === "") response.end(page);
    else if (part === "program.js") response.end(programOf(file));
    else response.end(readFileSync(join(root, "dist", part)));
  });
}

function programOf(file: string): string {
  return file === "data.js" ? dataProgram(`/dist/${file}`) : program(`/dist/${file}`);
}

for (const name of BROWSERS)
  describe.skipIf(!EXPECTED.includes(name))(`in ${name}`, () => {
    const server = serve();
    let browser: Browser;
    let inNode: Outcome;

    beforeAll(async () => {
      inNode = runModule(program("./dist/rprop.js"));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      browser = await launch(name);
    });

    afterAll(async () => {
      await browser?.close();
      server.close();
    });

    /** What the program of a page prints, and everything else on its console. */
    async function open(file: string, policy: string): Promise<{ outcome: Outcome; complaints: string[] }> {
      const page = await browser.newPage();
      await page.evaluateOnNewDocument(() => {
        document.addEventListener("securitypolicyviolation", (event) =>
          console.error("blocked", event.blockedURI),
        );
      });
      const complaints: string[] = [];
      const outcome = new Promise<Outcome>((resolve, reject) => {
        page.on("pageerror", (error) => {
          // What a policy blocks is an error of its own in Firefox, beside the event.
          if (String(error).includes("Content-Security-Policy")) return;
          complaints.push(String(error));
          reject(error);
        });
        page.on("console", (message) => {
          if (message.type() === "log") resolve(JSON.parse(message.text()));
          else complaints.push(message.text());
        });
      });
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/${file}/?policy=${encodeURIComponent(policy)}`;
      const [result] = await Promise.all([outcome, page.goto(url)]);
      await page.evaluate(() => new Promise((later) => setTimeout(later, 50))); // a violation is reported after the act
      await page.close();
      return { outcome: result, complaints };
    }

    it.each([
      ["rprop", "no policy", "rprop.js", "", "wasm", []],
      ["rprop", "a policy that allows wasm", "rprop.js", "script-src 'self' 'wasm-unsafe-eval'", "wasm", []],
      ["rprop", "a policy that blocks wasm", "rprop.js", "script-src 'self'", "js", ["blocked wasm-eval"]],
      ["rprop/js", "a policy that blocks wasm", "rprop-js.js", "script-src 'self'", "js", []],
    ])("%s under %s trains to the bits of Node", async (_library, _policy, file, policy, core, expected) => {
      const { outcome, complaints } = await open(file, policy);
      expect(outcome.loss).toBe(FIRST_LOSS);
      expect(outcome).toEqual({ ...inNode, core });
      expect(complaints).toEqual(expected);
    });

    it("rprop/data reads rows under a policy that allows nothing but scripts", async () => {
      const { outcome, complaints } = await open(
        "data.js",
        "default-src 'none'; img-src data:; script-src 'self'",
      );
      expect(outcome).toEqual(READ);
      expect(complaints).toEqual([]);
    });
  });
