/** @file Prompts to pick from: things the pocket model has read about, and one it has not. */
export const prompts: readonly string[] = [
	'Tell me what a token is.',
	'Are you learning from me?',
	'Why does output cost more?',
	'What does the clock do at night?',
	'Tell me a story about the boat.',
	'Who won the football match?'
];
