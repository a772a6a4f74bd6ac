/**
 * @file What readers are told when a model on their GPU cannot be loaded or stops: what happened, and what helps. The button
 * that starts a run is called `Run…` everywhere, so that sentences can name it.
 */
import { offline } from '../offline.ts';
import { LOAD } from './sentences.ts';

export const telling = {
	noProgram: () =>
		offline()
			? 'You are offline, and the program that runs models on your GPU has not come yet. When the network is back, try again.'
			: 'The program that runs models on your GPU could not be loaded. Check the connection, then try again.',

	silent: () =>
		'The model on your GPU stopped answering and was ended. What it has written stays. Press Run to start it again from the files that are stored here.',

	/** @param cause what the browser says about it, for whoever reports the fault */
	broke: (cause: string) =>
		`The model on your GPU stopped with an error. What it has written stays. Press Run to start it again from the files that are stored here. ${forExperts(cause)}`,

	notLoaded: (cause: string) =>
		`The model could not be started on your GPU. Press “${LOAD}” to try once more, or go on with the pocket model. ${forExperts(cause)}`,

	lost: () =>
		'Your device took the GPU away from this page, as it does when memory is short, when it sleeps or when the graphics driver restarts. What was written stays. Press Run to start again from the files that are stored here.',

	memory: () =>
		'There was not enough memory on your GPU for this model. What was written stays. Close other tabs and programs, or choose a smaller model.',

	givenUp: () =>
		'Your GPU was lost twice within a minute, so this page leaves it alone until you reload it. The pocket model goes on in its place.',

	crashing: () =>
		`The page closed twice while it was starting this model, so it is not started again just now. Choose a smaller model, or wait a minute and press “${LOAD}”.`,

	wrong: () =>
		'This device computes wrongly with this model: its answer to a known question is not what it must be, so nothing it says could be trusted. The pocket model works here. A newer browser or graphics driver may help.',

	otherToken: () =>
		'The program that runs the model drew another token than it was told to, so this run was ended. What was written stays. Press Run to try again.',

	tooLong: () =>
		'The conversation is longer than what this model can hold. Start a new one, or make the question shorter.',

	full: () =>
		'The window is full: this model can hold no longer text. Start over, or begin with less.',

	noToken: () => 'This model has no such token. Start over.',

	alone: () =>
		'The model is writing in another place on this page. Wait until it is done, or stop it there.',

	nothingAsked: () => 'There is no question for the model to answer. Type one, then press Run.',

	noTokenizer: () =>
		'The model’s list of tokens is missing or damaged. Delete this model and download it again.',

	noModel: () =>
		`There is no model on your GPU any more. Go to the page of real models and press “${LOAD}”.`,

	replaced: () => 'Another model was loaded in its place.',

	ended: () => 'The model was taken off your GPU.',

	busy: () => 'A download is going on already. Wait until it is over, or stop it.'
};

/** Last, so that everybody else may stop reading. */
const forExperts = (cause: string) =>
	`(For whoever looks into it: ${cause.replace(/\s+/g, ' ').trim().slice(0, 200)}.)`;

/** What is known of an error by its text, which is all that some parts of web-llm give. */
export type Trouble = 'memory' | 'lost' | 'too-long' | 'other';

/** web-llm throws errors, and strings, and objects that are neither. */
export function textOf(thrown: unknown): string {
	if (typeof thrown === 'string') return thrown;
	if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
	const message = (thrown as { message?: unknown } | null | undefined)?.message;
	return typeof message === 'string' ? message : String(thrown);
}

export function troubleOf(thrown: unknown): Trouble {
	const text = textOf(thrown);
	if (/ContextWindowSizeExceeded|exceed context window/i.test(text)) return 'too-long';
	if (
		/out of memory|out-of-memory|allocation failed|OutOfMemory|cannot allocate|insufficient memory/i.test(
			text
		)
	) {
		return 'memory';
	}
	if (/already been disposed|DeviceLost|device (is|was) lost|lost device/i.test(text))
		return 'lost';
	return 'other';
}
