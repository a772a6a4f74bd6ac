/**
 * @file Which words of a text are kept whole: short names with a hyphen, such as GPT-3 or Qwen3-0.6B. In
 * JavaScript, because svelte.config.js, which Node reads as it is, asks too: for the lessons' own text.
 */

/**
 * A hyphenated word with a capital letter or a digit in it, of at most twelve characters: what is longer
 * would stick out of a table on a phone with text of twice the size.
 */
const NAME = /(?<![\w.-])((?=[\w.-]*[A-Z\d])(?=[\w.-]{3,12}(?![\w-]))\w[\w.]*(?:-[\w.]*\w)+)/;

/**
 * The text in parts: every second one is such a name.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function wholesIn(text) {
	return text.split(NAME);
}
