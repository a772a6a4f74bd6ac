/** @file Which claims are shown. The state stands in the fragment: `#claims.verdict=wrong&claims.q=GPT`. */
import { verdicts } from '#lib/ledger/claim.ts';

export type Filter = { article: string; verdict: string; topic: string; q: string };

export const everything: Filter = { article: '', verdict: '', topic: '', q: '' };

const longest = 80;

/** A filter from the values of a fragment: what is not one of ours is ignored. */
export function readFilter(values: ReadonlyMap<string, string>, topics: readonly string[]): Filter {
	const one = (key: string, known: readonly string[]) => {
		const value = values.get(key) ?? '';
		return known.includes(value) ? value : '';
	};
	return {
		article: one('article', ['A', 'B', 'C', 'D', 'E']),
		verdict: one('verdict', Object.keys(verdicts)),
		topic: one('topic', topics),
		q: (values.get('q') ?? '').slice(0, longest).trim()
	};
}

/** What a filter leaves in the fragment. */
export function written(filter: Filter): [key: string, value: string | undefined][] {
	return Object.entries(filter).map(([key, value]) => [key, value || undefined]);
}

/** Whether a claim is shown: `data` as its row has it, `text` all its words in small letters. */
export function fits(
	{ article, verdict, topic, q }: Filter,
	data: { article?: string; verdict?: string; topics?: string },
	text: string
): boolean {
	return (
		(!article || data.article === article) &&
		(!verdict || data.verdict === verdict) &&
		(!topic || (data.topics ?? '').split(' ').includes(topic)) &&
		q
			.toLowerCase()
			.split(/\s+/)
			.every((word) => text.includes(word))
	);
}
