import type { Reporter, TestModule } from "vitest/node";
import { EXPECTS_WEBKIT } from "./browser/webkit.js";
import { BROWSERS, EXPECTED } from "./browsers.js";

/** Ends a run with `N passed, N failed`, for whoever reads only the last line. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    // An error outside of tests or in a hook, or a file that does not load, is a failure too.
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "skipped") skipped++;
        else failed++;
      }
    }
    const absent: string[] = BROWSERS.filter((name) => !EXPECTED.includes(name));
    if (!EXPECTS_WEBKIT) absent.push("webkit");
    const tail = [skipped > 0 ? `, ${skipped} skipped` : "", ...absent.map((name) => `, no ${name}`)].join(
      "",
    );
    process.on("exit", () => console.log(`${passed} passed, ${failed} failed${tail}`));
  }
}
