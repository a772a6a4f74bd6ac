import type { Request } from '#lib/events.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';

type Turn = { speaker: '<you>' | '<reply>'; text: string };

/**
 * A conversation as the pocket model was taught to read it:
 *
 *     <you> question <reply> answer <end> <you> question <reply>
 *
 * without the spaces, and with the markers as tokens of their own, which no text can contain: a
 * reader who types `<end>` gets the signs. What the system says is text at the head of the first
 * `<you>`. White space around what a user says is dropped; with nothing left, the model just starts.
 * An answer at the very end is left open, for the model to go on with.
 *
 * @param context tokens that the model's window holds
 * @returns `forgotten` when the conversation did not fit, and its oldest part fell out: at least
 * half of the window, or room for `maxTokens`, is left for the answer
 */
export function promptOf(
	{ messages, maxTokens }: Pick<Request, 'messages' | 'maxTokens'>,
	tokenizer: Tokenizer,
	context: number
): { ids: number[]; forgotten: boolean } {
	const limit = context - Math.min(maxTokens, Math.floor(context / 2));
	const turns = turnsOf(messages);
	const recent = latest(turns, limit * longestToken(tokenizer));

	let ids: number[] = [];
	recent.turns.forEach(({ speaker, text }, i) => {
		ids.push(tokenizer.special(speaker));
		for (const id of tokenizer.encode(text)) ids.push(id);
		if (speaker === '<reply>' && i < recent.turns.length - 1) ids.push(tokenizer.special('<end>'));
	});

	const surplus = ids.length - limit;
	if (surplus > 0) {
		let start = surplus + 1; // one more, as the marker of whoever speaks there comes before it
		while (isMiddle(tokenizer.bytes(ids[start]))) start++; // of a character
		if (ids[start] === tokenizer.special('<end>')) start++;
		let marker = start;
		while (!tokenizer.isSpecial(ids[marker])) marker--;
		ids = marker === start ? ids.slice(start) : [ids[marker], ...ids.slice(start)];
	}
	return { ids, forgotten: recent.cut || surplus > 0 };
}

/** Turns about: neighbours of the same speaker are joined, `<you>` begins, `<reply>` ends. */
function turnsOf(messages: Request['messages']): Turn[] {
	const turns: Turn[] = [{ speaker: '<you>', text: '' }];
	const system: string[] = [];

	for (const { role, content } of messages) {
		if (role === 'system') {
			system.push(content);
			continue;
		}
		const speaker = role === 'assistant' ? '<reply>' : '<you>';
		const last = turns[turns.length - 1];
		if (last.speaker !== speaker) turns.push({ speaker, text: content });
		else last.text = last.text ? `${last.text}\n${content}` : content;
	}

	if (system.length) turns[0].text = `${system.join('\n')}\n${turns[0].text}`;
	for (const turn of turns) if (turn.speaker === '<you>') turn.text = turn.text.trim();
	if (turns[turns.length - 1].speaker === '<you>') turns.push({ speaker: '<reply>', text: '' });
	return turns;
}

/**
 * The last so many characters: enough to fill the window whatever they are, and all that is ever
 * tokenised, so that a prompt of a megabyte takes no longer than one of a page. It may begin with half
 * of a surrogate pair: that falls out again when tokens are counted.
 */
function latest(turns: Turn[], characters: number): { turns: Turn[]; cut: boolean } {
	const kept: Turn[] = [];
	let left = characters;
	let cut = false;
	for (let i = turns.length - 1; i >= 0 && !cut; i--) {
		const { speaker, text } = turns[i];
		cut = text.length > left;
		kept.push({ speaker, text: cut ? text.slice(text.length - left) : text });
		left -= text.length;
	}
	return { turns: kept.reverse(), cut };
}

/** Whether UTF-8 bytes go on with a character that began before them. */
function isMiddle([first]: Uint8Array): boolean {
	return (first & 0xc0) === 0x80;
}

const longest = new WeakMap<Tokenizer, number>();

/** Bytes of the longest token, and no token is longer than that in characters. */
function longestToken(tokenizer: Tokenizer): number {
	let bytes = longest.get(tokenizer);
	if (!bytes) {
		bytes = 1;
		for (let id = 0; id < tokenizer.size; id++) {
			bytes = Math.max(bytes, tokenizer.bytes(id).length);
		}
		longest.set(tokenizer, bytes);
	}
	return bytes;
}
