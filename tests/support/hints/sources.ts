import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SRC = fileURLToPath(new URL("../../../src/", import.meta.url));

/** Every text of the sources that may be a message, or a part of one; what is computed within it is "…". */
export function textsOfSources(): { where: string; text: string }[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .flatMap((name) => {
      const source = ts.createSourceFile(
        name,
        readFileSync(SRC + name, "utf8"),
        ts.ScriptTarget.ES2022,
        true,
      );
      const found: { where: string; text: string }[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
        const text = textOf(node);
        if (text !== null) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart());
          found.push({ where: `${name}:${line + 1}`, text });
        }
        if (text === null || ts.isTemplateExpression(node)) ts.forEachChild(node, visit);
        else if (ts.isBinaryExpression(node)) visitOthers(node);
      };
      /** What is added to texts, and is none. */
      const visitOthers = (node: ts.Node): void => {
        if (ts.isBinaryExpression(node) && textOf(node) !== null)
          [node.left, node.right].forEach(visitOthers);
        else if (textOf(node) === null || ts.isTemplateExpression(node)) ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
}

/** Texts that are added to each other are one. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === null && right === null ? null : `${left ?? "…"}${right ?? "…"}`;
}
