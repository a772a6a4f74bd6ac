/** @file What a device took by its own seconds, at watts that nobody measured: an estimate, and called one. */
import watts from 'virtual:ledger/figure/core-watts';
import { name as pocketName } from '#lib/engine/pocket/manifest.json';
import type { Range } from '#lib/meter/crossing.ts';
import { onThisDevice } from '#lib/meter/energy.ts';
import { rangeOf } from '#lib/meter/trained.ts';
import type { RunLine } from '#lib/meter/visit.ts';
import { count, duration, rounded } from '../words.ts';
import type { Row } from './rows.ts';

/** The ledger's assumption, until the reader has another. */
export const assumedWatts: Range = rangeOf(watts);

/** Watts that may be typed. */
export const WATTS: Range = { low: 0.1, high: 1000 };

/** One run of the pocket model. */
export type Timed = { sent: number; came: number; seconds: number; here: boolean };

/** No run of the pocket model takes longer; a stored one that says so was not written here. */
const LONGEST = 3_600_000; // ms

/** The last run of the pocket model in this visit that says how long it took. */
export function lastRun(lines: readonly RunLine[]): Timed | undefined {
	const line = lines.findLast(
		({ model, ms = 0 }) => model === pocketName && ms > 0 && ms <= LONGEST
	);
	return line && { sent: line.sent, came: line.came, seconds: line.ms! / 1000, here: true };
}

export function wattWords({ low, high }: Range): string {
	return low === high ? `${rounded(low)} watts` : `${rounded(low)} to ${rounded(high)} watts`;
}

export function deviceAnswer({ sent, came, seconds, here }: Timed, power: Range): Row {
	return {
		key: 'device',
		name: here ? 'This device, your last run' : 'Pocket model, recorded',
		when: here ? 'now' : '2026',
		energy: onThisDevice(seconds, power),
		said: 'estimated',
		counted: `${duration(seconds)} of one core at ${wattWords(power)}, for ${count(sent)} tokens in and ${count(came)} out; no screen, no network`,
		figure: watts
	};
}

/** @param key of the row; @param seconds for which one core was kept busy */
export function deviceTraining(
	{ key, name, seconds }: { key: string; name: string; seconds: number },
	power: Range
): Row {
	return {
		key,
		name,
		when: '2026',
		energy: onThisDevice(seconds, power),
		said: 'estimated',
		counted: `${duration(seconds)} of one core at ${wattWords(power)}; trial runs left out`,
		figure: watts
	};
}
