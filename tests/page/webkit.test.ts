import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { EXPECTS_WEBKIT, launchWebKit, type WebKit } from "../support/browser/webkit.js";

describe.skipIf(!EXPECTS_WEBKIT)("the page in WebKit, whose language is the C of a locale", () => {
  let webkit: WebKit;

  beforeAll(async () => {
    webkit = await launchWebKit();
    await webkit.open(inject("page"));
    await webkit.run(`
      globalThis.failures = [];
      for (const kind of ["error", "unhandledrejection"])
        addEventListener(kind, (event) => failures.push(String(event.reason ?? event.message)));`);
  });

  afterAll(() => webkit?.close());

  test("mounts its sections, says which core computes, and draws its charts", async () => {
    expect(await webkit.run("return navigator.language")).toBe("C");
    await webkit.wait('return document.querySelector("#core").textContent === "WebAssembly"');
    await webkit.run('document.querySelector("#curves").scrollIntoView()');
    await webkit.wait('return document.querySelector(".uplot canvas") !== null');
  });

  test("trains on iris in a worker", async () => {
    await webkit.run('document.querySelector("#data-iris").click()');
    await webkit.wait('return document.querySelector("#data-train").checkVisibility()');
    await webkit.run('document.querySelector("#data-train").click()');
    const outcome = await webkit.wait<string>(`
      const text = document.querySelector("#data-model").textContent;
      return !text.startsWith("There is none yet") && text`);
    expect(outcome).toContain("species");
    expect(await webkit.run("return failures")).toEqual([]);
  });
});
