/** @file Of what a prompt is made, token by token, as web-llm cuts it and as the GPU holds it. */
import type { Pipeline } from './seam.ts';

/** Tokens of a prompt in the order in which they lie, the signs of who speaks included. */
export type Layout = {
	/** Before the first message: what its makers have every conversation with it begin with. */
	head: number;
	/** Of each message, the question that is asked now last. */
	messages: readonly number[];
	/** What opens the answer. */
	open: number;
};

/** What the GPU holds of a conversation. */
export type Held = {
	/** Those of the prompt, and those drawn since: the last of them may not have been read yet. */
	ids: number[];
	promptTokens: number;
	layout: Layout | undefined;
};

/** What is still to be read of a prompt. */
export type Part = {
	ids: readonly number[];
	/** How many tokens each text gave that it was cut from. */
	pieces: readonly number[];
	/** Messages of the conversation, the one included that is to be written. */
	messages: number;
};

/** Has a prompt be cut. @returns also how many tokens each of its texts gave */
export async function inPieces<T>(
	tokenizer: Pipeline['tokenizer'],
	cut: () => Promise<T>
): Promise<{ data: T; pieces: number[] }> {
	const pieces: number[] = [];
	const listened: Partial<typeof tokenizer> & typeof tokenizer = tokenizer;
	const { encode } = tokenizer;
	listened.encode = (text) => {
		const ids = encode.call(tokenizer, text);
		pieces.push(ids.length);
		return ids;
	};
	try {
		return { data: await cut(), pieces };
	} finally {
		Reflect.deleteProperty(tokenizer, 'encode');
	}
}

/**
 * All tokens of a prompt, with those that are not read again.
 *
 * @param cached how many of them the GPU holds
 * @returns nothing where it holds others than it was seen to read
 */
export function wholeOf(
	{ ids }: Part,
	cached: number,
	held: Held | undefined
): number[] | undefined {
	if (!cached) return [...ids];
	if (!held || held.ids.length < cached) return undefined;
	return [...held.ids.slice(0, cached), ...ids];
}

/** @returns nothing where web-llm cut it in another way than it is known to */
export function layoutOf(part: Part, cached: number, held: Held | undefined): Layout | undefined {
	const layout = cached ? goneOn(part, cached, held) : begun(part);
	if (!layout) return undefined;
	const { head, messages, open } = layout;
	const all = messages.reduce((sum, tokens) => sum + tokens, head + open);
	return all === cached + part.ids.length ? layout : undefined;
}

/** The text for the system is a piece of its own, then comes every message, then what opens the answer. */
function begun({ ids, pieces, messages }: Part): Layout | undefined {
	const before = pieces.length - messages;
	if (before < 0 || before > 1) return undefined;
	const rest = pieces.slice(before);
	const open = rest.pop() ?? 0;
	return { head: ids.length - rest.reduce((sum, n) => sum + n, open), messages: rest, open };
}

/** The answer lies on the GPU as it was written, and after it come the new question and what opens the next answer. */
function goneOn({ pieces }: Part, cached: number, held: Held | undefined): Layout | undefined {
	if (!held?.layout) return undefined;
	const { head, messages, open } = held.layout;
	const answer = open + cached - held.promptTokens;
	return { head, messages: [...messages, answer, pieces[0]], open: pieces[1] };
}
