/** @file Text of a reader or a model, made safe to look at: it is shown as text, whatever it holds. */

/** A token or a word longer than this is cut: nobody reads it, and it must not stall the layout. */
const LONGEST = 240;

/** Marks that pile up on one letter beyond this are cut. */
const PILE = /(\p{M}{8})\p{M}+/gu;

/**
 * What a token looks like: control characters as their Unicode pictures, a line break as a sign and
 * a break, a bounded length. Directional overrides stay; each token is isolated where it is drawn.
 */
export function visible(text: string): string {
	const cut = text.length > LONGEST ? text.slice(0, LONGEST) + '…' : text;
	return cut
		.replace(PILE, '$1')
		.replace(/\r\n?|\n/g, '⏎\n')
		.replace(/\t/g, '\u2409')
		.replace(
			// eslint-disable-next-line no-control-regex
			/[\u0000-\u0009\u000b-\u001f\u007f]/g,
			(c) => (c === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + c.charCodeAt(0)))
		)
		.replace(/[\u0080-\u009f]/g, '\ufffd');
}
