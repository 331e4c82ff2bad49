import { expect, inject, test } from "vitest";

test("the licences of all that is bundled lie beside the page", async () => {
  const notices = await (await fetch(`${inject("page")}THIRD_PARTY_NOTICES.txt`)).text();
  for (const author of ["Mike Bostock", "Leon Sorokin", "Daniel Wirtz"]) expect(notices).toContain(author);
  for (const name of ["d3-contour", "d3-array", "uplot", "@assemblyscript/loader"])
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
});
