/**
 * @file The five articles whose claims the lessons check. They are named as far as our copies give
 * title, author and date, and no address is guessed.
 */

export type Article = {
	letter: 'A' | 'B' | 'C' | 'D' | 'E';
	/** The title it bears; absent where the copy has none. */
	title?: string;
	/** What it is, where there is no title. */
	about?: string;
	/** Author, publisher and date as far as known. */
	by?: string;
};

/** In the order of claim ids: `S0` is article A. */
export const articles: readonly Article[] = [
	{
		letter: 'A',
		title: 'Model training vs inference',
		by: 'Mark Ziler, Say What?, updated 5 April 2026'
	},
	{
		letter: 'B',
		title: 'What is training vs. inference?',
		by: '1 June 2026'
	},
	{
		letter: 'C',
		about: 'an explainer of inference'
	},
	{
		letter: 'D',
		title: 'Training vs inference: what AI actually does when you use it'
	},
	{
		letter: 'E',
		about: 'a comparison of the cost of training and of inference'
	}
];

/** The article a claim comes from. Throws on what is no claim id. */
export function articleOf(claim: string): Article {
	const number = /^S([0-4])-\d\d$/.exec(claim)?.[1];
	if (number === undefined) throw new Error(`${claim} is no claim of the five articles`);
	return articles[Number(number)];
}
