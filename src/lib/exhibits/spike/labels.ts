/** @file Short words on the marks themselves. */
import type { Basis } from '#lib/meter/basis.ts';
import { amount, barAmount, ofBar } from './captions.ts';
import { ticks } from '../scale.ts';
import type { Scene } from './scene.ts';
import { count, countOrMany, dollarsAbout, duration, tickLabel } from '../words.ts';

/** Units of an axis of time, each used from so many seconds on. */
const clocks: [number, number, string][] = [
	[730 * 86400, 365.25 * 86400, 'years'],
	[2 * 86400, 86400, 'days'],
	[2 * 3600, 3600, 'h'],
	[100, 60, 'min'],
	[0, 1, 's']
];

/** The ticks of the axis from zero to `top`, labelled: "60 M", "$80 M", "30 min". */
export function axisOf({ key }: Basis, top: number): { label: string; at: number }[] {
	const [, per, unit] = clocks.find(([from]) => top >= from)!;
	const label = (value: number) =>
		key === 'time'
			? `${tickLabel(value)} ${unit}`
			: (key === 'dollars' ? '$' : '') + tickLabel(value);

	return ticks(key === 'time' ? top / per : top).map(({ value, at }) => ({
		label: value === 0 ? '0' : label(value),
		at
	}));
}

/** What is written in the training bar under its name; `long` where there is room for it only on a desk. */
export function barLines(scene: Scene): Line[] {
	const { basis, trainingSeconds } = scene;
	const once = { text: 'paid once' };

	if (basis.key !== 'dollars') {
		if (!trainingSeconds) return [once];
		return [once, { text: `${duration(trainingSeconds)} on one core, then over`, long: true }];
	}
	return [once, { text: 'final run, estimated', long: true }];
}

/** The two ends of a ranged bar, each at its height. */
export function lowAndHigh({ bar }: Basis): { low: string; high: string } {
	const short = (n: number) =>
		dollarsAbout(n, 2).replace(' million', ' M').replace(' billion', ' bn');
	return { low: short(bar.low), high: short(bar.high) };
}

/** Under the bar where there is little room. */
export function shortBar(scene: Scene): string {
	const { basis } = scene;
	if (basis.key === 'work') return countOrMany(basis.bar.high);
	const { bar, atMost } = basis;
	const words = atMost ? `up to ${dollarsAbout(bar.high, 2)}` : barAmount(scene);
	return words
		.replace(/ to \$/, '–')
		.replace(' million', ' M')
		.replace(' billion', ' bn');
}

/** A line on a mark; `long` where there is room for it only on a desk. */
export type Line = { text: string; long?: boolean };

/** In the column of use, or over it where it is low. */
export function columnWords(scene: Scene): { inside: Line[]; over: string } {
	const { basis, stop, share, use, told } = scene;
	const part = ofBar(share);

	if (stop.key === 'crossing') return { inside: [{ text: 'as much again' }], over: part };
	const who = {
		you: 'this answer',
		class: '30 answers',
		company: '10,000 answers',
		everyone: 'one day'
	}[stop.key];
	const much =
		share.low >= 10
			? [{ text: `${count(share.low)} ×` }, { text: 'training' }]
			: [
					...(basis.key === 'work' ? [] : [{ text: amount(scene, use.total), long: true }]),
					{ text: part }
				];
	return { inside: [{ text: told?.who ?? who, long: share.low < 10 }, ...much], over: part };
}
