// The export list of a module of its own: programs without losses of classification do not carry it.
export { binaryCrossEntropy, binaryCrossEntropyWithLogits } from "./binary-cross-entropy";
export { crossEntropy, softmax } from "./cross-entropy";
