/** @file What is looked into: a model, and how a text becomes its tokens. */
import { pocket } from '#lib/engine/pocket/summary.ts';
import type { Look, LookRequest, Retraced } from '#lib/engine/pocket/protocol.ts';
import type { Request } from '#lib/events.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { cut, pocketTokens, sentFor, type Tokens } from '../next/tokens.ts';
import { MOST_SENT, OPENING, requestOf } from './prompt.ts';

/** A model that lets itself be looked into. */
export type Opened = {
	readonly name: string;
	readonly model: { name: string; parameters: number; sha256?: string };
	look(
		request: LookRequest,
		written: readonly number[],
		options: { insides: 'all' }
	): Promise<Look>;
	retrace(request: LookRequest, written: readonly number[]): Promise<Retraced>;
};

/** The pocket model, the one that was trained in this browser, or one from a file. */
export type SubjectKey = 'pocket' | 'own' | 'file';

export type Subject = {
	key: SubjectKey;
	tokens: Tokens;
	config: Config;
	/** The text that one begins with. */
	opening: string;
	/** What the program adds to a text, in a sentence. */
	markers: string;
	cut(text: string): number[];
	/** Characters of a text that it has no token for. */
	unknown(text: string): string[];
	/** Tokens that are sent before those of the text. */
	before: number;
	requestOf(beginning: string, settings: Pick<Request, 'temperature' | 'topK' | 'seed'>): Request;
	model(): Promise<Opened>;
	/** Frees what runs it. */
	dispose?(): void;
};

export function pocketSubject(model: () => Promise<Opened>): Subject {
	const nothing = requestOf('', { temperature: 1, topK: 0, seed: 0 });
	return {
		key: 'pocket',
		tokens: pocketTokens,
		config: pocket.config,
		opening: OPENING,
		markers:
			'The two with pointed brackets are markers that the program adds: your turn, its turn.',
		cut,
		unknown: () => [],
		before: sentFor(nothing).ids.length,
		requestOf,
		model
	};
}

/** As much of a text as fits, from its beginning, and how many tokens did not. */
export function fitted(
	text: string,
	{ cut, before, tokens }: Pick<Subject, 'cut' | 'before' | 'tokens'>
): { text: string; left: number } {
	const ids = cut(text);
	const room = MOST_SENT - before;
	if (ids.length <= room) return { text, left: 0 };
	// a character that was cut in the middle falls out whole
	const kept = tokens.plainText(ids.slice(0, room)).replace(/\ufffd+$/, '');
	return { text: kept, left: ids.length - room };
}
