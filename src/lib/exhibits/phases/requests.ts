/**
 * @file The two runs that are timed. Together with their answers they are of one length, so that only
 * the shares differ: much read and little written, or the reverse. Both fit the pocket model's window.
 */
import type { Request } from '#lib/events.ts';

export type Kind = 'reading' | 'writing';

export const kinds: readonly Kind[] = ['reading', 'writing'];

const story =
	'The moon climbed down to the end of the pier at ten o’clock and knocked at the door of Wren. The moon wanted the boat for a silver door. Wren saw the door, called, “That is it!” and traded it for a bag of buttons. The moon gave the boat back a week later, a bit brighter, together with a bag of cherries in it. The day ended with pancakes in the back garden, and the baker’s dog waited for some. In the morning the clock had lost a letter, and Mrs Tamm put it back before school. The baker wrote it all down on a slip too. Who has the boat?';

const ask = (content: string, seed: number, maxTokens: number): Request => ({
	messages: [{ role: 'user', content }],
	temperature: 0.7,
	topK: 0,
	seed,
	maxTokens
});

export const requests: Record<Kind, Request> = {
	reading: ask(story, 1, 20),
	writing: ask('Tell me a long story.', 35, 200)
};

export const names: Record<Kind, string> = {
	reading: 'A long question, a short answer',
	writing: 'A short question, a long answer'
};
