/** @file What runs, how it is going, and what one token of it was. */
import { count, duration, many, percent, rounded } from '../words.ts';
import { modelName, recordedLine } from './origin.ts';
import { visible } from './plain.ts';
import type { Run } from './run.svelte.ts';
import type { Origin, Shown } from './shown.ts';

/** "Pocket model, 0.92 million weights". */
export function modelLine(by: Origin): string {
	const { parameters } = by.model;
	const size = parameters < 1e6 ? `${rounded(parameters / 1e6, 2)} million` : many(parameters, 3);
	return `${modelName(by)}, ${size} weights`;
}

export function statusLine(run: Run): string {
	const { shown, phase, record } = run;
	if (phase === 'starting') return 'starting …';
	if (phase === 'replaying' || shown.source === 'recorded') {
		const dated = recordedLine(shown.by?.date ? shown.by : record);
		return phase === 'replaying' ? `${dated}, replayed` : dated;
	}
	if (phase === 'running') {
		const last = shown.tokens[shown.counts.came - 1];
		const first = shown.tokens[0];
		const seconds = last && first ? (last.at - first.at) / 1000 : 0;
		return seconds > 0.3 ? `live, ${count((shown.counts.came - 1) / seconds)} tokens/s` : 'live';
	}
	const { usage, reason } = shown;
	if (run.gate.closed) return 'held';
	const ran = usage ? `${duration((usage.prefillMs + usage.decodeMs) / 1000)} of computing` : '';
	return `live, ${reason === 'cancelled' ? 'stopped' : reason === 'failed' ? 'broken off' : 'finished'}; ${ran}`;
}

/** What a token was and how likely the model had found it. */
export function tokenLine({ tokens }: Shown, index: number): string {
	const token = tokens[index];
	if (!token) return '';
	const name = token.special ? 'the end' : `“${visible(token.text)}”`;
	const likely =
		token.logprob === undefined
			? ''
			: `: the model had given it ${chance(Math.exp(token.logprob))}`;
	return `Token ${index + 1}, ${name}${likely}.`;
}

function chance(p: number): string {
	if (p > 0.995 && p < 1) return 'over 99 %';
	if (p < 0.0001) return 'less than 0.01 %';
	return percent({ low: p, high: p });
}
