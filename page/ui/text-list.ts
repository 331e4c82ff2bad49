/** Fills a list with texts, an item for each; without any it is hidden. */
export function textList(list: HTMLUListElement, texts: readonly string[]): void {
  list.replaceChildren(
    ...texts.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  list.hidden = texts.length === 0;
}
