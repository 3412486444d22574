/**
 * When a picture that a server reads is said to be somebody’s digit. Among hundreds of digits one is always a little like any smudge:
 * so it must be much like a digit that went in, and clearly more than like any stranger’s. Found by trial on test digits, to tell a
 * digit from a blend of digits.
 */

/** Structural similarity to the digit, at least. */
export const ALIKE = 0.8;
/** By so much more than to any stranger’s. */
export const AHEAD = 0.1;
/** How many digits that did not go in are compared as well. */
export const STRANGERS = 300;
