import { StreamDecoder, type Tokenizer } from '#lib/tiny/tokenizer.ts';

/** The texts of tokens as the model reads them; empty while a character is incomplete. */
export function textsOf(
	ids: readonly number[],
	tokenizer: Pick<Tokenizer, 'bytes' | 'isSpecial' | 'text'>
): string[] {
	const decoder = new StreamDecoder(tokenizer);
	return ids.map((id) =>
		tokenizer.isSpecial(id) ? decoder.flush() + tokenizer.text(id) : decoder.push(id)
	);
}
