import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installPacked } from "../package/program.js";
import { consumer } from "./program.js";
import { installRuntimes } from "./runtimes.js";
import { installTools } from "./tools.js";

declare module "vitest" {
  interface ProvidedContext {
    /** A project that has installed the packed package, with program.js, which imports it. */
    folder: string;
  }
}

/** Packs and installs the package once for all consumers, and runtimes and tools where they are missing or others. */
export default function setup(project: TestProject) {
  installRuntimes();
  installTools();
  const temporary = mkdtempSync(join(tmpdir(), "rprop-consumers-"));
  const folder = join(temporary, "project");
  installPacked(temporary, folder);
  writeFileSync(join(folder, "program.js"), consumer("rprop"));
  project.provide("folder", folder);
  return () => rmSync(temporary, { recursive: true, force: true });
}
