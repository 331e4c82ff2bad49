/** All advice of the command. */
import { DIALECTS } from "./dialects.js";
import type { CommandHint } from "./hint.js";
import { MARKS } from "./marks.js";
import { PLANS } from "./plans.js";
import { TEXTS } from "./texts.js";
import { WORDS } from "./words.js";

export const COMMAND: readonly CommandHint[] = [...MARKS, ...TEXTS, ...DIALECTS, ...PLANS, ...WORDS];
