/** Tables that are not those of the model. */
import { type CommandHint, LINE, table } from "./hint.js";

export const TABLES: readonly CommandHint[] = [
  {
    words: "(is … meant?)",
    name: "a column that is called otherwise than in the model",
    refused: {
      files: { "data.csv": table("price,y", 24, (i) => `${i},${i}`), "new.csv": "Price,y\n1,2\n" },
      line: `${LINE} > /dev/null; rprop predict model.safetensors new.csv`,
    },
    followed: (message) => {
      const [, wanted, there] = /column "(.+?)".*\(is "(.+)" meant\?\)/.exec(message) as unknown as string[];
      const files = { "new.csv": "Price,y\n1,2\n".replace(there!, wanted!) };
      return [{ files, line: "rprop predict model.safetensors new.csv" }];
    },
  },
];
