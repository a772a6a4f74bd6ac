/** @file What a request asks for, as RFC 9110 says: encodings, tags and ranges. */

/**
 * The encoding to send: the one the client weighs highest among those that are ready, brotli first
 * when they are equal; undefined for none.
 *
 * @template {string} Name
 * @param {string | string[] | undefined} header Accept-Encoding
 * @param {Name[]} ready best first
 * @returns {Name | undefined}
 */
export function chooseEncoding(header, ready) {
	const weights = new Map();
	for (const part of String(header ?? '').split(',')) {
		const [name = '', ...parameters] = part
			.trim()
			.toLowerCase()
			.split(/\s*;\s*/);
		if (name === '') continue;
		const quality = parameters.find((parameter) => parameter.startsWith('q='));
		const weight = quality === undefined ? 1 : Number(quality.slice(2));
		weights.set(name, Number.isFinite(weight) ? weight : 0);
	}
	const weightOf = (/** @type {string} */ name) => weights.get(name) ?? weights.get('*') ?? 0;
	const identity = weights.get('identity') ?? 0;
	let best;
	for (const name of ready) {
		const weight = weightOf(name);
		if (weight > 0 && weight >= identity && (best === undefined || weight > weightOf(best))) {
			best = name;
		}
	}
	return best;
}

/**
 * Whether If-None-Match names this tag, weakly or not.
 *
 * @param {string | undefined} header
 * @param {string} tag
 */
export function matchesTag(header, tag) {
	if (!header) return false;
	if (header.trim() === '*') return true;
	return header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag);
}

/**
 * One range of bytes, both ends included. Several ranges, or a header that is none, are answered with the
 * whole file: undefined.
 *
 * @param {string} header
 * @param {number} size of the file, bytes
 * @returns {{ start: number, end: number } | 'unsatisfiable' | undefined}
 */
export function parseRange(header, size) {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
	if (!match || (match[1] === '' && match[2] === '')) return undefined;
	if (match[1] === '') {
		const length = Number(match[2]);
		if (length === 0 || size === 0) return 'unsatisfiable';
		return { start: Math.max(0, size - length), end: size - 1 };
	}
	const start = Number(match[1]);
	const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
	if (match[2] !== '' && Number(match[2]) < start) return undefined;
	return start >= size ? 'unsatisfiable' : { start, end };
}
