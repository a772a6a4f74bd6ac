/**
 * @file What the pocket model's tokens look like. Brings the tokenizer with it, so it is for the
 * exhibit's own code, which is fetched when somebody touches it.
 */
import { promptOf } from '#lib/engine/pocket/chat.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import json from '#lib/engine/pocket/tokenizer.json';
import type { Request } from '#lib/events.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
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

/** One token by itself. */
export function pieceOf(id: number): Piece {
	if (tokenizer.isSpecial(id)) return { id, text: tokenizer.text(id), kind: 'marker' };
	const bytes = tokenizer.bytes(id);
	const text = textOf(bytes);
	return text === undefined
		? { id, text: hex(bytes), kind: 'bytes' }
		: { id, text: visible(text), kind: 'text' };
}

/** Tokens in a row: where several make one character, the last of them says which. */
export function piecesOf(ids: Iterable<number>): Piece[] {
	const pieces: Piece[] = [];
	let open: number[] = []; // bytes of a character that is not complete

	for (const id of ids) {
		const piece = pieceOf(id);
		pieces.push(piece);
		if (piece.kind !== 'bytes') {
			open = [];
			continue;
		}
		open.push(...tokenizer.bytes(id));
		const whole = textOf(Uint8Array.from(open));
		if (whole === undefined) continue;
		piece.whole = visible(whole);
		open = [];
	}
	return pieces;
}

/** The tokens of a text, as a model is sent it in the middle of a turn. */
export function cut(text: string): number[] {
	return tokenizer.encode(text);
}

/** All that is sent for a request: its tokens with the markers of who speaks. */
export function sentFor(request: Request): { ids: number[]; forgotten: boolean } {
	return promptOf(request, tokenizer, manifest.config.context);
}

/** Text of tokens, for a token event; a marker has none. */
export function plainText(ids: Iterable<number>): string {
	return tokenizer.decode(ids);
}

export const isMarker = (id: number) => tokenizer.isSpecial(id);

/** A token in a sentence: “ school”, the byte F0, the marker of the end. */
export function named(id: number): string {
	const { text, kind } = pieceOf(id);
	if (kind === 'marker') return markers[text] ?? `the marker ${text}`;
	if (kind === 'bytes') return `part of a character (${text})`;
	return `“${text.replaceAll('\n', '')}”`;
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
