import { type Context, createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { root } from "./program.js";

/** What the program below comes to. */
export interface Trained {
  core: string;
  /** Of a run over every wasm module that comes back to the event loop after each epoch. */
  fingerprint: string;
  /** Of the model that is read from the bytes of a file. */
  decoded: string;
  metadata: Record<string, string>;
}

/** All characters that UTF-8 has a form for: of one byte, two, three and four. */
export const NOTE = "a=é€𝄞\ufeff";

/** A program that takes every family of kernels, files and the event loop. Its result is a promise. */
export function everything(library: string): string {
  return `
    import * as R from "${library}";
    const rows = [-3, -2, -1, 0, 1, 2, 3];
    const train = async () => {
      R.manualSeed(5);
      const model = new R.Sequential(new R.Normalization(rows), new R.Linear(1, 3), new R.Tanh());
      await R.fit(model, rows, [0, 0, 1, 1, 1, 2, 2], { loss: new R.CrossEntropyLoss(), epochs: 20, yieldEvery: 0 });
      R.fitSync(model, rows, rows.map((v) => [v, -v, 1]), { loss: new R.HuberLoss(), epochs: 20 });
      const { model: decoded, metadata } = R.decode(R.encode({ model, metadata: { note: ${JSON.stringify(NOTE)} } }));
      return { core: R.core(), fingerprint: R.fingerprint(model), decoded: R.fingerprint(decoded), metadata };
    };
    export const result = train();`;
}

/** A program of two runs, the second of which has more than 16 MiB of data, and so a core of its own. */
export const TWO_CORES = `
  import * as R from "rprop";
  const model = new R.Sequential(new R.Linear(1000, 1), new R.Tanh());
  const fingerprints = [1, 5000].map((rows) => {
    for (const { data } of model.parameters()) data.fill(0.001);
    R.fitSync(model, new Float32Array(1000 * rows).fill(0.5), new Float32Array(rows).fill(0.25), { epochs: 20 });
    return R.fingerprint(model);
  });
  export const result = { core: R.core(), fingerprints };`;

/** A program of rprop/data on characters of one to four bytes, halves of them, and bytes that are none. */
export const TEXTS = String.raw`
  import { csvRows, readCsv, readNpy, describeCsv, writeNpy } from "rprop/data";
  const csv = 'größe,"na\u0001me",t\n1,é€𝄞,"x,\ufeff"\n2,\ud800,y\n';
  const marked = Uint8Array.of(0xef, 0xbb, 0xbf, 97, 10, 0xc3, 0xa9, 10);
  const cut = csv.indexOf("𝄞") + 1;
  const bad = [[0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]];
  const refusal = (bytes) => {
    try {
      return readCsv(Uint8Array.of(97, 10, 49, 10, ...bytes, 10), { encoding: "utf-8" });
    } catch ({ name, message }) {
      return name + ": " + message;
    }
  };
  const rows = (chunks) => [...csvRows(chunks, { x: ["größe"], strings: ["na\u0001me", "t"] })];
  const read = async () => ({
    columns: [...readCsv(csv).columns],
    marked: [...readCsv(marked).columns],
    rows: rows([csv.slice(0, cut), csv.slice(cut)]),
    survey: (await describeCsv(() => csv)).columns.map(({ values, ...column }) => ({ ...column, values: [...values] })),
    refusals: bad.map(refusal),
    npy: readNpy(writeNpy({ shape: [2], data: Float32Array.of(1, 2) })),
  });
  export const result = read().then(JSON.stringify);`;

/** A program with what it imports, as a script that sets `program`. */
export async function scriptOf(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    format: "iife",
    globalName: "program",
    write: false,
  });
  return (outputFiles[0] as { text: string }).text;
}

/** A realm that has the globals of the language, WebAssembly and those given; what V8 adds is taken away. */
export function bareRealm(globals: Record<string, unknown> = {}): Context {
  const context = createContext({});
  runInContext("delete globalThis.console;", context);
  return Object.assign(context, globals);
}
