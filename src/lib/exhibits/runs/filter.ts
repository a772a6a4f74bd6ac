/** @file Which runs are shown: what the reader asked for. Whatever is asked that is unknown is as if it were not asked. */
import type { TrainingRun } from '#lib/ledger/card.ts';
import { makersOf } from '#lib/ledger/run.ts';
import { axes, type Axis } from './axes.ts';

export type Wanted = {
	/** Words that the name or the maker holds. */
	q: string;
	maker: string;
	/** First and last year, as `2019`. */
	from: string;
	to: string;
	size: string;
	sure: string;
	/** Which number must be known. */
	known: string;
};

export const everything: Wanted = {
	q: '',
	maker: '',
	from: '',
	to: '',
	size: '',
	sure: '',
	known: ''
};

export const LONGEST = 60; // characters of a search

/** Houses that publish under several names. All others are called as their runs call them. */
const houses: Record<string, readonly string[]> = {
	Google: ['Google', 'Google Research', 'Google Brain', 'DeepMind', 'Google DeepMind'],
	Meta: ['Meta', 'Meta AI', 'Facebook'],
	Microsoft: ['Microsoft', 'Microsoft Research']
};

/** The houses a run comes from. */
export function housesOf(run: TrainingRun): string[] {
	const named = makersOf(run).map(
		(maker) => Object.keys(houses).find((house) => houses[house].includes(maker)) ?? maker
	);
	return [...new Set(named)];
}

/** All houses, those with the most runs first, then by the alphabet. */
export function makersIn(runs: readonly TrainingRun[]): { maker: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const maker of runs.flatMap(housesOf)) counts.set(maker, (counts.get(maker) ?? 0) + 1);
	return [...counts]
		.map(([maker, count]) => ({ maker, count }))
		.sort((a, b) => b.count - a.count || a.maker.localeCompare(b.maker, 'en'));
}

export function yearsIn(runs: readonly TrainingRun[]): string[] {
	return [...new Set(runs.map(({ date }) => date.slice(0, 4)))].sort();
}

export const sizes = {
	small: { name: 'under 1 billion', fits: (n: number) => n < 1e9 },
	middle: { name: '1 to 10 billion', fits: (n: number) => n >= 1e9 && n < 1e10 },
	large: { name: '10 to 100 billion', fits: (n: number) => n >= 1e10 && n < 1e11 },
	huge: { name: '100 billion and more', fits: (n: number) => n >= 1e11 },
	secret: { name: 'not published', fits: (n: number) => Number.isNaN(n) }
} as const;

export const levels = ['high', 'medium', 'low'] as const;

/** What a fragment asks for. */
export function wantedIn(
	values: ReadonlyMap<string, string>,
	runs: readonly TrainingRun[]
): Wanted {
	const one = (key: keyof Wanted, allowed: readonly string[]) => {
		const value = values.get(key) ?? '';
		return allowed.includes(value) ? value : '';
	};
	const years = yearsIn(runs);
	return {
		q: (values.get('q') ?? '').slice(0, LONGEST).trim(),
		maker: one(
			'maker',
			makersIn(runs).map(({ maker }) => maker)
		),
		from: one('from', years),
		to: one('to', years),
		size: one('size', Object.keys(sizes)),
		sure: one('sure', levels),
		known: one(
			'known',
			axes.map(({ key }) => key)
		)
	};
}

/** Whether anything is asked for at all. */
export function asked(wanted: Wanted): boolean {
	return Object.values(wanted).some((value) => value !== '');
}

/** A test of one run. Made once a question: it is put to every run. */
export function fitting(wanted: Wanted): (run: TrainingRun) => boolean {
	const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
	const size = Object.hasOwn(sizes, wanted.size) ? sizes[wanted.size as keyof typeof sizes] : null;
	const known: Axis | undefined = axes.find(({ key }) => key === wanted.known);
	return (run) => {
		const year = run.date.slice(0, 4);
		return (
			(!wanted.from || year >= wanted.from) &&
			(!wanted.to || year <= wanted.to) &&
			(!wanted.sure || run.confidence === wanted.sure) &&
			(!size || size.fits(run.params ?? NaN)) &&
			(!known || known.ends(run) !== undefined) &&
			(!wanted.maker || housesOf(run).includes(wanted.maker)) &&
			(!words.length ||
				words.every((word) => `${run.model} ${run.org}`.toLowerCase().includes(word)))
		);
	};
}
