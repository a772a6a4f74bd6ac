import type { Request } from '#lib/events.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { END } from './reading.ts';

/**
 * A request to a model that was trained here. It knows no conversation: it goes on with a text, so the
 * last message is the beginning of one, after the mark that stands before every document.
 *
 * @param context tokens that the model's window holds
 * @returns `forgotten` when the text did not fit, and its beginning fell out
 */
export function beginningOf(
	{ messages, maxTokens }: Pick<Request, 'messages' | 'maxTokens'>,
	tokenizer: Tokenizer,
	context: number
): { ids: number[]; forgotten: boolean } {
	const limit = context - Math.min(maxTokens, Math.floor(context / 2)) - 1;
	// enough characters to fill the window whatever they are: no more are ever cut into tokens
	const text = (messages.at(-1)?.content ?? '').slice(-8 * limit);
	const ids = tokenizer.encode(text);
	const forgotten = ids.length > limit || text.length < (messages.at(-1)?.content ?? '').length;
	return { ids: [tokenizer.special(END), ...ids.slice(-limit)], forgotten };
}
