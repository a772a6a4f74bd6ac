/**
 * @file What readers are told when a training run cannot go on: what happened, what was kept, what helps. Each by itself, so that
 * page and worker carry only what they say.
 */
import { offline } from '../offline.ts';
import { messageOf, Told } from '../told.ts';

export const tooShort = (tokens: number) =>
	new Told(
		`This text is too short to learn from: more than ${tokens} tokens are needed, a long paragraph at least. Paste more of it.`
	);

export const noProgram = () =>
	offline()
		? 'You are offline, and the program that trains has not come yet. When the network is back, press Train again.'
		: 'The program that trains could not be loaded. Check the connection, then press Train again.';

export const noClass = () =>
	'What a class needs could not be loaded. Check the connection, then press Run again.';

export const silent = () => 'The training stopped answering and was ended.';

/** @param cause what the browser says about it, for whoever reports the fault */
export const broke = (cause: string) =>
	`The training stopped with an error (${cause.slice(0, 200)}).`;

export const ended = () => 'The training was ended.';

export const frozen = () => 'This model is frozen: it was trained before, and it learns no more.';

export const unreadable = () =>
	'The kept state of this training could not be read, so it starts from the beginning.';

export const memory = () =>
	'There is not enough memory here for a model of this size. Choose a smaller one, then press Train again.';

/** The sentence for anything that was thrown. */
export function sentenceFor(thrown: unknown): string {
	if (thrown instanceof Told) return thrown.message;
	if (thrown instanceof RangeError) return memory();
	return broke(messageOf(thrown));
}
