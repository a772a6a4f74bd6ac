/**
 * @file Prompts whose answers stand on the model's card, good and bad. The answers are drawn when the
 * model is published; the notes were written after reading them and must be read again when it changes.
 */
export const samples: {
	verdict: 'good' | 'bad';
	prompt: string;
	seed: number;
	note: string;
}[] = [];
