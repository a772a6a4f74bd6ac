/** @file Prompts to pick from: things the pocket model has read about, and one it has not. */
export const prompts: readonly string[] = [
	'What is a token?',
	'Tell me a story about the baker.',
	'Why does training cost so much?',
	'Who won the football match?'
];
