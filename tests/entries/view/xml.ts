/** An element, or a text in one. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  /** All text inside. */
  text: string;
}

const NAME = "[A-Za-z][A-Za-z0-9-]*";
const VALUE = `"[^"<]*"`;
const TOKEN = new RegExp(`<(/?)(${NAME})((?: ${NAME}=${VALUE})*)(/?)>|([^<]+)`, "y");
const ATTRIBUTE = new RegExp(` (${NAME})=(${VALUE})`, "g");

/** Characters of XML 1.0, section 2.2, with no & but at an entity and no >. */
const CHARACTERS =
  /^(?:[\t\n\r\x20-\x25\x27-\x3B\x3D\x3F-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|&(?:amp|lt|gt|quot);)*$/u;

/** Reads the XML that is one element; throws at anything that a strict reader might refuse. */
export function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < xml.length; ) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(xml);
    if (match === null) throw new Error(`no XML: ${xml.slice(at, at + 40)}`);
    const [, end, name = "", attributes = "", empty, text] = match;
    if (text !== undefined) for (const element of open) element.text += decoded(text);
    else if (end === "/") {
      if (open.pop()?.name !== name) throw new Error(`</${name}> ends something else`);
    } else {
      const element: Element = { name, attributes: read(attributes), children: [], text: "" };
      open.at(-1)?.children.push(element);
      if (empty === "") open.push(element);
    }
  }
  const [only, ...more] = root.children;
  if (open.length !== 1 || only === undefined || more.length > 0) throw new Error("not one element");
  return only;
}

function read(attributes: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    if (name in found) throw new Error(`${name} is there twice`);
    found[name] = decoded(value.slice(1, -1));
  }
  return found;
}

function decoded(text: string): string {
  if (!CHARACTERS.test(text)) throw new Error(`no text of XML: ${text}`);
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(\w+);/g, (_, name: keyof typeof entities) => entities[name]);
}
