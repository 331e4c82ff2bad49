import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { afterAll } from "vitest";
import { text } from "./person.js";

/** What a person does with files, and with the form of the data section. */

/** A folder for the files of a test. */
export function folderOfFiles(): (name: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), "rprop-page-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}

/** Lines of a table. */
export function rowsOf(row: (i: number) => string, count = 10): string {
  return Array.from({ length: count }, (_, i) => row(i)).join("\n");
}

export async function upload(page: Page, id: string, path: string): Promise<void> {
  await ((await page.$(`#${id}`)) as ElementHandle<HTMLInputElement>).uploadFile(path);
}

/** Waits until the element with this id is seen. */
export async function shown(page: Page, id: string): Promise<void> {
  await page.waitForSelector(`#${id}:not([hidden])`, { visible: true });
}

/** Waits until an element's text is a match. */
export async function says(page: Page, id: string, pattern: RegExp): Promise<string> {
  const has = (id: string, source: string) =>
    new RegExp(source).test(document.getElementById(id)?.textContent ?? "");
  await page.waitForFunction(has, {}, id, pattern.source);
  return text(page, id);
}

/** Chooses a file to train on, and waits for the form. */
export async function chooseFile(page: Page, path: string): Promise<void> {
  await upload(page, "data-file", path);
  await shown(page, "data-plan");
}

/** Loads a model, and waits until it can be used. */
export async function loadModel(page: Page, path: string): Promise<void> {
  await upload(page, "data-load", path);
  await page.waitForSelector("#data-predict:enabled");
}

/** Predicts the rows of a file: what is downloaded. */
export async function predictedBy(page: Page, path: string): Promise<string> {
  await upload(page, "data-predict", path);
  await page.waitForSelector("#data-download-predictions:enabled");
  const [, content] = await saved(page, "data-download-predictions");
  return Buffer.from(content!, "latin1").toString();
}

export function tableCells(page: Page, id: string): Promise<string[][]> {
  return page.$$eval(`#${id} tbody tr`, (rows) =>
    rows.map((row) => Array.from((row as HTMLTableRowElement).cells, (cell) => cell.textContent ?? "")),
  );
}

export function items(page: Page, id: string): Promise<string[]> {
  return page.$$eval(`#${id} li`, (all) => all.map((item) => item.textContent ?? ""));
}

export function controlValue(page: Page, id: string): Promise<string> {
  return page.$eval(`#${id}`, (control) => (control as HTMLInputElement | HTMLSelectElement).value);
}

export async function fill(page: Page, id: string, value: string): Promise<void> {
  await page.click(`#${id}`, { count: 3 });
  await page.keyboard.type(value);
}

export async function train(page: Page): Promise<void> {
  await page.click("#data-train");
  await shown(page, "data-scores");
}

/** Name and bytes, a character each, of what a button saves. */
export async function saved(page: Page, id: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const make = URL.createObjectURL;
    const { click } = HTMLAnchorElement.prototype;
    let [name, blob] = ["", new Blob()];
    URL.createObjectURL = (made) => {
      blob = made as Blob;
      return "#";
    };
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
    };
    document.getElementById(id)?.click();
    URL.createObjectURL = make;
    HTMLAnchorElement.prototype.click = click;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return [name, Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")];
  }, id);
}
