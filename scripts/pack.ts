// Packs what is published into dist/, or the folder named: what package.json lists under "files", a manifest without what
// only a clone needs (its scripts would be installers' to warn of), and for tools that know no "exports" a folder for each
// entry, whose manifest leads to the files.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [destination = "build"] = process.argv.slice(2);
const folder = "build/package";

const {
  private: _,
  files,
  imports,
  scripts,
  devDependencies,
  ...manifest
} = JSON.parse(readFileSync("package.json", "utf8"));

function writeManifest(parent: string, content: object): void {
  mkdirSync(parent, { recursive: true });
  writeFileSync(join(parent, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
}

rmSync(folder, { recursive: true, force: true });
for (const file of files) cpSync(file, join(folder, file), { recursive: true });
writeManifest(folder, manifest);

for (const [entry, conditions] of Object.entries<Record<string, Record<string, string>>>(manifest.exports)) {
  const { require: required, module } = conditions;
  if (entry === "." || required === undefined || module === undefined) continue;
  writeManifest(join(folder, entry), {
    main: `.${required.default}`,
    module: `.${module.default}`,
    types: `.${module.types}`,
    sideEffects: manifest.sideEffects,
  });
}

execFileSync("npm", ["pack", resolve(folder), "--pack-destination", destination, "--loglevel", "error"], {
  stdio: "inherit",
});
