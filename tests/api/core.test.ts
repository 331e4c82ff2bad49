import { expect, inject, test } from "vitest";
import { core } from "../../src/index.js";

declare module "vitest" {
  interface ProvidedContext {
    /** What a project of vitest.config.ts is about. */
    core: "wasm" | "js";
  }
}

test("these tests run on the core that their project is about", () => {
  expect(core()).toBe(inject("core"));
});
