/** Characters that cut files into records and cells, and that numbers are made of, as bytes of UTF-8. */

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const PLUS = 43;
export const MINUS = 45;
export const ZERO = 48;
export const BACKSLASH = 92;
