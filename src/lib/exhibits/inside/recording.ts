/** @file What the exhibit shows before anything runs. Made by scripts/record-inside.ts. */
import type { Pass } from '#lib/engine/pocket/protocol.ts';
import type { Request } from '#lib/events.ts';
import type { Origin } from '../run/shown.ts';
import type { Packed } from './workings.ts';

export type Recording = Origin & {
	request: Request;
	/** Tokens of the prompt, markers included. */
	ids: number[];
	/** Of the last token of the prompt; see next/strip-data.ts. */
	logprobs: string;
	/** A score less the logarithm of its probability: the same for all. */
	level: number;
	/** What was drawn and written, pass by pass. */
	written: { number: number; id: number; logprob: number }[];
	/** The same text with and without the cache. */
	retraced: { kept: Pass[]; again: Pass[]; same: boolean };
	workings: Packed;
};

/** What the recording holds of its later passes: fetched when one of them is looked at. */
export type LaterPasses = {
	/** Of each pass after the first, as in a recording. */
	logprobs: string[];
	levels: number[];
	/** Of the last pass, which has read all that the others read. */
	workings: Packed;
};
