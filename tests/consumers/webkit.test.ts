import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { dataProgram, READ } from "../package/program.js";
import { EXPECTS_WEBKIT, launchWebKit, type WebKit } from "../support/browser/webkit.js";
import { html, serve } from "./pages.js";
import { consumer, execute, type Printed, read } from "./program.js";
import { inNode, worklet, workletStarter } from "./worklet.js";

const folder = inject("folder");
const dist = "./node_modules/rprop/dist";

/** WebDriver says nothing of consoles and errors: a script that comes first keeps them. */
const RECORDER = `
  const kept = (globalThis.kept = { lines: [], warnings: [] });
  console.log = (line) => kept.lines.push(line);
  console.warn = console.error = (line) => kept.warnings.push(String(line));
  for (const kind of ["error", "unhandledrejection"])
    addEventListener(kind, (event) => kept.warnings.push(kind + ": " + (event.reason ?? event.message)));
  addEventListener("securitypolicyviolation", ({ blockedURI }) => kept.warnings.push("blocked " + blockedURI));`;

const STREAMS = `
  import { csvRows, describeCsv } from "${dist}/data.js";
  const text = "a,y\\n" + Array.from({ length: 5000 }, (_, i) => i + "," + 2 * i).join("\\n");
  const file = new File([text], "table.csv");
  const { rows } = await describeCsv(() => file.stream());
  let read = 0;
  for await (const chunk of csvRows(file.stream(), { x: ["a"], y: ["y"] })) read += chunk.rows;
  console.log(JSON.stringify({ rows, read }));
  console.log("");`;

const files = {
  "webkit-recorder.js": RECORDER,
  "webkit-rprop.js": consumer(`${dist}/rprop.min.js`),
  "webkit-js.js": consumer(`${dist}/rprop-js.js`),
  "webkit-data.js": `${dataProgram(`${dist}/data.js`)} console.log("");`,
  "webkit-streams.js": STREAMS,
  "webkit-worklet.js": worklet(`${dist}/rprop.min.js`),
  "webkit-audio.js": workletStarter("webkit-worklet.js"),
  "webkit-worker.js": "console.log = (line) => postMessage(line); await import('./webkit-rprop.js');",
  "webkit-starter.js": `
    const worker = new Worker(new URL("./webkit-worker.js", import.meta.url), { type: "module" });
    worker.onerror = ({ message }) => console.error(message);
    worker.onmessage = ({ data }) => console.log(data);`,
};

describe.skipIf(!EXPECTS_WEBKIT)("in WebKit, a page", () => {
  let served: Awaited<ReturnType<typeof serve>>;
  let webkit: WebKit;
  let expected: Printed["outcome"];

  beforeAll(async () => {
    expected = execute(process.execPath, ["program.js"], folder).outcome;
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    for (const name of ["rprop", "js", "data", "streams", "starter", "audio"]) {
      const page = html(`webkit-${name}.js`, '<script src="webkit-recorder.js"></script>');
      writeFileSync(join(folder, `webkit-${name}.html`), page);
    }
    served = await serve(folder);
    webkit = await launchWebKit();
  });

  afterAll(async () => {
    await webkit?.close();
    served?.close();
  });

  /** What a page prints, and what it says besides. */
  async function open(name: string, policy = ""): Promise<Printed> {
    await webkit.open(`${served.url}/webkit-${name}.html?policy=${encodeURIComponent(policy)}`);
    const ended = "kept.lines.length === 2 || kept.warnings.some((text) => /^(error|unhandled)/.test(text))";
    const kept = `${ended} ? kept : null`;
    const { lines, warnings } = await webkit.wait<{ lines: string[]; warnings: string[] }>(`return ${kept}`);
    if (lines.length < 2) throw new Error(warnings.join("\n"));
    return read(lines, warnings);
  }

  test("trains on wasm to the bits of Node", async () => {
    expect(await open("rprop")).toEqual({ outcome: expected, warnings: [] });
  });

  test("with a module worker trains on wasm to the bits of Node", async () => {
    expect(await open("starter")).toEqual({ outcome: expected, warnings: [] });
  });

  test("that trains in an AudioWorklet gives the bits of Node", async () => {
    expect(await open("audio")).toEqual({ outcome: inNode(folder), warnings: [] });
  });

  test("under a policy that allows WebAssembly trains on it", async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'";
    expect(await open("rprop", policy)).toEqual({ outcome: expected, warnings: [] });
  });

  test("under a policy that blocks WebAssembly trains on the JavaScript core, and says so once", async () => {
    const { outcome, warnings } = await open("rprop", "default-src 'self'; script-src 'self'");
    expect(outcome).toEqual({ ...expected, core: "js" });
    const said = warnings.filter((text) => !text.startsWith("blocked"));
    expect(said).toEqual([expect.stringMatching(/does not start.*'wasm-unsafe-eval'.*"rprop\/js"/s)]);
  });

  test("of rprop/js under such a policy trains to the same bits, and says nothing", async () => {
    const printed = await open("js", "script-src 'self'");
    expect(printed).toEqual({ outcome: { ...expected, core: "js" }, warnings: [] });
  });

  test("of rprop/data reads rows, and those of streams, which are no iterables there", async () => {
    expect(await open("data")).toEqual({ outcome: { ...READ, fingerprint: "" }, warnings: [] });
    const streams = { rows: 5000, read: 5000, fingerprint: "" };
    expect(await open("streams")).toEqual({ outcome: streams, warnings: [] });
  });

  test("is that of a WebKit not older than the README says", () => {
    const [, stated] = /^\| WebKitGTK \| (\d+\.\d+) \|/m.exec(readFileSync("README.md", "utf8")) ?? [];
    expect(Number(webkit.version.split(".").slice(0, 2).join("."))).toBeGreaterThanOrEqual(Number(stated));
  });
});
