/** @file What is read out of a run: that it begins, what came of it, and what a listener asks for. */
import { bill, dollars, type Prices } from '#lib/meter/money.ts';
import { count } from '../words.ts';
import { modelName } from './origin.ts';
import { visible } from './plain.ts';
import type { Shown } from './shown.ts';

const ends = {
	finished: 'Finished',
	length: 'At its limit',
	cancelled: 'Stopped',
	failed: 'Broken off'
} as const;

/** A price card as it is spoken of. */
export type Priced = { label: string; card: Prices };

export function begun({ source, by, error }: Shown): string {
	if (error) return `${error} A recorded run is shown instead.`;
	if (source === 'recorded') return 'The recorded run plays.';
	return `${by && by.engine !== 'pocket' ? modelName(by) : 'The pocket model'} is writing.`;
}

/** When a run is over: how it ended, its counts, and what they would cost. */
export function over(shown: Shown, priced: Priced): string {
	const { source, error, reason, counts } = shown;
	if (source === 'recorded') return error ? '' : `The recording is over. ${counted(shown)}`;
	if (error) return counts.came ? `${error} ${counted(shown)}` : error;
	return `${ends[reason ?? 'finished']}. ${counted(shown)} ${price(shown, priced)}`;
}

/** "41 tokens came back for 24 sent." */
export function counted({ counts }: Shown): string {
	const { sent, came } = counts;
	if (!sent && !came) return 'Nothing has been sent and nothing came back.';
	return `${count(came)} ${came === 1 ? 'token' : 'tokens'} came back for ${count(sent)} sent.`;
}

/** "They would cost $0.00123 at GPT-4, March 2023." */
export function price({ counts }: Shown, { label, card }: Priced): string {
	const { sent, came } = counts;
	if (!sent && !came) return 'Nothing to pay yet.';
	const amount = bill({ promptTokens: sent, cachedTokens: 0, outputTokens: came }, card);
	return `They would cost ${dollars(amount)} at ${label}.`;
}

/** The answer as far as it has come. */
export function textSoFar({ source, counts, tokens }: Shown): string {
	const text = tokens
		.slice(0, counts.came)
		.map((token) => (token.special ? '' : visible(token.text).replaceAll('⏎', '')))
		.join('')
		.trim();
	if (!text) return 'Nothing has come back yet.';
	return `${source === 'recorded' ? 'Recorded: ' : ''}${text}`;
}
