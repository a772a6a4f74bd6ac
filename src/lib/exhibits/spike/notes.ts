/** @file The small print: what runs, how it is going, what a token was, what a basis leaves out. */
import type { pocket as Pocket } from '#lib/engine/pocket/summary.ts';
import { inWork, use } from '#lib/meter/basis.ts';
import { crossing } from '#lib/meter/crossing.ts';
import { visible } from '../run/plain.ts';
import { modelName, recordedLine } from '../run/origin.ts';
import type { Run } from '../run/run.svelte.ts';
import type { Origin, Shown } from '../run/shown.ts';
import type { Scene } from './scene.ts';
import type { Sum } from './sum.ts';
import { count, duration, many, percent, rounded } from '../words.ts';

/** "Pocket model, 0.92 million weights". */
export function modelLine(by: Origin): string {
	const { parameters } = by.model;
	const size = parameters < 1e6 ? `${rounded(parameters / 1e6, 2)} million` : many(parameters, 3);
	return `${modelName(by)}, ${size} weights`;
}

/** Whose tokens they are, in the middle of a sentence: "the pocket model", "SmolLM2-360M". */
export function writerOf({ by }: Shown): string {
	return !by || by.model.name === 'Pocket model' ? 'the pocket model' : modelName(by);
}

export function statusLine(run: Run): string {
	const { shown, phase, record } = run;
	const dated = recordedLine(shown.by?.date ? shown.by : record);
	if (phase === 'starting') return 'starting …';
	if (phase === 'replaying') return `${dated}, replayed`;
	if (shown.source === 'recorded') return dated;
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

/** One quiet line on what this basis is, and is not. */
export function note(scene: Scene, { training }: typeof Pocket, shown: Shown): string {
	const { basis, billed, reference } = scene;
	if (basis.key === 'dollars')
		return `A price is what a vendor asks, not what an answer costs it. The tokens are ${writerOf(shown) === 'the pocket model' ? 'the pocket model’s' : `those of ${writerOf(shown)}`}; the price and the training are those of ${billed?.model}.`;
	if (basis.key === 'work')
		return 'Learning from a token takes three passes through the model, using it takes one. That is why the bar is three times the tokens it was trained on.';

	const work = inWork(training.tokens);
	const byWork = crossing(work.bar, use(work, reference).total).high;
	const times = byWork / scene.crossing.high;
	const here =
		shown.source === 'live' && shown.usage
			? ` Your machine took ${duration((shown.usage.prefillMs + shown.usage.decodeMs) / 1000)} for this run.`
			: '';
	const apart =
		times >= 1.05
			? `By work the crossing comes ${rounded(times, 2)} times later than by time: training feeds the machine many tokens at once, an answer one at a time.`
			: 'By work the crossing comes at about the same place.';
	return apart + here;
}

/** What `r` reads out. */
export function spokenCounts({ stop }: Scene, sum: Sum): string {
	return `${stop.name}: ${sum.sent} tokens sent, ${sum.came} came back; ${sum.total} ${sum.what}.`;
}
