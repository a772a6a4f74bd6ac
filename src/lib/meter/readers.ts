import type { Range } from './crossing.ts';

/**
 * How many readers, each computing `speed` tokens a second without a pause, reach the crossing within `seconds`.
 * Infinite where nothing is computed.
 */
export function readersToCross(crossing: Range, speed: number, seconds: number): Range {
	const each = speed * seconds;
	if (!(each > 0)) return { low: Infinity, high: Infinity };
	return { low: crossing.low / each, high: crossing.high / each };
}
