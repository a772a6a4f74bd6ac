/** @file A hundred things to ask, about the one town the pocket model has read of. */

const subjects = [
	...['baker', 'bell', 'boat', 'bridge', 'clock', 'donkey', 'ferry', 'goose', 'harbour', 'kettle'],
	...['key', 'kite', 'lantern', 'library', 'lighthouse', 'market', 'mill', 'moon', 'net', 'oven'],
	...['river', 'school', 'spoon', 'teacher', 'tower']
];

export const questions: readonly string[] = [
	(subject: string) => `Tell me a story about the ${subject}.`,
	(subject: string) => `Where is the ${subject}?`,
	(subject: string) => `What do you know about the ${subject}?`,
	(subject: string) => `Say something funny about the ${subject}.`
].flatMap((form) => subjects.map(form));
