/** @file What a run took, from its own counts and times. */
import type { Shown } from '../run/shown.ts';

export type Phase = {
	tokens: number;
	ms: number;
	/** Tokens a second; nothing where the time is too short to be told. */
	rate?: number;
};

export type Readings = {
	sent: number;
	cached: number;
	came: number;
	/** What the device computed: prompt − cached + output. */
	computed: number;
	/** Milliseconds from `started` to the first token. */
	first?: number;
	/** Tokens a second as they came on screen, at the pace they were watched; from the second token on. */
	watched?: number;
	/** Known once the run has settled. */
	prefill?: Phase;
	decode?: Phase;
};

export function readingsOf({ counts, tokens, usage }: Shown): Readings {
	const { sent, came } = counts;
	const cached = usage?.cachedTokens ?? 0;
	const start = came ? tokens[0].at : undefined;
	const span = start === undefined ? 0 : tokens[came - 1].at - start;
	return {
		sent,
		cached,
		came,
		computed: sent - cached + came,
		...(start === undefined ? {} : { first: start }),
		...(came > 1 && span > 0 ? { watched: ((came - 1) / span) * 1000 } : {}),
		...(usage && sent + came > 0
			? {
					prefill: phase(usage.promptTokens - usage.cachedTokens, usage.prefillMs),
					decode: phase(usage.outputTokens, usage.decodeMs)
				}
			: {})
	};
}

function phase(tokens: number, ms: number): Phase {
	return { tokens, ms, ...(ms > 0 && tokens > 0 ? { rate: (tokens / ms) * 1000 } : {}) };
}

/** "0.62 ms", "1,240 ms", "12.4 s". */
export function milliseconds(ms: number): string {
	if (ms >= 10_000) return `${Number((ms / 1000).toPrecision(3)).toLocaleString('en')} s`;
	const digits = ms < 10 ? 2 : ms < 100 ? 1 : 0;
	return `${Number(ms.toFixed(digits)).toLocaleString('en')} ms`;
}

/** "5,164"; below ten with one decimal. */
export function rate(perSecond: number | undefined): string {
	if (perSecond === undefined) return '–';
	return perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en');
}

/** "5,164 tokens/s". */
export function speed(perSecond: number | undefined): string {
	return perSecond === undefined ? '–' : `${rate(perSecond)} tokens/s`;
}
