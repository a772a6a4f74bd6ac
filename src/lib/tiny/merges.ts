import { cut, pieces } from './pieces.ts';

interface Word {
	ids: number[];
	count: number;
}

/**
 * Learns which tokens to join: the most frequent pair of neighbours becomes a token, and again. Of
 * equally frequent pairs the one with the smaller ids goes first, so that the same texts always
 * give the same tokens.
 *
 * Only different pieces of text are looked at, each with its count, and after a merge only those
 * that contain the pair: 12 MB take a few seconds.
 *
 * @param count of merges; fewer come back when no pair occurs twice any more
 * @param firstId the id of the first joined token; the others follow
 * @param before merges that are made already; their ids end before `firstId`
 */
export function learnMerges(
	texts: Iterable<string>,
	count: number,
	firstId: number,
	before: [number, number][] = []
): [number, number][] {
	const pairs = new PairIndex(countWords(texts));
	before.forEach((pair, i) => pairs.merge(pair, firstId - before.length + i));
	const merges: [number, number][] = [];

	while (merges.length < count) {
		const best = pairs.mostFrequent();
		if (!best) break;
		pairs.merge(best, firstId + merges.length);
		merges.push(best);
	}
	return merges;
}

/**
 * The merges that make one token of each character that has several bytes: the most frequent ones, of
 * equally frequent ones those that come first.
 *
 * @param most different characters
 * @param firstId the id of the first joined token; the others follow
 */
export function characterMerges(
	texts: Iterable<string>,
	most: number,
	firstId: number
): [number, number][] {
	const counts = new Map<string, number>();
	for (const text of texts) {
		for (const character of text) {
			if (character > '\x7f') counts.set(character, (counts.get(character) ?? 0) + 1);
		}
	}
	const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, most);

	const encoder = new TextEncoder();
	const merges: [number, number][] = [];
	const ids = new Map<string, number>(); // of a pair; characters begin with the same bytes
	for (const [character] of frequent) {
		const [first, ...rest] = encoder.encode(character);
		rest.reduce((left, right) => {
			const key = `${left} ${right}`;
			if (!ids.has(key)) {
				ids.set(key, firstId + merges.length);
				merges.push([left, right]);
			}
			return ids.get(key)!;
		}, first);
	}
	return merges;
}

function countWords(texts: Iterable<string>): Word[] {
	const counts = new Map<string, number>();
	for (const text of texts) {
		for (const piece of pieces(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
	}

	const words: Word[] = [];
	for (const [piece, count] of counts) {
		for (const bytes of cut(piece)) if (bytes.length > 1) words.push({ ids: [...bytes], count });
	}
	return words;
}

/** How often each pair of neighbours occurs, and in which words. */
class PairIndex {
	readonly #words: Word[];
	readonly #pairs = new Map<number, { count: number; words: Set<number> }>();

	constructor(words: Word[]) {
		this.#words = words;
		words.forEach((_, index) => this.#add(index, 1));
	}

	/** Undefined when no pair occurs twice: joining it would teach nothing. */
	mostFrequent(): [number, number] | undefined {
		let best = -1;
		let most = 1;
		for (const [key, { count }] of this.#pairs) {
			if (count > most || (count === most && best >= 0 && key < best)) {
				best = key;
				most = count;
			}
		}
		return best < 0 ? undefined : [Math.floor(best / 65536), best % 65536];
	}

	merge([left, right]: [number, number], joined: number): void {
		for (const index of [...(this.#pairs.get(left * 65536 + right)?.words ?? [])]) {
			this.#add(index, -1);
			const { ids } = this.#words[index];
			let to = 0;
			for (let from = 0; from < ids.length; to++) {
				const isPair = ids[from] === left && ids[from + 1] === right;
				ids[to] = isPair ? joined : ids[from];
				from += isPair ? 2 : 1;
			}
			ids.length = to;
			this.#add(index, 1);
		}
	}

	/** Adds the pairs of a word, or takes them out with a sign of -1. */
	#add(index: number, sign: 1 | -1): void {
		const { ids, count } = this.#words[index];
		for (let i = 0; i + 1 < ids.length; i++) {
			const key = ids[i] * 65536 + ids[i + 1];
			let pair = this.#pairs.get(key);
			if (!pair) this.#pairs.set(key, (pair = { count: 0, words: new Set() }));
			pair.count += sign * count;
			if (sign > 0) pair.words.add(index);
			else pair.words.delete(index);
			if (pair.count === 0) this.#pairs.delete(key);
		}
	}
}
