import { describe, expect, test } from "vitest";
import { csvRows, describeCsv } from "../../src/data/index.js";
import { fit, fitSync, Linear, manualSeed } from "../../src/index.js";
import { readStream } from "../../src/read-stream.js";

/** A stream as WebKit has it, which is no iterable, and what becomes of it. */
function streamOf<Chunk>(chunks: readonly Chunk[], error?: Error) {
  const fate = { cancelled: 0, locked: () => stream.locked };
  let given = 0;
  const stream = new ReadableStream<Chunk>(
    {
      pull(controller) {
        if (given < chunks.length) controller.enqueue(chunks[given++] as Chunk);
        else if (error) controller.error(error);
        else controller.close();
      },
      cancel() {
        fate.cancelled++;
      },
    },
    { highWaterMark: 0 },
  );
  return { fate, stream: { getReader: () => stream.getReader() } as unknown as ReadableStream<Chunk> };
}

const CSV = ["a,y\n1,2\n", "2,4\n3,", "6\n"];

async function collect(stream: ReadableStream<string>): Promise<number[]> {
  const read: number[] = [];
  for await (const { y } of csvRows(stream, { y: ["y"] })) for (const value of y.data) read.push(value);
  return read;
}

describe("a stream that is no iterable", () => {
  test("is read by csvRows, to its end", async () => {
    const { stream, fate } = streamOf(CSV);
    expect(await collect(stream)).toEqual([2, 4, 6]);
    expect([fate.cancelled, fate.locked()]).toEqual([0, false]);
  });

  test("is read by describeCsv, as often as it asks for one", async () => {
    const { rows, columns } = await describeCsv(() => streamOf(CSV).stream);
    expect([rows, columns.map(({ name }) => name)]).toEqual([3, ["a", "y"]]);
  });

  test("is read by fit as a source, to the bits of the same rows in memory", async () => {
    const rows = [
      { x: [1, 2], y: [2, 4] },
      { x: [3], y: [6] },
    ];
    const made = () => {
      manualSeed(2);
      return new Linear(1, 1);
    };
    const { losses } = await fit(made(), () => streamOf(rows).stream, { epochs: 20 });
    expect(losses).toEqual(fitSync(made(), [1, 2, 3], [2, 4, 6], { epochs: 20 }).losses);
  });

  test("in place of a source is refused by fit, since one epoch would use it up", async () => {
    const { stream } = streamOf([{ x: [1], y: [1] }]);
    await expect(fit(new Linear(1, 1), stream as never)).rejects.toThrow("called for every epoch");
  });

  test("is cancelled and let go of by a loop that ends early", async () => {
    const { stream, fate } = streamOf(CSV);
    for await (const piece of readStream<string>(stream as never)) if (piece === CSV[0]) break;
    expect([fate.cancelled, fate.locked()]).toEqual([1, false]);
  });

  test("is cancelled where a file turns out to be no table", async () => {
    const { stream, fate } = streamOf(["a,y\n", `${"1,2\n".repeat(5e5)}1\n${"1,2\n".repeat(5e5)}`, "1,2\n"]);
    await expect(collect(stream)).rejects.toThrow("line");
    expect([fate.cancelled, fate.locked()]).toEqual([1, false]);
  });

  test("is cancelled where describeCsv needs no more of it", async () => {
    const fates: ReturnType<typeof streamOf>["fate"][] = [];
    const text = `a\n${"one\n".repeat(1e6)}`; // more than a block, of which the first has texts
    const { columns } = await describeCsv(() => {
      const { stream, fate } = streamOf([text, text.slice(2)]);
      fates.push(fate);
      return stream;
    });
    expect(columns[0]?.kind).toBe("text");
    expect(fates.map(({ cancelled, locked }) => [cancelled, locked()])).toEqual([
      [1, false],
      [0, false],
    ]);
  });

  test("is cancelled where a chunk of a source does not fit", async () => {
    const { stream, fate } = streamOf([
      { x: [1], y: [1] },
      { x: ["one"], y: [1] },
      { x: [2], y: [2] },
    ]);
    await expect(fit(new Linear(1, 1), () => stream as never)).rejects.toThrow('"x"');
    expect([fate.cancelled, fate.locked()]).toEqual([1, false]);
  });

  test("that fails rejects with its own error", async () => {
    const error = new Error("disk is gone");
    const { stream, fate } = streamOf(CSV, error);
    await expect(collect(stream)).rejects.toBe(error);
    expect(fate.cancelled).toBe(0);
  });
});
