/** @file How a run of the lab is going, and what is said of it when it is over. */
import { visible } from '../run/plain.ts';
import { recordedLine } from '../run/origin.ts';
import type { Shown } from '../run/shown.ts';
import { count } from '../words.ts';
import { candidatesOf, rankInWords, shareInWords } from './candidates.ts';
import { readingsOf } from './readings.ts';
import type { Side } from './side.svelte.ts';

const ended = {
	finished: 'finished',
	length: 'at its limit',
	cancelled: 'stopped',
	failed: 'broken off'
};

export function statusLine(side: Side): string {
	const { run, held, empty } = side;
	const { shown, phase, record } = run;
	if (empty) return 'not run yet';
	if (phase === 'starting') return 'fetching the model …';
	if (held) return `held after ${tokens(shown)}`;
	const dated = recordedLine(shown.by?.date ? shown.by : record);
	if (phase === 'replaying') return `${dated}, replayed`;
	if (shown.source === 'recorded') return dated;
	if (phase === 'rest') return `live, ${ended[shown.reason ?? 'finished']}`;
	const { watched } = readingsOf(shown);
	return watched ? `live, ${count(watched)} tokens/s` : 'live';
}

/** The finding, kept current: what the run came to. */
export function finding({ counts }: Shown): string {
	return `${tokens({ counts })} came back for ${count(counts.sent)} sent.`;
}

/** What a token was, how likely, and how it came to be. */
export function tokenSentence(shown: Shown, index: number): string {
	const token = shown.tokens[index];
	if (!token) return '';
	const found = candidatesOf(token);
	const name = tokenName(token);
	if (token.logprob === undefined) return `Token ${index + 1}, ${name}.`;
	const share = shareInWords(Math.min(1, Math.exp(token.logprob)));
	const rank = found ? `, ${rankInWords(found.rank, token.alternatives!.length)}` : '';
	return `Token ${index + 1}, ${name}: the model had given it ${share}${rank}.`;
}

export function tokenName({ special, text }: { special?: boolean; text: string }): string {
	return special ? 'the end' : `“${visible(text).replace(/\n/g, '')}”`;
}

function tokens({ counts: { came } }: Pick<Shown, 'counts'>): string {
	return came === 1 ? '1 token' : `${count(came)} tokens`;
}
