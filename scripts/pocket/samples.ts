/**
 * @file Prompts whose answers stand on the model's card, good and bad. The answers are drawn when the
 * model is published; the notes were written after reading them and must be read again when it changes.
 */
export const samples: {
	verdict: 'good' | 'bad';
	prompt: string;
	seed: number;
	note: string;
}[] = [
	{
		verdict: 'good',
		prompt: 'Tell me what a token is.',
		seed: 1,
		note: 'Right, and it points at what the reader sees.'
	},
	{
		verdict: 'good',
		prompt: 'Hello, I am Ravi.',
		seed: 49,
		note: 'The name comes out of the prompt, not out of the weights. It gets most names right and took a text of its own to learn that.'
	},
	{
		verdict: 'good',
		prompt: 'Are you learning from me?',
		seed: 4,
		note: 'Right, and to the point.'
	},
	{
		verdict: 'bad',
		prompt: 'Who teaches the children?',
		seed: 46,
		note: 'In its own town that is wrong: Miss Fenn teaches them. It says so as smoothly as it says what is right, and then says a thing twice.'
	},
	{
		verdict: 'bad',
		prompt: 'How do you write an answer?',
		seed: 10,
		note: 'Each sentence could stand somewhere. Together they answer nothing.'
	},
	{
		verdict: 'bad',
		prompt: 'Who won the football match?',
		seed: 11,
		note: 'It has never read of football, and goes on all the same.'
	}
];
