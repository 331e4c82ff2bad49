/** Models of `rprop train` whose words about their table are changed, each value by values of other kinds. */
import { decode, encode, type Module } from "../../src/index.js";
import type { Draw } from "../fuzz/fuzz.js";

/** What stands in the place of a value; undefined: it is missing. */
export const OTHERS: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  0,
  0.5,
  1e300,
  2 ** 53,
  "",
  "length",
  "map",
  "__proto__",
  "constructor",
  "toString",
  "number",
  "category",
  "text",
  "boolean",
  "a\nb\x1b[2J\u202e",
  {},
  { toString: 1 },
  { length: 3 },
  { kind: "number" },
  [],
  [[]],
  [null],
  [{ toString: 1 }],
];

type Parts = Record<string, unknown>;

/** Every place of a value, as its container and its name there. */
export function placesIn(value: unknown): [container: Parts, name: string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [value as Parts, name] as [Parts, string],
    ...placesIn(inner),
  ]);
}

/** Puts another value in the place of one, at random: of another kind, one of the same file, one deeper, or an own one beside it. */
export function mutate(json: unknown, draw: Draw): void {
  for (let times = 1 + draw(3); times > 0; times--) {
    const places = placesIn(json);
    if (places.length === 0) return;
    const [container, name] = places[draw(places.length)] as [Parts, string];
    const [from, other] = places[draw(places.length)] as [Parts, string];
    const act = draw(8);
    if (act === 0) replace(container, name, structuredClone(from[other]));
    else if (act === 1) replace(container, name, [container[name]]);
    else if (act === 2) replace(container, name, { [name]: container[name] });
    else if (act === 3)
      replace(
        container,
        ["__proto__", "file", "kind", "extra"][draw(4)] as string,
        structuredClone(from[other]),
      );
    else replace(container, name, structuredClone(OTHERS[draw(OTHERS.length)]));
  }
}

/** Also where the name is __proto__, as JSON.parse does. */
export function replace(container: Parts, name: string, value: unknown): void {
  if (value === undefined) delete container[name];
  else
    Object.defineProperty(container, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** JSON with numbers that only its text has. */
export function textOf(json: unknown, draw: Draw): string {
  const text = JSON.stringify(json) ?? "";
  return draw(8) === 0
    ? text.replace(/(?<=[:[])-?\d[\d.e+-]*(?=[,}\]])/, ["1e309", "-1e309", "-0"][draw(3)] as string)
    : text;
}

/** The metadata of a model's file, and the file with another. */
export function opened(bytes: Uint8Array): {
  model: Module;
  text: string;
  withText: (text: string) => Uint8Array;
} {
  const { model, metadata } = decode(bytes);
  return {
    model,
    text: metadata["rprop.table"] as string,
    withText: (text) => encode({ model, metadata: { "rprop.table": text } }),
  };
}
