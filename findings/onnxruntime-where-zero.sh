#!/bin/sh
# onnxruntime-node and onnxruntime-web 1.30.0, on a processor: the operator Where, which is to return elements of X or of Y,
# returns +0 where the chosen element is −0.
#
# The model is y = Where(Less(Abs(x), 1), x, 1) in float32, opset 17. Of −0, 0, −0.5 and 2 the definition gives −0, 0, −0.5
# and 1. Output seen, of both:
#
#     onnxruntime-node: 0 0 -0.5 1
#     onnxruntime-web: 0 0 -0.5 1
#
# So a graph that picks between branches by Where does not keep the sign of zero, which Neg, Abs, Relu and Mul keep.
# Ends with another code than 0 once that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --ignore-scripts onnxruntime-node@1.30.0 onnxruntime-web@1.30.0
cat >where.mjs <<'END'
import node from "onnxruntime-node";
import * as web from "./node_modules/onnxruntime-web/dist/ort.node.min.mjs";

web.env.wasm.numThreads = 1;
const model = Buffer.from(
  "CAg6bQoLCgF4EgFhIgNBYnMKEQoBYQoDb25lEgFjIgRMZXNzChUKAWMKAXgKA29uZRIBeSIFV2hlcmUSAWcqDRABQgNvbmVKBAAAgD9aEAoBeBIL" +
    "CgkIARIFCgMSAW5iEAoBeRILCgkIARIFCgMSAW5CBAoAEBE=",
  "base64",
);
for (const [name, runtime] of Object.entries({ "onnxruntime-node": node, "onnxruntime-web": web })) {
  const session = await runtime.InferenceSession.create(model);
  const x = new runtime.Tensor("float32", Float32Array.of(-0, 0, -0.5, 2), [4]);
  const y = Array.from((await session.run({ x })).y.data, (value) => (Object.is(value, -0) ? "-0" : String(value)));
  console.log(`${name}: ${y.join(" ")}`);
  if (y.join(" ") !== "0 0 -0.5 1") process.exitCode = 1;
}
END
node where.mjs
