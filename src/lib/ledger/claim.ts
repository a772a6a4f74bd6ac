/** What one of the five articles claims, in our words, and what became of it. */
export type Claim = {
	/** `S0-01` to `S4-54`: the digit after `S` is the article. It never changes. */
	id: string;
	/** The claim, paraphrased; its numbers are the article's. */
	claim: string;
	verdict: Verdict;
	/** Ids of topics, one at least. */
	topics: string[];
	/** What speaks for it and against it. */
	evidence: Said;
	/** How we would put it. */
	say: Said;
	/** Ids of every entry of the ledger it rests on, those in the texts first. */
	figures: string[];
	/** Addresses of the lessons that answer it, one at least. */
	lessons: string[];
};

/** A text whose numbers are entries of the ledger: `words` is what stands there, `id` the entry. */
export type Said = (string | { id: string; words: string })[];

export type Verdict = keyof typeof verdicts;

/** From what holds to what does not. */
export const verdicts = {
	supported: 'the evidence agrees',
	roughly: 'the right idea, wrong in scope, number or wording; pictures and advice are here too',
	outdated: 'it was right once',
	unsupported: 'we found no source that says so',
	wrong: 'the evidence says otherwise'
} as const;

/** A text with its numbers, for where nothing can be pressed. */
export function plainly(said: Said): string {
	return said.map((part) => (typeof part === 'string' ? part : part.words)).join('');
}
