import { ofShape, wrongValue } from "./errors.js";

/** Anything with a shape and its numbers in row-major order: a Tensor of this library, or of another copy of it. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Where a tensor's numbers are: JavaScript memory, or a block of core memory. */
export interface Storage {
  /** For the library's own use at once. */
  readonly view: Float32Array;
  /** For hands outside. */
  expose(): Float32Array;
}

/**
 * Numbers in float32, row-major, with a shape. Made by {@link tensor}, {@link zeros}, {@link ones}, rand and randn,
 * which copy what they are made of; or a view of what a module or an optimizer owns.
 */
export class Tensor implements TensorLike {
  readonly shape: readonly number[];
  /** The number of elements. */
  readonly size: number;
  /** @internal */
  readonly storage: Storage;

  protected constructor(shape: readonly number[], storage: Storage) {
    if (typeof storage?.expose !== "function") {
      throw new TypeError(`"Tensor": expected to be made by tensor(values) and its like, got new Tensor()`);
    }
    this.shape = Object.freeze([...shape]);
    this.size = sizeOf(shape);
    this.storage = storage;
  }

  /** What tensor() and its like make: the numbers are the storage's. @internal */
  static over(shape: readonly number[], storage: Storage): Tensor {
    return new this(shape, storage); // naming the class here would rename it in bundles
  }

  /**
   * The numbers themselves, live: writing to them changes the tensor. Of what a module or parameter() owns, read
   * `data` again rather than keep it: when the library's memory grows, an array taken earlier becomes empty.
   *
   * @throws Error when the tensor's owner was disposed, or its module has made another output since
   */
  get data(): Float32Array {
    return this.storage.expose();
  }

  /**
   * The value of a tensor of one element.
   *
   * @throws RangeError when there are more or fewer elements; Error as for data
   */
  item(): number {
    if (this.size !== 1) throw wrongValue("item()", "a tensor of one value", ofShape(this.shape));
    return this.storage.view[0] as number;
  }

  /** @throws Error once the numbers are gone @internal */
  checkAlive(): void {
    void this.storage.view;
  }

  /** A copy of the numbers in row-major order. @throws Error as for data */
  toArray(): number[] {
    return Array.from(this.storage.view);
  }

  /**
   * A copy of a two-dimensional tensor as an array of rows.
   *
   * @throws RangeError when the tensor does not have two dimensions; Error as for data
   */
  toRows(): number[][] {
    const [rows, columns] = this.shape;
    if (this.shape.length !== 2 || rows === undefined || columns === undefined) {
      throw wrongValue("toRows()", "a tensor of two dimensions", ofShape(this.shape));
    }
    const { view } = this.storage;
    return Array.from({ length: rows }, (_, r) => Array.from(view.subarray(r * columns, (r + 1) * columns)));
  }

  /** What JSON.stringify writes: shape and numbers, which {@link tensor} takes again. NaN and infinities become null. */
  toJSON(): { shape: readonly number[]; data: number[] } {
    return { shape: this.shape, data: this.toArray() };
  }

  /** The shape and the first numbers, for people. */
  toString(): string {
    const first = Array.from(this.storage.view.subarray(0, 6), (value) =>
      String(Number(value.toPrecision(6))),
    );
    return `Tensor[${this.shape.join(" × ")}] ${first.join(", ")}${this.size > 6 ? ", …" : ""}`;
  }
}

/** The number of elements of a shape. @internal */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
