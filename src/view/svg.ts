/** Attributes of an element. */
export type Look = Readonly<Record<string, string | number>>;

export type PlotPoint = readonly [x: number, y: number];

/** An element, with numbers to a hundredth. */
export function svgElement(name: string, attributes: Look, content = ""): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : value}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function line([x1, y1]: PlotPoint, [x2, y2]: PlotPoint, look: Look): string {
  return svgElement("line", { ...look, x1, y1, x2, y2 });
}

export function svgText([x, y]: PlotPoint, content: string, look: Look): string {
  return svgElement("text", { ...look, x, y }, escaped(content));
}

/** Lines from point to point. */
export function path(points: readonly PlotPoint[], look: Look): string {
  return svgElement("path", {
    ...look,
    d: `M${points.map((point) => point.map(rounded).join(" ")).join("L")}`,
  });
}

/** Text as XML takes it; characters that XML does not have (XML 1.0, section 2.2) become U+FFFD. */
export function escaped(content: string): string {
  return content
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
