/** @file What the model had in mind for one token, and which of it was drawn. */
import type { Token } from '#lib/events.ts';

export type Candidate = {
	text: string;
	/** A mark, such as the end: it has no text of its own. */
	special: boolean;
	/** Part of 1, of the full softmax at temperature 1, before top-k. */
	share: number;
	drawn: boolean;
};

export type Candidates = {
	/** The likeliest first; the drawn one is always among them. */
	rows: Candidate[];
	/** What is left for all other tokens. */
	others: number;
	/** Place of the drawn token among the likeliest, from 1; nothing where it lies behind them. */
	rank?: number;
};

/** @returns nothing where the run did not keep the candidates */
export function candidatesOf(token: Token): Candidates | undefined {
	const { alternatives } = token;
	if (!alternatives?.length) return undefined;

	const drawn = alternatives.findIndex((one) =>
		token.id === undefined || one.id === undefined ? one.text === token.text : one.id === token.id
	);
	const rows = alternatives.map((one, index) => ({
		text: one.text,
		special: isMark(one.text) && !(index === drawn && !token.special),
		share: shareOf(one.logprob),
		drawn: index === drawn
	}));
	if (drawn < 0 && token.logprob !== undefined) {
		rows.push({
			text: token.text,
			special: token.special === true,
			share: shareOf(token.logprob),
			drawn: true
		});
	}
	const others = Math.max(0, 1 - rows.reduce((sum, { share }) => sum + share, 0));
	return { rows, others, ...(drawn < 0 ? {} : { rank: drawn + 1 }) };
}

/** The first token for which another would have been likelier, and was not drawn: the one worth a look. */
export function surprise(tokens: readonly Token[]): number {
	const index = tokens.findIndex((token) => {
		const found = candidatesOf(token);
		return found && found.rank !== 1;
	});
	return Math.max(index, 0);
}

/** "41.3 %": four digits at most, and never a rounded 0 or 100. */
export function shareInWords(share: number): string {
	const percent = share * 100;
	if (share > 0 && percent < 0.01) return '< 0.01 %';
	if (percent > 99.99 && share < 1) return '> 99.99 %';
	return `${percent.toFixed(2)} %`;
}

/** "the likeliest", "the second likeliest". */
export function rankInWords(rank: number | undefined, among: number): string {
	if (rank === undefined) return `not among the ${among} likeliest`;
	const ordinal = ['', 'second ', 'third ', 'fourth ', 'fifth '][rank - 1] ?? `${rank}th `;
	return `the ${ordinal}likeliest`;
}

function shareOf(logprob: number): number {
	return Math.min(1, Math.exp(logprob));
}

/** As vocabularies write what is no text: `<end>`, `<|im_end|>`. */
function isMark(text: string): boolean {
	return /^<\|?\w+\|?>$/.test(text);
}
