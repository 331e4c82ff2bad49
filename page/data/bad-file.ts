/** A file that cannot be used: the message says what is wrong, where, and what would be right. */
export class BadFile extends Error {}
