#!/usr/bin/env bash
# npm 11.19.1 warns of a package's `prepare` as of an install script that nobody has approved where the package comes as a
# tarball, not where it comes from the registry. It does not run it, approved or not (tsc, which get-caller-file's needs, is
# not there), and `npm install-scripts ls`, to which the warning sends, lists nothing. Seen in Node 20.20:
#   tarball: npm warn install-scripts   get-caller-file@2.0.5 (prepare: tsc)
#   listed: No packages with unreviewed install scripts.
#   approved: installed
#   registry: no warning
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir tool tarball registry
npm install --silent --no-audit --no-fund --prefix tool npm@11.19.1
npm() { node "$folder/tool/node_modules/npm/bin/npm-cli.js" --no-audit --no-fund "$@" 2>&1; }
npm pack --silent get-caller-file@2.0.5 > /dev/null
echo '{}' | tee tarball/package.json > registry/package.json

cd tarball
tarball=$(npm install ../get-caller-file-2.0.5.tgz | grep prepare)
listed=$(npm install-scripts ls | tail -n 1)
npm install-scripts approve get-caller-file > /dev/null
rm -r node_modules
approved=$(npm install --foreground-scripts > /dev/null && echo installed)
cd ../registry
registry=$(npm install get-caller-file@2.0.5 | grep prepare || echo "no warning")

printf 'tarball: %s\nlisted: %s\napproved: %s\nregistry: %s\n' "$tarball" "$listed" "$approved" "$registry"
[[ $tarball == *"(prepare: tsc)" && $listed == "No packages"* && $approved == installed && $registry == "no warning" ]]
