#!/usr/bin/env bash
# @assemblyscript/loader 0.28.20 cannot be imported where intrinsics are frozen, as by `node --frozen-intrinsics` or
# Object.freeze(Object): its polyfill assigns Object.hasOwn at import also where that exists. Seen in Node 20.20:
#   as it is: imported
#   Object frozen: TypeError: Cannot assign to read only property 'hasOwn' of function 'function Object() { [native code] }'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @assemblyscript/loader@0.28.20
cat > import.mjs <<'JS'
const outcome = (name) =>
  import(`${import.meta.resolve("@assemblyscript/loader")}?${name}`).then(() => "imported", (error) => `${error.name}: ${error.message}`);
const before = await outcome("a");
Object.freeze(Object);
const after = await outcome("b");
console.log(`as it is: ${before}\nObject frozen: ${after}`);
process.exitCode = before === "imported" && /^TypeError: .*hasOwn/.test(after) ? 0 : 1;
JS
node import.mjs
