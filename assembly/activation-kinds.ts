/**
 * Every kind of activation: its name, and the number by which kernels know it. Formulas are in
 * src/core/contract/activations.ts. An enum is the one list that AssemblyScript and TypeScript both read; what else there
 * is for each kind is checked against it. A new kind comes last: numbers stay as they are.
 */
export enum Activation {
  Tanh,
  Sigmoid,
  ReLU,
  LeakyReLU,
  GELU,
  SiLU,
  Softplus,
  Mish,
  ELU,
}
