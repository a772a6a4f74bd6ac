/** @file The text that is looked into: short, so that every token and every look of it can be drawn. And how the pocket model is asked. */
import type { Request } from '#lib/events.ts';

export const OPENING = 'The moon was in the river. Nilo saw the';
export const SEED = 7;

/** Tokens of a prompt, the two markers included. */
export const MOST_SENT = 24;

/** Tokens that are written after it: with the prompt they make 32, which is one block of the model's. */
export const MOST_WRITTEN = 8;

/** Longer texts are cut before they reach anything else; no 24 tokens are longer. */
export const LONGEST = 300; // characters

/** What is asked of the model: to go on with an answer of its own that begins so. */
export function requestOf(
	beginning: string,
	settings: Pick<Request, 'temperature' | 'topK' | 'seed'>
): Request {
	return {
		messages: [
			{ role: 'user', content: '' },
			{ role: 'assistant', content: beginning }
		],
		...settings,
		maxTokens: MOST_WRITTEN
	};
}
