import * as rprop from "rprop";
import { describe, expect, test } from "vitest";
import { race } from "../../page/speed/race.js";
import { CASES } from "../../workloads/cases.js";
import { barriers, describePage, fits, PHONE } from "./person.js";

const raced = CASES.filter(({ name }) => ["seed", "mlp small"].includes(name)).map((work) =>
  race(rprop, work),
);

describe("the race", () => {
  test("is won by Rprop, but for the best learning rate", () => {
    for (const { runners } of raced) {
      const [own, ...others] = runners;
      expect(own?.outcome).toBe("reached");
      expect(own?.epochs).toBeLessThanOrEqual(100);
      expect(
        others.filter(({ epochs, outcome }) => outcome !== "reached" || epochs > own!.epochs).length,
      ).toBeGreaterThan(1);
    }
  });

  test("has somebody who diverges, and somebody who does not get there", () => {
    expect(raced[1]?.runners.map(({ outcome }) => outcome)).toEqual([
      "reached",
      "diverged",
      "reached",
      "not reached",
    ]);
  });
});

describePage("the speed section", ({ open }) => {
  test("measures when asked, and can be copied", async () => {
    const page = await open("speed", PHONE);
    expect(await page.$eval("#speed-results", (results) => (results as HTMLElement).hidden)).toBe(true);
    await page.focus("#speed-start");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#speed-status")?.textContent === "Done.", {
      timeout: 50_000,
    });
    const cells = (table: string) =>
      page.$$eval(`#${table} tbody`, (bodies) =>
        bodies.map((body) =>
          Array.from(body.rows, (row) => Array.from(row.cells, (cell) => cell.textContent)),
        ),
      );
    const epochs = await cells("speed-epochs");
    expect(epochs.map(([heading]) => heading)).toEqual([
      ["10 rows, 3 → 2"],
      ["768 rows, 8 → 16 → 1"],
      ["2,000 rows, 784 → 128 → 10"],
    ]);
    for (const [, wasm, js] of epochs) {
      expect(wasm).toEqual(["WebAssembly", expect.stringMatching(/^[\d.,]+ [nµm]?s$/), expect.any(String)]);
      expect(js?.[0]).toBe("JavaScript");
    }
    // Every browser needs the epochs that Node does.
    const races = await cells("speed-races");
    expect(races.map((rows) => rows.slice(1).map(([, , note]) => note?.replace(/\D/g, "")))).toEqual(
      raced.map(({ runners }) => runners.map(({ epochs }) => String(epochs))),
    );
    const longest = await page.$$eval("#speed-epochs .bar", (bars) =>
      Math.max(...bars.map((bar) => bar.getBoundingClientRect().width)),
    );
    expect(longest).toBeGreaterThan(100);
    expect(await fits(page)).toBe(true);
    await page.click("#speed summary");
    const text = await page.$eval("#speed-text", (area) => (area as HTMLTextAreaElement).value);
    expect(text).toContain(`WebAssembly${epochs[0]?.[1]?.[1]?.padStart(27)}`);
    await page.click("#speed-copy");
    await page.waitForFunction(() =>
      /^Copied|selected/.test(document.querySelector("#speed-status")?.textContent ?? ""),
    );
    expect(await barriers(page)).toEqual([]);
  });

  test("stops when told to, and starts again", async () => {
    const page = await open("speed");
    const disabled = (id: string) => page.$eval(`#${id}`, (button) => (button as HTMLButtonElement).disabled);
    expect(await disabled("speed-stop")).toBe(true);
    await page.click("#speed-start");
    await page.waitForFunction(() => document.querySelectorAll("#speed-epochs tbody").length > 0);
    expect(await disabled("speed-start")).toBe(true);
    await page.click("#speed-stop");
    expect(await page.$eval("#speed-status", (status) => status.textContent)).toMatch(/^Stopped/);
    expect(await disabled("speed-start")).toBe(false);
    const shown = await page.$eval("#speed-start", (button) => {
      (button as HTMLButtonElement).click(); // and look, before anything more is measured
      return document.querySelector("progress")?.value;
    });
    expect(shown).toBe(0);
    await page.click("#speed-stop");
  });
});
