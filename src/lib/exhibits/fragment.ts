/**
 * @file The state of an exhibit in the fragment of the address: `#spike.as=everyone&spike.seed=7`.
 * A fragment never leaves the browser, and a prerendered page may read it. Several exhibits share
 * one fragment, each with its own prefix. What is read was written by anyone: it is cut to size, and
 * what it means is for the reader of a value to decide.
 */

const LONGEST = 16_384; // characters of a fragment; longer ones are not ours
const PARTS = 64;

/** The values under `prefix`, decoded and free of control characters. Never throws. */
export function readFragment(hash: string, prefix: string): Map<string, string> {
	const values = new Map<string, string>();
	if (hash.length > LONGEST) return values;

	for (const part of hash.replace(/^#/, '').split('&', PARTS)) {
		const equals = part.indexOf('=');
		const key = part.slice(0, equals);
		if (equals < 0 || !key.startsWith(prefix + '.')) continue;

		const value = decoded(part.slice(equals + 1));
		if (value !== undefined) values.set(key.slice(prefix.length + 1), value);
	}
	return values;
}

/** The fragment with everything under `prefix` replaced by `values`; other exhibits' parts are kept. */
export function writeFragment(
	hash: string,
	prefix: string,
	values: Iterable<readonly [string, string | undefined]>
): string {
	const kept =
		hash.length > LONGEST
			? []
			: hash
					.replace(/^#/, '')
					.split('&', PARTS)
					.filter((part) => part.includes('=') && !part.startsWith(prefix + '.'));
	const ours = [...values]
		.filter((entry): entry is readonly [string, string] => entry[1] !== undefined)
		.map(([key, value]) => `${prefix}.${key}=${encodeURIComponent(value)}`);

	return [...kept, ...ours].join('&');
}

function decoded(text: string): string | undefined {
	try {
		const value = decodeURIComponent(text);
		// eslint-disable-next-line no-control-regex
		return /[\u0000-\u0008\u000b-\u001f\u007f]/.test(value) ? undefined : value;
	} catch {
		return undefined;
	}
}
