import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { chooseFile, folderOfFiles, rowsOf, says, shown, tableCells, upload } from "./data-person.js";
import { barriers, describePage, text } from "./person.js";

const file = folderOfFiles();
const cityOf = (i: number) => (i % 2 === 1 ? "Köln" : "Graz");
const CITIES = `größe,ort\n${rowsOf((i) => `${i},${cityOf(i)}`, 40)}\n`;

describePage("a file", ({ open }) => {
  test.each([
    ["Latin-1", Buffer.from(CITIES, "latin1")],
    ["UTF-16", Buffer.from(`\ufeff${CITIES}`, "utf16le")],
    ["gzip", gzipSync(CITIES)],
    ["JSON lines", rowsOf((i) => JSON.stringify({ größe: i, ort: cityOf(i) }), 40)],
    ["decimal commas", `größe;ort\n${rowsOf((i) => `${i},5;${cityOf(i)}`, 40)}\n`],
  ])("of %s is read", async (_, content) => {
    const page = await open("data");
    await chooseFile(page, file("table.txt", content));
    expect(await text(page, "data-about")).toBe("40 rows and 2 columns.");
    const [first, second] = await tableCells(page, "data-columns");
    expect(first![0]).toMatch(/^größe/);
    expect(first![1]).toMatch(/^numbers, 0/);
    expect(second![1]).toContain("Köln");
  });

  test("of many megabytes is read, and the page tells how far it is", async () => {
    const page = await open("data");
    await upload(page, "data-file", file("large.csv", `a,b\n${"1,2\n3,5\n".repeat(3_000_000)}`));
    expect(await says(page, "data-reading", /%$/)).toMatch(/^Reading large\.csv: \d+ %$/);
    await shown(page, "data-plan");
    expect(await text(page, "data-about")).toBe("6,000,000 rows and 2 columns.");
    expect(await text(page, "data-reading")).toBe("");
  });

  test("that is no table is refused, in words that say what is wrong", async () => {
    const bad: [name: string, content: string | Uint8Array, message: RegExp][] = [
      ["empty.csv", "", /nothing/],
      [
        "picture.png",
        Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0),
        /other bytes|picture|binary/,
      ],
      ["sheet.xlsx", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), /save it as CSV/],
      ["ragged.csv", `a,b\n${rowsOf((i) => (i === 4 ? "1" : "1,2"))}`, /line 6.* 2 cells, got 1/],
    ];
    const page = await open("data");
    for (const [name, content, message] of bad) {
      await upload(page, "data-file", file(name, content));
      expect(await says(page, "data-message", /./)).toMatch(message);
      expect(await page.$("#data-plan:not([hidden])")).toBeNull();
      await page.click("#data-iris"); // a good one after it
      await shown(page, "data-plan");
      expect(await text(page, "data-message")).toBe("");
    }
    expect(await barriers(page)).toEqual([]);
  });

  test("that is dropped has names where its first line is not all numbers, or where the person says so", async () => {
    const page = await open("data");
    await page.$eval("#data-drop", (place) => {
      const dataTransfer = new DataTransfer();
      const rows = Array.from({ length: 12 }, (_, i) => `${i + 5};${i % 2},5;${2 * i}`).join("\n");
      dataTransfer.items.add(new File([rows], "dropped.csv"));
      place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await shown(page, "data-plan");
    expect(await text(page, "data-name")).toBe("dropped.csv");
    expect(await text(page, "data-about")).toBe("12 rows and 3 columns.");
    await page.select("#data-header", "yes");
    await says(page, "data-about", /^11 rows/);
    expect((await tableCells(page, "data-columns")).map(([name]) => name)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^5/)]),
    );
    await page.select("#data-header", "no");
    await says(page, "data-about", /^12 rows/);
  });
});
