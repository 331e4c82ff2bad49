/** All advice of the command. */
import type { CommandHint } from "./hint.js";
import { PLANS } from "./plans.js";
import { TABLES } from "./tables.js";
import { WORDS } from "./words.js";

export const COMMAND: readonly CommandHint[] = [...TABLES, ...PLANS, ...WORDS];
