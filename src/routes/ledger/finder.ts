/** @file Which rows of the ledger are shown, and in which order: what the reader asked for, in the fragment of the address. */
import { readFragment, writeFragment } from '#lib/exhibits/fragment.ts';
import { topics, type Topic } from '#lib/ledger/entry.ts';
import { kindList, kindNames, levels } from './names.ts';
import type { Row } from './row.ts';

export const orders = {
	topic: 'by topic',
	newest: 'newest first',
	oldest: 'oldest first',
	surest: 'surest first',
	words: 'A to Z'
} as const;
export const ages = {
	any: 'of any age',
	fresh: 'still fresh',
	old: 'older than they should be'
} as const;

export type Wanted = {
	words: string;
	topic: string;
	kind: string;
	sure: string;
	age: keyof typeof ages;
	order: keyof typeof orders;
};

export const all: Wanted = { words: '', topic: '', kind: '', sure: '', age: 'any', order: 'topic' };

const LONGEST = 100; // characters of a search
const allowed: Record<Exclude<keyof Wanted, 'words'>, readonly string[]> = {
	topic: Object.keys(topics),
	kind: kindList,
	sure: levels,
	age: Object.keys(ages),
	order: Object.keys(orders)
};

/** What a fragment asks for. Whatever it holds that is unknown is as if it were not there. */
export function wantedIn(hash: string): Wanted {
	const values = readFragment(hash, 'find');
	const wanted: Record<string, string> = { ...all };
	wanted.words = (values.get('words') ?? '').slice(0, LONGEST);
	for (const [key, words] of Object.entries(allowed)) {
		const value = values.get(key);
		if (value !== undefined && words.includes(value)) wanted[key] = value;
	}
	return wanted as Wanted;
}

/** The fragment with it; what is as it is without being asked stays out. */
export function withWanted(hash: string, wanted: Wanted): string {
	const told = Object.entries(wanted).map(
		([key, value]) => [key, value === all[key as keyof Wanted] ? undefined : value] as const
	);
	return writeFragment(hash, 'find', told);
}

/** What a row is searched in. Made once a row: a search reads thousands of them. */
export function haystack({ id, statement, publisher, title, kind, topic, amount }: Row): string {
	return [id, statement, publisher, title, kindNames[kind], topics[topic], amount]
		.join(' ')
		.toLowerCase();
}

/** Ids of the rows that are wanted. */
export function matching(
	rows: readonly Row[],
	hay: ReadonlyMap<string, string>,
	wanted: Wanted
): Set<string> {
	const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
	const found = new Set<string>();
	for (const row of rows) {
		if (wanted.topic && row.topic !== wanted.topic) continue;
		if (wanted.kind && row.kind !== wanted.kind) continue;
		if (wanted.sure && row.confidence !== wanted.sure) continue;
		if (wanted.age !== 'any' && !!row.old !== (wanted.age === 'old')) continue;
		const text = hay.get(row.id) ?? '';
		if (words.every((word) => text.includes(word))) found.add(row.id);
	}
	return found;
}

/** How many rows of each topic are shown. */
export function countsByTopic(rows: readonly Row[], shown: ReadonlySet<string>) {
	const counts = new Map<string, number>();
	for (const { id, topic } of rows) {
		if (shown.has(id)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
	}
	return counts;
}

/** A row, or the heading of the rows below it. */
export type Line = { key: string; row: Row } | { key: string; topic: Topic };

/** All rows in an order; by topic, each topic begins with its heading. */
export function lines(rows: readonly Row[], order: Wanted['order']): Line[] {
	const line = (row: Row): Line => ({ key: row.id, row });
	if (order === 'topic') {
		return (Object.keys(topics) as Topic[]).flatMap((topic) => {
			const own = rows.filter((row) => row.topic === topic);
			return own.length ? [{ key: `topic ${topic}`, topic }, ...own.map(line)] : [];
		});
	}
	// What has no date is neither new nor old: last in both.
	const day = ({ asOf }: Row, none: string) => (asOf === 'undated' ? none : asOf);
	const by: Record<typeof order, (a: Row, b: Row) => number> = {
		newest: (a, b) => compare(day(b, '0'), day(a, '0')),
		oldest: (a, b) => compare(day(a, '9'), day(b, '9')),
		surest: (a, b) => levels.indexOf(a.confidence) - levels.indexOf(b.confidence),
		words: (a, b) => a.statement.localeCompare(b.statement, 'en')
	};
	return [...rows].sort(by[order]).map(line);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
