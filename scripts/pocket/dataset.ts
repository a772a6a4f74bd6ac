import { createHash } from 'node:crypto';
import { Tokenizer, trainTokenizer } from '#lib/tiny/tokenizer.ts';
import type { Document } from '../corpus/corpus.ts';
import { weighted } from '../corpus/grammar.ts';

/** The marks that separate a conversation's turns. They can never come out of a reader's text. */
export const specials = ['<end>', '<you>', '<reply>'];

export type Corpus = {
	documents: Document[];
	characters: number;
	sha256: string;
	kinds: Record<string, number>;
	words: Set<string>;
};

/** Reads a generator of documents whole: 12 MB, a few seconds. */
export function collect(documents: Iterable<Document>): Corpus {
	const hash = createHash('sha256');
	const all: Document[] = [];
	const byKind = new Map<string, number>();
	const words = new Set<string>();
	let characters = 0;

	for (const document of documents) {
		all.push(document);
		for (const turn of document.turns) {
			hash.update(turn).update('\n');
			characters += turn.length;
			byKind.set(document.kind, (byKind.get(document.kind) ?? 0) + turn.length);
			for (const word of wordsOf(turn)) words.add(word);
		}
	}
	const kinds = Object.fromEntries(
		[...byKind].sort((a, b) => b[1] - a[1]).map(([kind, n]) => [kind, n / characters])
	);
	return { documents: all, characters, sha256: hash.digest('hex'), kinds, words };
}

export function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[a-z]+(?:'[a-z]+)*/g) ?? [];
}

/** Byte-pair tokens learnt from a part of the text: the merges settle long before the whole is read. */
export function learnTokenizer(corpus: Corpus, size: number): Tokenizer {
	return trainTokenizer(
		corpus.documents.slice(0, 20_000).flatMap((document) => document.turns),
		size,
		specials
	);
}

/** `<you> prompt <reply> answer <end>`, as often as the conversation has turns. */
export function encodeDocument(document: Document, tokenizer: Tokenizer): number[] {
	const ids: number[] = [];
	document.turns.forEach((turn, index) => {
		const yours = index % 2 === 0;
		ids.push(tokenizer.special(yours ? '<you>' : '<reply>'), ...tokenizer.encode(turn));
		if (!yours) ids.push(tokenizer.special('<end>'));
	});
	return ids;
}

/** Documents as token ids, end to end in one array, with the place where each begins. */
export class Tokens {
	readonly starts: Uint32Array;
	readonly ids: Uint16Array;

	constructor(documents: number[][]) {
		this.starts = new Uint32Array(documents.length + 1);
		documents.forEach((ids, i) => (this.starts[i + 1] = this.starts[i] + ids.length));
		this.ids = new Uint16Array(this.starts[documents.length]);
		documents.forEach((ids, i) => this.ids.set(ids, this.starts[i]));
	}

	get count() {
		return this.starts.length - 1;
	}

	document(index: number): Uint16Array {
		return this.ids.subarray(this.starts[index], this.starts[index + 1]);
	}
}

/**
 * Fills rows of `length` tokens. Every row begins at the beginning of a document, as every prompt
 * does; the document that the end of a row cuts through begins the next one, so that each is seen whole.
 *
 * @param order yields indices of documents, without end
 */
export function* rows(
	tokens: Tokens,
	order: Iterator<number>,
	length: number
): Generator<Uint16Array> {
	let cut: number | undefined;
	for (;;) {
		const row = new Uint16Array(length);
		let filled = 0;
		let whole = 0;
		while (filled < length) {
			const index: number = cut ?? order.next().value;
			cut = undefined;
			const ids = tokens.document(index);
			const part = ids.subarray(0, length - filled);
			row.set(part, filled);
			filled += part.length;
			// A document longer than a row is cut for good: it would only begin the next row the same way.
			if (part.length < ids.length && whole > 0) cut = index;
			whole++;
		}
		yield row;
	}
}

/** The indices over and over, shuffled anew each time round by a seeded generator. */
export function* shuffled(indices: number[], next: () => number): Generator<number> {
	const order = Uint32Array.from(indices);
	for (;;) {
		for (let i = order.length - 1; i > 0; i--) {
			const j = Math.floor(next() * (i + 1));
			[order[i], order[j]] = [order[j], order[i]];
		}
		yield* order;
	}
}

/**
 * One index after the other out of several endless orders, each as often as its share says.
 *
 * @param shares of the orders after so many draws
 */
export function* mixed(
	orders: Iterator<number>[],
	shares: (draws: number) => number[],
	next: () => number
): Generator<number> {
	for (let draws = 0; ; draws++) {
		yield orders[weighted(shares(draws), next())].next().value as number;
	}
}
