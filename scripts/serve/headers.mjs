/** @file The `_headers` file that Netlify and Cloudflare Pages read: patterns, and headers under each. */

/** @typedef {{ pattern: RegExp, set: [name: string, value: string][], drop: string[] }} Rule */

/**
 * Reads a `_headers` file. `*` stands for anything, `:name` for one part of a path, `! Name` removes
 * a header that an earlier rule set. Throws with the line's number when a line is none of these.
 *
 * @param {string} text
 * @returns {Rule[]}
 */
export function parseHeaders(text) {
	/** @type {Rule[]} */
	const rules = [];
	text.split(/\r?\n/).forEach((line, index) => {
		const trimmed = line.trim();
		if (trimmed === '' || trimmed.startsWith('#')) return;
		if (!/^\s/.test(line)) {
			if (!trimmed.startsWith('/')) {
				throw new Error(`_headers:${index + 1}: a pattern begins with "/", not "${trimmed}".`);
			}
			rules.push({ pattern: patternOf(trimmed), set: [], drop: [] });
			return;
		}
		const rule = rules.at(-1);
		const dropped = /^!\s*([\w-]+)$/.exec(trimmed);
		const given = /^([\w-]+)\s*:\s*(.+)$/.exec(trimmed);
		if (!rule || (!dropped && !given)) {
			throw new Error(`_headers:${index + 1}: "${trimmed}" is no header of a pattern.`);
		}
		if (dropped) rule.drop.push(dropped[1].toLowerCase());
		else if (given) rule.set.push([given[1], given[2]]);
	});
	return rules;
}

/** @param {string} path */
function patternOf(path) {
	const source = path
		.split(/(\*|:[A-Za-z]\w*)/)
		.map((part) => {
			if (part === '*') return '.*';
			if (/^:[A-Za-z]/.test(part)) return '[^/]+';
			return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
		})
		.join('');
	return new RegExp(`^${source}$`, 's');
}

/**
 * The headers of one address. Every rule that matches adds its own; a name given twice is joined by
 * a comma, which for a Content-Security-Policy means that both hold.
 *
 * @param {Rule[]} rules
 * @param {string} path decoded, beginning with '/'
 * @returns {Map<string, string>} by lower-case name
 */
export function headersFor(rules, path) {
	/** @type {Map<string, string>} */
	const headers = new Map();
	for (const { pattern, set, drop } of rules) {
		if (!pattern.test(path)) continue;
		for (const name of drop) headers.delete(name);
		for (const [name, value] of set) {
			const key = name.toLowerCase();
			const before = headers.get(key);
			headers.set(key, before === undefined ? value : `${before}, ${value}`);
		}
	}
	return headers;
}
