import { resolve } from '$app/paths';

export type Way = {
	/** As the reader would say it of themselves. */
	who: string;
	where: string;
	href: string;
	/** One sentence: what is there. */
	what: string;
};

/** The ways into the site, for the front page and for whoever has lost the way. */
export const ways = (): Way[] => [
	{
		who: 'I want to understand it',
		where: 'Lesson 1: two jobs',
		href: resolve('/lessons/two-jobs/'),
		what: 'Guess first, then watch: what a model does while it answers you, and what was done long before.'
	},
	{
		who: 'I want to take it apart',
		where: 'The lab',
		href: resolve('/lab/'),
		what: 'Turn everything: prompt, seed, temperature, pace. See the candidates of every token, keep a run as a file, hand it on.'
	},
	{
		who: 'I have a graphics card',
		where: 'A real model on your GPU',
		href: resolve('/models/'),
		what: 'A larger model in this tab: what would be fetched and from where, whether it fits, and how to be rid of it. Nothing comes before you say so.'
	},
	{
		who: 'I teach',
		where: 'The same, with a plan',
		href: `${resolve('/lessons/two-jobs/')}#teachers`,
		what: 'The note at the end of the lesson has aim, time, likely wrong answers and a question for the class. At the foot of every page is a size for projectors.'
	},
	{
		who: 'I want the numbers',
		where: 'The ledger',
		href: resolve('/ledger/'),
		what: 'Every number with its source, its date, its range and how far it can be trusted.'
	},
	{
		who: 'I want to know this model',
		where: 'The pocket model',
		href: resolve('/model/'),
		what: 'What it read, how it was made, what that cost, and what it gets wrong.'
	},
	{
		who: 'I doubt it',
		where: 'About this site',
		href: resolve('/about/'),
		what: 'How numbers are treated here, what is assumed, and what is kept about you: nothing.'
	}
];
