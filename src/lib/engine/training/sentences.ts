/** @file What readers are told when a training run cannot go on: what happened, what was kept, what helps. */
import { offline } from '../offline.ts';
import { messageOf, Told } from '../told.ts';

export const tooShort = (tokens: number) =>
	new Told(
		`This text is too short to learn from: more than ${tokens} tokens are needed, a long paragraph at least. Paste more of it.`
	);

export const sentences = {
	noProgram: () =>
		offline()
			? 'You are offline, and the program that trains has not come yet. When the network is back, press Train again.'
			: 'The program that trains could not be loaded. Check the connection, then press Train again.',

	noClass: () =>
		'What a class needs could not be loaded. Check the connection, then press Run again.',

	silent: () => 'The training stopped answering and was ended.',

	/** @param cause what the browser says about it, for whoever reports the fault */
	broke: (cause: string) => `The training stopped with an error (${cause.slice(0, 200)}).`,

	ended: () => 'The training was ended.',

	frozen: () => 'This model is frozen: it was trained before, and it learns no more.',

	unreadable: () =>
		'The kept state of this training could not be read, so it starts from the beginning.',

	memory: () =>
		'There is not enough memory here for a model of this size. Choose a smaller one, then press Train again.'
};

/** The sentence for anything that was thrown. */
export function sentenceFor(thrown: unknown): string {
	if (thrown instanceof Told) return thrown.message;
	if (thrown instanceof RangeError) return sentences.memory();
	return sentences.broke(messageOf(thrown));
}
