import type { Request } from '#lib/events.ts';

/** The beginning of a sentence that the exhibit opens with, and the seed that draws its end. */
export const OPENING = 'One morning the';
export const SEED = 25555;

/** After so many tokens of its own the model is stopped. */
export const MOST_TOKENS = 100;

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
		maxTokens: MOST_TOKENS
	};
}
