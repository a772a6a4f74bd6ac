/**
 * @file What tokens look like, those of the pocket model and of others. Brings the tokenizer with it, so it is for the
 * exhibit's own code, which is fetched when somebody touches it.
 */
import { promptOf } from '#lib/engine/pocket/chat.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import json from '#lib/engine/pocket/tokenizer.json';
import type { Request } from '#lib/events.ts';
import type { Lexicon } from '#lib/engine/webllm/vocabulary.ts';
import { StreamDecoder, Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { visible } from '../run/plain.ts';

const tokenizer = Tokenizer.fromJSON(json as unknown as TokenizerJson);
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A token as it is shown. */
export type Piece = {
	id: number;
	/** Safe to look at. Of a part of a character its bytes: "F0 9F". */
	text: string;
	kind: 'text' | 'bytes' | 'marker';
	/** The character that is complete with this token, and was not before. */
	whole?: string;
};

/** What a marker is for, in words. */
const markers: Record<string, string> = {
	'<you>': 'the marker of your turn',
	'<reply>': 'the marker of its turn',
	'<end>': 'the marker of the end'
};

/** The tokens of one model. */
export class Tokens {
	/** How many it has. */
	readonly size: number;
	readonly #source: Pick<Tokenizer, 'bytes' | 'isSpecial' | 'text' | 'size'>;

	constructor(source: Pick<Tokenizer, 'bytes' | 'isSpecial' | 'text' | 'size'>) {
		this.size = source.size;
		this.#source = source;
	}

	/** One token by itself. */
	pieceOf = (id: number): Piece => {
		if (this.isMarker(id)) return { id, text: visible(this.#source.text(id)), kind: 'marker' };
		const bytes = this.#source.bytes(id);
		// real models have scores for numbers that are no tokens
		if (!bytes.length) return { id, text: `#${id}`, kind: 'marker' };
		const text = textOf(bytes);
		return text === undefined
			? { id, text: hex(bytes), kind: 'bytes' }
			: { id, text: visible(text), kind: 'text' };
	};

	/** Tokens in a row: where several make one character, the last of them says which. */
	piecesOf = (ids: Iterable<number>): Piece[] => {
		const pieces: Piece[] = [];
		let open: number[] = []; // bytes of a character that is not complete

		for (const id of ids) {
			const piece = this.pieceOf(id);
			pieces.push(piece);
			if (piece.kind !== 'bytes') {
				open = [];
				continue;
			}
			open.push(...this.#source.bytes(id));
			const whole = textOf(Uint8Array.from(open));
			if (whole === undefined) continue;
			piece.whole = visible(whole);
			open = [];
		}
		return pieces;
	};

	/** Text of tokens, for a token event; a marker has none. */
	plainText = (ids: Iterable<number>): string => {
		const decoder = new StreamDecoder(this.#source);
		let text = '';
		for (const id of ids) text += decoder.push(id);
		return text + decoder.flush();
	};

	isMarker = (id: number): boolean => this.#source.isSpecial(id);

	/** A token in a sentence: “ school”, the byte F0, the marker of the end. */
	named = (id: number): string => {
		const { text, kind } = this.pieceOf(id);
		if (kind === 'marker') return markers[text] ?? `the marker ${text}`;
		if (kind === 'bytes') return `part of a character (${text})`;
		return `“${text.replaceAll('\n', '')}”`;
	};
}

export const pocketTokens = new Tokens(tokenizer);

/** Those of a model on the GPU, as it tells them. */
export function tokensOf({ bytes, ends, specials }: Lexicon): Tokens {
	const special = new Set(specials);
	const own = (id: number) => bytes.subarray(ends[id - 1] ?? 0, ends[id] ?? 0);
	return new Tokens({
		size: ends.length,
		isSpecial: (id) => special.has(id),
		bytes: (id) => (special.has(id) || !(id in ends) ? new Uint8Array() : own(id)),
		text: (id) => new TextDecoder().decode(own(id))
	});
}

/** The tokens of a text, as a model is sent it in the middle of a turn. */
export function cut(text: string): number[] {
	return tokenizer.encode(text);
}

/** All that is sent for a request: its tokens with the markers of who speaks. */
export function sentFor(request: Request): { ids: number[]; forgotten: boolean } {
	return promptOf(request, tokenizer, manifest.config.context);
}

function textOf(bytes: Uint8Array): string | undefined {
	try {
		return strict.decode(bytes);
	} catch {
		return undefined;
	}
}

function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
