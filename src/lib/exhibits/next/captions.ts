/** @file What the exhibit says: its finding, its caption, and the answers to the first two questions. */
import { count, percent } from '../words.ts';
import type { Step } from './loop.svelte.ts';
import { NAMED, partAt, partsOf, type Part, type Ruler } from './ruler.ts';
import type { Tokens } from './tokens.ts';

/** What is on show. */
export type Seen = {
	/** Of the model whose pass it is. */
	tokens: Tokens;
	step: Step | undefined;
	ruler: Ruler | undefined;
	rank: number | undefined;
	bend: { temperature: number; topK: number };
	/** Tokens that the pass read, or would read. */
	read: number;
	/** The last token drawn ends the answer. */
	ended: boolean;
	/** A run is computing. */
	busy: boolean;
};

/** A share as a percentage of two digits; what is neither nothing nor everything is not rounded to it. */
export function share(part: number): string {
	if (part > 0.995 && part < 1) return 'over 99\u00a0%';
	if (part > 0 && part < 0.0001) return 'under 0.01\u00a0%';
	return percent({ low: part, high: part });
}

/** A place on the ruler; a border that is not the end is not written as it. */
export const place = (number: number) =>
	(number < 1 ? Math.floor(number * 1e4) / 1e4 : 1).toFixed(number < 1 ? 4 : 0);

/** What dice show, and the number of a seed to as many digits as a border needs. */
export function drawn({ number, by }: Pick<Step, 'number' | 'by'>): string {
	return number === undefined ? '' : by === 'dice' ? number.toFixed(2) : place(number);
}

/** Two shares, to as many digits as tell them apart. */
function against(more: number, less: number): string {
	const [a, b] =
		share(more) === share(less)
			? [more, less].map((part) => `${(100 * part).toFixed(2)}\u00a0%`)
			: [share(more), share(less)];
	return `${a} of the line against ${b}`;
}

const begin = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** "1,019 others". */
export const othersOf = ({ count: tokens }: Part) =>
	`${count(tokens)} ${tokens === 1 ? 'other' : 'others'}`;

/** The picture in a sentence, for those who do not see it. */
export function finding({ tokens: { named }, step, ruler, rank }: Seen): string {
	if (!step || !ruler) return 'The line from 0 to 1 is empty: no pass has been made yet.';
	const parts = partsOf(ruler)
		.map(
			(part) => `${part.id === undefined ? othersOf(part) : named(part.id)} ${share(part.share)}`
		)
		.join(', ');
	const fell =
		rank === undefined ? 'Nothing drawn yet.' : `Drawn ${drawn(step)}: ${named(ruler.ids[rank])}.`;
	return `Candidates: ${parts}. ${fell}`;
}

export function caption(seen: Seen): { finding: string; rest: string } {
	const { step, ruler, rank, bend, read, ended, busy } = seen;
	const { named } = seen.tokens;
	if (!step || !ruler) {
		return {
			finding: busy ? 'The model is reading.' : 'The line is still empty.',
			rest: busy
				? 'One pass over all of it.'
				: `Press “One token”: the model reads ${read ? `${count(read)} tokens` : 'the text'} in one pass, and the line is shared out among all the tokens it knows.`
		};
	}
	if (rank === undefined) {
		return {
			finding: 'The line waits for a number.',
			rest: 'Throw two ten-sided dice and type what they show: 3 and 7 is 37, and falls at 0.37.'
		};
	}
	const part = partAt(ruler, rank);
	const name = named(part.id!);
	if (ruler.ids.length === 1) {
		return {
			finding: `The whole line belongs to ${name}.`,
			rest: `${bend.temperature === 0 ? 'At temperature 0' : 'With top-k 1'} the likeliest token always wins, wherever the number falls.`
		};
	}
	const first = partAt(ruler, 0);
	const end = ended ? ' It is the sign that the answer is over.' : '';
	if (rank === 0) {
		return {
			finding: `${drawn(step)} fell on ${name}, the likeliest.`,
			rest: `It has ${share(part.share)} of the line, so other numbers would have written something else.${end}`
		};
	}
	const among = rank >= NAMED ? `, one of ${othersOf(partsOf(ruler)[NAMED])}` : '';
	return {
		finding: `${drawn(step)} fell on ${name}${among}.`,
		rest: `${begin(named(first.id!))} was likelier, with ${against(first.share, part.share)}. It was not drawn, and nothing else was weighed.${end}`
	};
}

/** "What is that number?" */
export function whatNumber({ tokens: { named }, ruler, rank, bend }: Seen): string {
	if (!ruler) return 'There is none yet: it comes out of a pass.';
	const part = partAt(ruler, rank ?? 0);
	const bent =
		bend.temperature === 1 && !bend.topK
			? ''
			: ' It is bent by the temperature or cut by the top-k you chose; at 1 and 0 it is the model’s own.';
	return `${share(part.share)} is how likely the model takes ${named(part.id!)} to be the next token, in text like the text it was trained on. ${often(part.share)} It does not say how true the sentence would be, or how good: nothing here has looked.${bent}`;
}

/** How many draws fall on a part, of so many that it is at least one. */
function often(part: number): string {
	const of = [100, 1000, 10_000].find((draws) => part * draws >= 1);
	if (!of) return 'Of ten thousand draws from this line hardly one falls there.';
	const times = Math.round(part * of);
	return `Of ${count(of)} draws from this line about ${count(times)} ${times === 1 ? 'falls' : 'fall'} there.`;
}

/** "Why did it pick that word?" */
export function whyThat(seen: Seen): string {
	const { step, ruler, rank } = seen;
	const { named } = seen.tokens;
	if (!step || !ruler || rank === undefined) return 'Nothing is picked yet: no number is drawn.';
	const { id, from, to } = partAt(ruler, rank);
	const source =
		step.by === 'dice'
			? 'the dice gave'
			: 'the seed gave as its next number (the same seed gives the same numbers)';
	const lies = `Because ${drawn(step)}, which ${source}, lies between ${place(from)} and ${place(to)}, and that is the part of ${named(id!)}.`;
	const first = partAt(ruler, 0);
	const width = rank
		? ` ${begin(named(first.id!))} has a wider part, from 0 to ${place(first.to)}; a number below that would have written it.`
		: ' Its part is the widest, and still another number would have picked another.';
	return ruler.ids.length === 1
		? `Because no other token has a part of the line: it belongs to ${named(id!)} alone.`
		: `${lies}${width} Where the parts lie comes from training. Where the number falls is chance.`;
}

/** How the number of another token is found, of those that share the grey part. */
export const orderNote =
	'From left to right stand the likeliest, the next, and so on through all of them. The grey part holds the rest in the same order, so a number that falls there picks one of them as well.';
