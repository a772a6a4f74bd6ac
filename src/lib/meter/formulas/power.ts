/** @file Electricity from power: the definition of a watt. */
import type { Range } from '../crossing.ts';
import { exactly, product, quantity, span } from './quantity.ts';

/**
 * Watt-hours of something that draws `watts` for so many seconds.
 * @throws RangeError for anything but finite numbers not below 0
 */
export function wattHours(seconds: number, watts: Range): Range {
	return product(exactly(quantity(seconds, 'seconds') / 3600), span(watts, 'watts'));
}
