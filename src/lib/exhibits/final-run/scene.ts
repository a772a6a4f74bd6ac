/** @file What stands on the plane, and where its names go. */
import { dollarsAbout } from '../words.ts';
import type { Chip } from './chips.ts';
import { landmarkOf, landmarks, type Side } from './landmarks.ts';
import {
	amountBox,
	around,
	boxOf,
	narrow,
	overlap,
	sidesOf,
	wide,
	WIDE_GAP,
	type Name,
	type Size
} from './names.ts';
import { amountPlace, band, PARAMETERS, placeOf, TOKENS, within, type Place } from './plane.ts';
import { operationsFor, type Run } from './sums.ts';

/** Dollars that have a band: each a thousand times the one before. */
const amounts = [1, 1e3, 1e6, 1e9];

export type Band = { key: string; polygon: string; at: Place | undefined };

export function bandsOf(chip: Chip): Band[] {
	return amounts.map((dollars) => {
		const operations = operationsFor(dollars, chip);
		return {
			key: dollarsAbout(dollars),
			polygon: band(operations),
			at: amountPlace(operations)
		};
	});
}

export type Dot = { key: string; text: string; run: Run; at: Place };

/** The reader's run with ten times of one or of the other, where that is still on the plane. */
export function tenfold(run: Run): Dot[] {
	const more = { ...run, parameters: run.parameters * 10 };
	const longer = { ...run, tokens: run.tokens * 10 };
	return [
		...(within(more.parameters, PARAMETERS)
			? [{ key: 'more', text: '10 × the parameters', run: more, at: placeOf(more) }]
			: []),
		...(within(longer.tokens, TOKENS)
			? [{ key: 'longer', text: '10 × the text', run: longer, at: placeOf(longer) }]
			: [])
	];
}

export const known: readonly Dot[] = landmarks.map((run) => ({
	key: run.key,
	text: run.label ?? run.name,
	run,
	at: placeOf(run)
}));

export const YOURS = 'your run';

/** Who is named where there is not room for all. */
const first = ['llama31', 'gpt3', 'deepseek', 'pocket', 'gpt2', 'llama2', 'mpt', 'smollm2'];

const names: Name[] = landmarks
	.map(({ key, name, label, sides, ...run }) => ({
		key,
		text: label ?? name,
		sides,
		at: placeOf(run)
	}))
	.sort((a, b) => rank(a.key) - rank(b.key));

function rank(key: string): number {
	const at = first.indexOf(key);
	return at < 0 ? first.length : at;
}

/** Amounts stand in the middle of their place. */
const amountSide = 'middle';

const around4: Side[] = ['left', 'below', 'right', 'above'];
const upwards: Side[] = ['above', 'left', 'right'];
const sideways: Side[] = ['below', 'right', 'above'];

const dot = (at: Place, size: Size) => around(at, size, { x: 6, y: 6 });

/** Beside a run on record there are none: there the two bills are what is looked at. */
export function shownTens(run: Run): Dot[] {
	return landmarkOf(run) ? [] : tenfold(run);
}

/** The side of every name at one size: those of the runs on record, of the reader's and of its tenfolds. */
function sidesAt(
	run: Run,
	bands: readonly Band[],
	size: Size
): Map<string, Side | 'middle' | undefined> {
	const written = bands.flatMap(({ key, at }) =>
		at ? [{ key, box: amountBox(key, at, size) }] : []
	);
	const dots = known.map(({ at }) => dot(at, size));
	const theirs = sidesOf(names, [...dots, ...written.map(({ box }) => box)], size);
	const boxes = names.flatMap(({ key, text, at }) => {
		const side = theirs.get(key);
		return side ? [{ key, box: boxOf(text, at, side, size) }] : [];
	});

	const at = placeOf(run);
	const tens = shownTens(run);
	const ours = [around(at, size, { x: 8.5, y: 8.5 }), ...tens.map(({ at }) => dot(at, size))];
	const taken = [...dots, ...ours, ...[...written, ...boxes].map(({ box }) => box)];
	// The reader's dot always has its name: what it would lie on makes room.
	const mine =
		sidesOf([{ key: '', text: YOURS, at, sides: around4, gap: WIDE_GAP }], taken, size).get('') ??
		(at.x < 0.5 ? 'right' : 'left');
	const own = boxOf(YOURS, at, mine, size, WIDE_GAP);
	const more = tens.map(({ key, text, at }): Name => {
		return { key, text, at, sides: key === 'more' ? upwards : sideways };
	});
	const theirTens = sidesOf(more, [...taken, own], size);

	const room = [...boxes, ...written].filter(
		({ box }) => ![...ours, own].some((other) => overlap(other, box))
	);
	const kept = new Set(room.map(({ key }) => key));
	return new Map<string, Side | 'middle' | undefined>([
		...[...theirs].map(([key, side]) => [key, kept.has(key) ? side : undefined] as const),
		...theirTens,
		...written.map(({ key }) => [key, kept.has(key) ? amountSide : undefined] as const),
		['yours', mine]
	]);
}

/** The classes of a name: one for a narrow plane and one for a wide one. */
export function placed(run: Run, bands: readonly Band[]): (key: string) => string {
	const small = sidesAt(run, bands, narrow);
	const large = sidesAt(run, bands, wide);
	return (key) => `n-${small.get(key) ?? 'none'} w-${large.get(key) ?? 'none'}`;
}
