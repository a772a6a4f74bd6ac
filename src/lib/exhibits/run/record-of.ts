import { version } from '$app/environment';
import type { RunRecord, Token } from '#lib/events.ts';
import { here } from './here.ts';
import type { Shown } from './shown.ts';

/**
 * A run that has settled, as a record: what a saved file holds. Times to a hundredth of a millisecond
 * and log-probabilities to four decimals, which is finer than either means anything.
 *
 * @returns nothing when no token came or the run has not settled
 */
export function recordOf(shown: Shown): RunRecord | undefined {
	const { by, request, tokens, counts, usage, reason } = shown;
	if (!by || !usage || !counts.came) return undefined;
	return {
		schema: 1,
		engine: by.engine,
		model: by.model,
		request,
		tokens: tokens.slice(0, counts.came).map(plain),
		usage: {
			...usage,
			prefillMs: rounded(usage.prefillMs, 2),
			decodeMs: rounded(usage.decodeMs, 2)
		},
		reason: reason ?? 'finished',
		device: by.device ?? here(),
		date: by.date ?? new Date().toISOString(),
		version: by.version ?? version
	};
}

/** The fields of a token and no others: an event carries its type as well. */
function plain({ index, at, text, id, special, logprob, alternatives }: Token): Token {
	return {
		index,
		at: rounded(at, 2),
		text,
		...(id === undefined ? {} : { id }),
		...(special ? { special } : {}),
		...(logprob === undefined ? {} : { logprob: rounded(logprob, 4) }),
		...(alternatives
			? {
					alternatives: alternatives.map((other) => ({
						...other,
						logprob: rounded(other.logprob, 4)
					}))
				}
			: {})
	};
}

function rounded(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
