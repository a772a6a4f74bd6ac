/** @file The recorded run of this exhibit: its strips, pass by pass. Made by scripts/record-next.ts. */
import type { Request } from '#lib/events.ts';
import type { Origin } from '../run/shown.ts';
import type { Glance } from './glance.ts';
import { unpack } from './strip-data.ts';

export type RecordedStep = {
	/** What was drawn, 0 to 1. */
	number: number;
	/** The token that it fell on. */
	id: number;
	/** Log-probabilities of the whole vocabulary; see strip-data.ts. */
	logprobs: string;
	glance: Glance;
};

export type Recording = Origin & {
	request: Request;
	/** Tokens of the prompt, markers included. */
	ids: number[];
	/** All of them in the file, the first alone in the page. */
	steps: RecordedStep[];
};

/** What one pass gave: how likely each token is to come next, and, where the model lets one, a glance into it. */
export type Strip = { logprobs: Float32Array; glance?: Glance };

export function stripOf({ logprobs, glance }: RecordedStep): Strip {
	return { logprobs: unpack(logprobs), glance };
}

/** The sentence whose end was recorded. */
export function beginningOf({ request }: Recording): string {
	return request.messages.at(-1)!.content;
}
