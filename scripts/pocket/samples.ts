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
		prompt: 'Who is the baker?',
		seed: 5,
		note: 'True in its own world, and it has read nothing else.'
	},
	{
		verdict: 'good',
		prompt: 'Are you learning from me?',
		seed: 4,
		note: 'Right, and to the point.'
	},
	{
		verdict: 'good',
		prompt: 'Why does output cost more?',
		seed: 9,
		note: 'Right, with a picture from the bakery.'
	},
	{
		verdict: 'bad',
		prompt: 'Hello, I am Ravi.',
		seed: 49,
		note: 'It was told a name and says another. It does this more often than not.'
	},
	{
		verdict: 'bad',
		prompt: 'Why do you use pieces of words at all?',
		seed: 22,
		note: 'Every sentence is true; it is the answer to another question.'
	},
	{
		verdict: 'bad',
		prompt: 'Who won the football match?',
		seed: 11,
		note: 'It has never read of football, and goes on all the same.'
	}
];
