/**
 * @file How fast one reader alone can be written for. Every token fetches all the weights in use from memory once, so memory
 * sets the limit long before arithmetic does.
 *
 * Source: ledger `decode-speed-limit`. A limit, not a speed: real programs reach 50 to 90 percent of it. Serving many readers at
 * once fetches the weights once for all of them.
 */
import { divisor, quantity } from './quantity.ts';

/**
 * Bytes fetched for one token: active parameters × bits / 8, and the cache of what was read so far.
 * @param bits per parameter, 16 as trained, 4 where it was squeezed; @param cache bytes, grows with the text
 * @throws RangeError for anything but finite numbers
 */
export function bytesPerToken(activeParameters: number, bits: number, cache = 0): number {
	const weights = (divisor(activeParameters, 'parameters') * divisor(bits, 'bits')) / 8;
	return weights + quantity(cache, 'cache');
}

/**
 * Tokens a second at most, for one reader.
 * @param bandwidth bytes a second that memory gives
 * @throws RangeError for anything but finite numbers
 */
export function decodeLimit(bandwidth: number, bytes: number): number {
	return quantity(bandwidth, 'bandwidth') / divisor(bytes, 'bytes per token');
}

/**
 * Which share of a chip's arithmetic is at work: operations a second over the peak.
 * @param operations for one token; @param speed tokens a second, of all readers together; @param peak operations a second
 * @throws RangeError for anything but finite numbers
 */
export function peakShare(operations: number, speed: number, peak: number): number {
	return (quantity(operations, 'operations') * quantity(speed, 'speed')) / divisor(peak, 'peak');
}
