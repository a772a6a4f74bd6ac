/**
 * @file How a conversation lies in the pocket model's window, message by message. Fetched when a turn is
 * run, not before: it brings the tokenizer with it.
 */
import { promptOf } from '#lib/engine/pocket/chat.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import json from '#lib/engine/pocket/tokenizer.json';
import type { Request } from '#lib/events.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import type { Block } from './turns.ts';

const tokenizer = Tokenizer.fromJSON(json as unknown as TokenizerJson);

/** Longer than any chat that is typed here. */
const NO_LIMIT = 1_000_000; // tokens

/**
 * The blocks of a prompt that alternates between `user` and `assistant` and ends with a question. The
 * marker that opens the answer is counted to the question it belongs to.
 */
export function blocksOf({
	messages,
	maxTokens
}: Pick<Request, 'messages' | 'maxTokens'>): Block[] {
	const lengths = (context: number) => lengthsOf({ messages, maxTokens }, context);
	const full = lengths(NO_LIMIT);
	const kept = lengths(manifest.config.context);
	const gone = full.length - kept.length;

	return full.map((tokens, i) => ({
		turn: Math.floor(i / 2),
		who: i % 2 ? 'reply' : 'you',
		// a message that was cut gets a marker of its own back: it is never longer than it was
		tokens,
		kept: i < gone ? 0 : Math.min(kept[i - gone], tokens)
	}));
}

/** Tokens from one marker of who speaks to the next; the last one, which opens the answer, joins the question. */
function lengthsOf(request: Pick<Request, 'messages' | 'maxTokens'>, context: number): number[] {
	const { ids } = promptOf(request, tokenizer, context);
	const markers = ['<you>', '<reply>'].map((marker) => tokenizer.special(marker));
	const lengths: number[] = [];
	for (const id of ids) {
		if (markers.includes(id)) lengths.push(1);
		else lengths[lengths.length - 1]++;
	}
	const open = lengths.pop() ?? 0;
	lengths[lengths.length - 1] += open;
	return lengths;
}
