/** RESULTS.md beside this file: a section for each benchmark of this folder, which writes its own. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PATH = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const SECTIONS = ["Predictions", "Choices", "Honesty", "Time"] as const;

const HEAD = `# Tables: results

What \`rprop train\` is worth on tables that nobody made for it. Each section is written by the command that it names. The tables
come from R packages of Debian 12; scikit-learn is Debian's 1.2.1.
`;

/** Replaces one section, and leaves the others. */
export function writeSection(name: (typeof SECTIONS)[number], text: string): void {
  const known = new Map<string, string>();
  if (existsSync(PATH))
    for (const part of readFileSync(PATH, "utf8")
      .split(/^(?=## )/m)
      .slice(1))
      known.set(/^## (.*)/.exec(part)?.[1] as string, part.trim());
  known.set(name, `## ${name}\n\n${text.trim()}`);
  const sections = SECTIONS.flatMap((section) => known.get(section) ?? []);
  writeFileSync(PATH, `${[HEAD.trim(), ...sections].join("\n\n")}\n`);
}
