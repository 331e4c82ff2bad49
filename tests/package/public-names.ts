import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "./program.js";

/** What the package's entries export, by the entry's file and the name by which programs import it. */
const ENTRIES = {
  "src/index.ts": "rprop",
  "src/view/index.ts": "rprop/view",
  "src/data/index.ts": "rprop/data",
  "src/export/index.ts": "rprop/export",
  "src/table/index.ts": "rprop/table",
  "src/node/index.ts": "rprop/node",
};

/** A public name, or a member of one, and what its comment says. */
export interface Documented {
  /** Such as rprop Linear.forward. */
  readonly name: string;
  readonly path: string;
  readonly kind: "function" | "constructor" | "class" | "constant" | "type" | "field";
  /** The names of its parameters; null for one that is taken apart, which has any name in the comment. */
  readonly parameters: readonly (string | null)[];
  readonly returns: boolean;
  readonly text: string;
  readonly tags: readonly Tag[];
}

interface Tag {
  readonly name: string;
  /** Of a parameter, without its name. */
  readonly text: string;
  readonly parameter: string | null;
}

/** Everything that programs can reach by the names of the entries, each once. */
export function publicNames(): Documented[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = Object.keys(ENTRIES).map((path) => join(root, path));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const found = new Map<ts.Node, Documented>();
  for (const [path, entry] of Object.entries(ENTRIES)) {
    const file = program.getSourceFile(join(root, path)) as ts.SourceFile;
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      for (const [node, documented] of namesOf(symbol, `${entry} ${exported.name}`, checker))
        if (!found.has(node)) found.set(node, documented);
    }
  }
  return [...found.values()];
}

function* namesOf(
  symbol: ts.Symbol,
  name: string,
  checker: ts.TypeChecker,
): Generator<[ts.Node, Documented]> {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined || !isOurs(declaration)) return;
  const comment = commentOf(symbol, checker);
  if (comment.tags.some((tag) => tag.name === "internal")) return;
  const path = relative(root, declaration.getSourceFile().fileName);
  const documented = (kind: Documented["kind"], signature?: ts.Signature): [ts.Node, Documented] => [
    declaration,
    { name, path, kind, ...callOf(signature, checker), ...comment },
  ];
  if (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Method)) {
    const signature = checker.getTypeOfSymbol(symbol).getCallSignatures().at(-1);
    yield documented("function", signature);
  } else if (symbol.flags & ts.SymbolFlags.Class) {
    yield documented("class");
    yield* constructorOf(symbol, name, checker);
    const itself = checker.getTypeOfSymbol(symbol);
    for (const member of membersOf(itself, checker))
      yield* namesOf(member, `${name}.${readable(member)}`, checker);
  } else if (symbol.flags & ts.SymbolFlags.Variable) yield documented("constant");
  else if (symbol.flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Accessor)) yield documented("field");
  else yield documented("type");
  if ((symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0) return;
  for (const member of membersOf(checker.getDeclaredTypeOfSymbol(symbol), checker))
    yield* namesOf(member, `${name}.${readable(member)}`, checker);
}

function* constructorOf(
  symbol: ts.Symbol,
  name: string,
  checker: ts.TypeChecker,
): Generator<[ts.Node, Documented]> {
  const [signature] = checker.getTypeOfSymbol(symbol).getConstructSignatures();
  const declaration = signature?.getDeclaration();
  if (signature === undefined || declaration === undefined || !isOurs(declaration)) return;
  if (!ts.isConstructorDeclaration(declaration) || !isPublic(declaration)) return;
  const text = ts.displayPartsToString(signature.getDocumentationComment(checker));
  const tags = signature.getJsDocTags().map(tagOf);
  if (tags.some((tag) => tag.name === "internal")) return;
  const path = relative(root, declaration.getSourceFile().fileName);
  const { parameters } = callOf(signature, checker);
  yield [
    declaration,
    { name: `${name}.constructor`, path, kind: "constructor", parameters, returns: false, text, tags },
  ];
}

/** The members that a program sees, inherited ones too. */
function membersOf(type: ts.Type, checker: ts.TypeChecker): ts.Symbol[] {
  return checker.getPropertiesOfType(type).filter((member) => {
    const declaration = member.declarations?.[0];
    if (declaration === undefined || member.flags & ts.SymbolFlags.Prototype) return false;
    return isPublic(declaration) && !member.name.includes("#");
  });
}

function isPublic(declaration: ts.Declaration): boolean {
  const modifiers = ts.getCombinedModifierFlags(declaration);
  return (modifiers & ts.ModifierFlags.NonPublicAccessibilityModifier) === 0;
}

/** The compiler's name of a member such as [Symbol.dispose] has a number in it. */
function readable({ name }: ts.Symbol): string {
  return name.replace(/^__@(\w+)@\d+$/, "[Symbol.$1]");
}

function isOurs(node: ts.Node): boolean {
  return node.getSourceFile().fileName.startsWith(join(root, "src/"));
}

/** A method that says nothing itself has the comment of the one that it overrides, as editors show it. */
function commentOf(symbol: ts.Symbol, checker: ts.TypeChecker): Pick<Documented, "text" | "tags"> {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return { text, tags: symbol.getJsDocTags(checker).map(tagOf) };
}

function tagOf({ name, text = [] }: ts.JSDocTagInfo): Tag {
  const parameter = text.find(({ kind }) => kind === "parameterName")?.text ?? null;
  const rest = text.filter(({ kind }) => kind !== "parameterName");
  return { name, text: ts.displayPartsToString(rest).trim(), parameter };
}

function callOf(
  signature: ts.Signature | undefined,
  checker: ts.TypeChecker,
): Pick<Documented, "parameters" | "returns"> {
  if (signature === undefined) return { parameters: [], returns: false };
  const parameters = signature.getParameters().map((parameter) => {
    const { name } = parameter.valueDeclaration as ts.ParameterDeclaration;
    return ts.isIdentifier(name) ? name.text : null;
  });
  const type = checker.typeToString(signature.getReturnType());
  return { parameters, returns: !["void", "Promise<void>"].includes(type) };
}
