/** @file Reads the tags of a page that Svelte wrote. Not a parser for any HTML: our own is well formed. */

/** @typedef {{ name: string, attributes: Record<string, string>, text: string }} Element */

const rawText = /<(script|style)\b([^>]*)>[\s\S]*?<\/\1>/gi;
const tag =
	/<([a-zA-Z][\w:-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/g;
const attribute = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** @type {Record<string, string>} */
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** @param {string} text */
function decode(text) {
	return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
		if (hex) return String.fromCodePoint(parseInt(hex, 16));
		if (decimal) return String.fromCodePoint(Number(decimal));
		return entities[name] ?? whole;
	});
}

/**
 * Every element in the order of its start tag, with its attributes decoded and, for the few whose
 * text is asked for (title, h1, a), the text up to its end tag.
 *
 * @param {string} html
 * @returns {Element[]}
 */
export function elements(html) {
	const plain = html.replace(rawText, '<$1$2></$1>').replace(/<!--[\s\S]*?-->/g, '');
	/** @type {Element[]} */
	const found = [];
	for (const match of plain.matchAll(tag)) {
		const name = match[1].toLowerCase();
		/** @type {Record<string, string>} */
		const attributes = {};
		for (const [, key, double, single, bare] of match[2].matchAll(attribute)) {
			attributes[key.toLowerCase()] = decode(double ?? single ?? bare ?? '');
		}
		let text = '';
		if (name === 'title' || name === 'h1' || name === 'a') {
			const start = match.index + match[0].length;
			const end = plain.toLowerCase().indexOf(`</${name}`, start);
			text = decode(plain.slice(start, end < 0 ? start : end).replace(/<[^>]*>/g, ''))
				.replace(/\s+/g, ' ')
				.trim();
		}
		found.push({ name, attributes, text });
	}
	return found;
}
