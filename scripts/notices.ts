/** Whose code a bundle holds, and under which licences. */
import { existsSync, readFileSync } from "node:fs";

export const NOTICES = "THIRD_PARTY_NOTICES.txt";

/** A package that carries no licence of its own, and the one of the same repository that does. */
const LICENSED_BY: Readonly<Record<string, string>> = { "@assemblyscript/loader": "assemblyscript" };

/** The names of the packages that some files are of. */
export function packagesOf(files: Iterable<string>): string[] {
  const names = [...files].map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

const manifestOf = (name: string) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));

/** One line for the head of a bundle, in the form that minifiers keep. */
export function banner(packages: readonly string[]): string {
  const others = packages.map((name) => `, ${name} (${manifestOf(name).license})`);
  return `/*! rprop (MIT)${others.join("")}${packages.length > 0 ? `: ${NOTICES}` : ""} */\n`;
}

/** What the file of that name says: the licences of packages in full, and what comes with them. */
export function noticesOf(packages: Iterable<string>): string {
  const notices = [...packages].sort().map((name) => {
    const { version, license } = manifestOf(name);
    const folder = `node_modules/${LICENSED_BY[name] ?? name}`;
    const texts = ["LICENSE", "LICENSE.md", "NOTICE"].map((text) => `${folder}/${text}`).filter(existsSync);
    if (texts.length === 0) throw new Error(`${name} carries no licence: name in LICENSED_BY who does`);
    return [`${name} ${version} (${license})`, ...texts.map((text) => readFileSync(text, "utf8").trim())];
  });
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  const head =
    "rprop is under the MIT License, in the file LICENSE. These files also hold code of the packages below, changed in\n" +
    "that it was bundled: modules are joined, and what is not used is left out.";
  return `${[head, ...notices.map((parts) => parts.join("\n\n"))].join(rule)}\n`;
}
