import { shapeText, wrongValue } from "./errors.js";
import { UNCLONEABLE } from "./opaque.js";

/**
 * Anything with a shape and its numbers in row-major order: a Tensor of this library, of another copy of it, or an array of
 * another library. One whose `stride`, `strides`, `order` or `fortranOrder` says that its numbers lie in another order, such
 * as a transpose, is refused.
 */
export interface TensorLike {
  /** The length of each axis. */
  readonly shape: readonly number[];
  /** As many numbers as the product of the shape, the last axis fastest. */
  readonly data: ArrayLike<number>;
}

/** Where the numbers of an owned tensor are: a block, or the beginning of one. */
export interface Storage {
  /** For the library's own use at once. */
  readonly view: Float32Array;
  /** For callers outside the library. */
  expose(): Float32Array;
}

export interface Tensor {
  /**
   * The numbers themselves, live: writing to them changes the tensor. Of what a module or parameter() owns, read
   * `data` again rather than keep it: when the library's memory grows, an array taken earlier becomes empty. Such an array
   * is a view of all that memory, which goes with it to a worker: post toArray(), or data.slice().
   *
   * @throws Error when the tensor's owner was disposed, or its module has made another output since
   */
  readonly data: Float32Array;
}

/**
 * Numbers in float32, row-major, with a shape. Made by {@link tensor}, {@link zeros}, {@link ones}, rand and randn,
 * which copy what they are made of; or a view of what a module or an optimizer owns. structuredClone and postMessage
 * make { shape, size, data } of the former, which is taken wherever a tensor is, and refuse the latter.
 *
 * @example
 * import { tensor } from "rprop";
 * const t = tensor([[1, 2], [3, 4]]);
 * console.log(t.shape, t.size, t.toArray()); // [ 2, 2 ] 4 [ 1, 2, 3, 4 ]
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a property of an interface may be an accessor in a subclass
export class Tensor implements TensorLike {
  /** The length of each axis; [] for a scalar. */
  readonly shape: readonly number[];
  /** The number of elements. */
  readonly size: number;

  /** @param data null for a subclass whose numbers are elsewhere */
  protected constructor(shape: readonly number[], data: Float32Array | null) {
    if (data === undefined) {
      throw new TypeError(`"Tensor": expected to be made by tensor(values) and its like, got new Tensor()`);
    }
    this.shape = Object.freeze([...shape]);
    this.size = sizeOf(shape);
    if (data !== null) (this as { data: Float32Array }).data = data;
  }

  /** A tensor of numbers in JavaScript memory, as tensor() and its like make. @internal */
  static over(shape: readonly number[], data: Float32Array): Tensor {
    return Object.freeze(new this(shape, data)); // naming the class here would rename it in bundles
  }

  /** The numbers, for the library's own use at once. @internal */
  get view(): Float32Array {
    return this.data;
  }

  /**
   * Reads the value of a tensor of one element.
   *
   * @returns the number
   * @throws RangeError when there are more or fewer elements; Error as for data
   */
  item(): number {
    if (this.size !== 1) throw wrongValue("item()", "a tensor of one value", shapeText(this.shape));
    return this.view[0] as number;
  }

  /** @throws Error once the numbers are gone @internal */
  checkAlive(): void {
    void this.view;
  }

  /**
   * Copies the numbers in row-major order.
   *
   * @returns the caller's
   * @throws Error as for data
   */
  toArray(): number[] {
    return Array.from(this.view);
  }

  /**
   * Copies a two-dimensional tensor as an array of rows.
   *
   * @returns the caller's
   * @throws RangeError when the tensor does not have two dimensions; Error as for data
   */
  toRows(): number[][] {
    const [rows, columns] = this.shape;
    if (this.shape.length !== 2 || rows === undefined || columns === undefined) {
      throw wrongValue("toRows()", "a tensor of two dimensions", shapeText(this.shape));
    }
    const { view } = this;
    return Array.from({ length: rows }, (_, r) => Array.from(view.subarray(r * columns, (r + 1) * columns)));
  }

  /**
   * Gives what JSON.stringify writes: shape and numbers, which {@link tensor} takes again. NaN and infinities
   * become null.
   *
   * @returns copies
   * @throws Error as for data
   */
  toJSON(): { shape: readonly number[]; data: number[] } {
    return { shape: this.shape, data: this.toArray() };
  }

  /**
   * Says the shape and the first six numbers, for people.
   *
   * @returns such as Tensor[2 × 2] 1, 2, 3, 4
   * @throws Error as for data
   */
  toString(): string {
    const first = Array.from(this.view.subarray(0, 6), (value) => String(Number(value.toPrecision(6))));
    return `Tensor[${this.shape.join(" × ")}] ${first.join(", ")}${this.size > 6 ? ", …" : ""}`;
  }
}

/** A view of what a module or an optimizer owns, gradients included. */
export class OwnedTensor extends Tensor {
  /** @internal */
  readonly storage: Storage;
  /** @internal */
  readonly uncloneable = UNCLONEABLE;

  /** @internal */
  constructor(shape: readonly number[], storage: Storage) {
    super(shape, null);
    this.storage = storage;
  }

  override get data(): Float32Array {
    return this.storage.expose();
  }

  override get view(): Float32Array {
    return this.storage.view;
  }
}

/** The number of elements of a shape. @internal */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
