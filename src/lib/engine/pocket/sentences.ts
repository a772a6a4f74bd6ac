/**
 * @file What readers are told when the pocket model cannot run: what happened, and what helps. The
 * button that starts a run is called `Run…` everywhere, so that a sentence can name it.
 */
import { offline } from '../offline.ts';
import { messageOf, Told } from '../told.ts';

const count = (bytes: number) => bytes.toLocaleString('en');

export const sentences = {
	unreachable: () =>
		offline()
			? 'You are offline, and the pocket model’s file has not come yet. When the network is back, press Run again.'
			: 'The pocket model’s file could not be fetched. Check the connection, then press Run again.',

	missing: (status: number) =>
		`The pocket model’s file is not there: the server answered ${status}. Reload the page, then press Run again.`,

	webPage: () =>
		'The network answered with a web page instead of the pocket model’s file. If it wants you to sign in, do so, then press Run again.',

	notWhole: (bytes: number, total: number) =>
		`The pocket model’s file did not arrive whole: ${count(bytes)} of ${count(total)} bytes. Press Run to fetch it again.`,

	tooLong: (total: number) =>
		`The pocket model’s file is longer than the ${count(total)} bytes that were published, so it is not used. Press Run to fetch it again.`,

	altered: () =>
		'The pocket model’s file did not arrive as it was published (its SHA-256 differs), so it is not used. Press Run to fetch it again.',

	noProgram: () =>
		offline()
			? 'You are offline, and the program that runs the pocket model has not come yet. When the network is back, press Run again.'
			: 'The program that runs the pocket model could not be loaded. Check the connection, then press Run again.',

	full: (tokens: number) =>
		`The pocket model’s window is full: it holds ${tokens} tokens, the question included.`,

	tooMuchToShow: (tokens: number) =>
		`The inside of the model can be shown for a text of at most ${tokens} tokens.`,

	noToken: () => 'The pocket model has no such token.',

	ended: () => 'The pocket model was ended.',

	silent: () =>
		'The pocket model stopped answering and was ended. What it has written stays. Press Run to start it again.',

	/** @param cause what the browser says about it, for whoever reports the fault */
	broke: (cause: string) =>
		`The pocket model stopped with an error (${cause.slice(0, 200)}). What it has written stays. Press Run to start it again.`
};

/** The sentence for anything that was thrown. */
export function sentenceFor(thrown: unknown): string {
	if (thrown instanceof Told) return thrown.message;
	return sentences.broke(messageOf(thrown));
}
