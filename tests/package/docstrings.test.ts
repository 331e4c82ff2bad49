import { beforeAll, describe, expect, test } from "vitest";
import { compileExamples, type Example, linesPrinted, linesPromised, writeExamples } from "./examples.js";
import { type Documented, publicNames } from "./public-names.js";

const FOLDER = "build/examples/docstrings";

/** What takes arguments and refuses none of them, or is made by those who use the library. */
const NEVER_THROWS = new Set([
  ...["rprop GradcheckLoss.forward", "rprop/view ProgressStream.write"],
  ...["rprop/table TableError.constructor", "rprop/table TableModel.constructor"],
]);

/** What is missing from a comment. */
function missingFrom({ name, kind, parameters, returns, text, tags }: Documented): string[] {
  const missing: string[] = [];
  const tagsNamed = (tag: string) => tags.filter((each) => each.name === tag && each.text !== "");
  if (kind === "field") return text === "" ? ["a comment"] : [];
  if (!/\w.*[.:]/s.test(text)) missing.push("a sentence that says what it is or does");
  const params = tagsNamed("param");
  const known = parameters.filter((parameter) => parameter !== null);
  for (const [i, parameter] of parameters.entries()) {
    const isThere =
      parameter === null ? params[i] !== undefined : params.some((tag) => tag.parameter === parameter);
    if (!isThere) missing.push(`@param ${parameter ?? i}`);
  }
  if (known.length === parameters.length) {
    for (const { parameter } of params)
      if (!known.includes(parameter as string)) missing.push(`a parameter ${parameter}`);
  }
  if (returns && tagsNamed("returns").length === 0) missing.push("@returns");
  if (parameters.length > 0 && tagsNamed("throws").length === 0 && !NEVER_THROWS.has(name))
    missing.push("@throws");
  const isMember = name.includes(".");
  if (!isMember && ["function", "class", "constant"].includes(kind) && tagsNamed("example").length === 0)
    missing.push("@example");
  return missing;
}

const all = publicNames();

/** Numbered, since names may differ in nothing but their capitals: parameter makes a Parameter. */
const examples = all
  .flatMap(({ name, tags }) =>
    tags
      .filter((tag) => tag.name === "example")
      .map(({ text }): Example => ({ name: name.replaceAll(/\W+/g, "-"), code: text })),
  )
  .map(({ name, code }, i): Example => ({ name: `${i + 1}-${name}`, code }));

describe("the comments of public names", () => {
  test("say what each does, takes, returns and throws, and show it", () => {
    const incomplete = all.flatMap((documented) => {
      const missing = missingFrom(documented);
      return missing.length === 0
        ? []
        : [`${documented.path}: ${documented.name} lacks ${missing.join(", ")}`];
    });
    expect(incomplete).toEqual([]);
  });

  test("are found through every entry, with inherited members", () => {
    const names = all.map(({ name }) => name);
    for (const name of [
      ...["rprop Linear.constructor", "rprop Linear.forward", "rprop Moments.from", "rprop/view plot"],
      ...["rprop/data Table.take", "rprop/export toC", "rprop/table TableModel.predict", "rprop/node save"],
    ])
      expect(names).toContain(name);
  });
});

describe("their examples", () => {
  let errors = "";
  beforeAll(() => {
    writeExamples(FOLDER, examples);
    errors = compileExamples(FOLDER);
  });

  test("compile under strict and noUncheckedIndexedAccess", () => {
    expect(errors).toBe("");
  });

  test.each(examples)("$name prints what it promises, and no more", ({ name, code }) => {
    const promised = linesPromised(code);
    expect(promised).not.toEqual([]);
    expect(linesPrinted(FOLDER, name)).toEqual(promised);
  });
});
