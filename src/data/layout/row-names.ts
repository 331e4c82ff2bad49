/** Names of rows, which R and pandas write in a first column. */

/** Whether texts are whole numbers that go up by 1 from 0 or 1, as those of rows do. */
export function doCount(texts: readonly string[]): boolean {
  const start = Number(texts[0]);
  return (start === 0 || start === 1) && texts.every((text, i) => text === String(start + i));
}

/** Whether a text begins with names in quotes above a row that is called "1", as R writes them. */
export function isQuotedRowName(text: string): boolean {
  return /^[ \t]*"[^\n]*\n[ \t]*"1"/.test(text);
}
