import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the page is served while its tests run. */
    page: string;
  }
}

/** Builds the page and serves it, as any host of files would. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const configFile = fileURLToPath(new URL("../../page/vite.config.ts", import.meta.url));
  const common = { configFile, logLevel: "warn" } as const;
  await build(common);
  const server = await preview({ ...common, preview: { port: 0, host: "127.0.0.1" } });
  const { port } = server.httpServer.address() as AddressInfo;
  project.provide("page", `http://127.0.0.1:${port}/`);
  return () => server.close();
}
