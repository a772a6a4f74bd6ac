/**
 * @file Our own download of a model's files, inside the worker. web-llm counts whole files only, checks no weights and
 * keeps what arrived damaged; this puts every file, checked, where web-llm looks for it, so that it asks for none itself.
 */
import type { Manifest } from '../model.ts';
import type { Place } from '../place.ts';
import { messageOf, Told } from '../../told.ts';
import { Bringing } from './bringing.ts';
import { Gate } from './gate.ts';
import { inOneTab } from './one-tab.ts';
import { sentences } from './sentences.ts';
import { surroundings, type Surroundings } from './surroundings.ts';
import { Teller } from './teller.ts';

/** One model from one place. */
export type Plan = {
	/** The model's id. */
	readonly model: string;
	readonly place: Place;
	/** All files together, as estimated until the model's own list of files has been read. */
	readonly bytes: number;
	/** Lengths and hashes that somebody who had the files has published. */
	readonly manifest?: Manifest;
	/** Where a mirror keeps such a list: it is read before the first download, if it is there. */
	readonly manifestAt?: string;
};

export type Progress = {
	state:
		| 'waiting-for-other-tab'
		| 'downloading'
		| 'paused'
		| 'stalled'
		| 'retrying'
		/** Reading what is stored, to see whether it is what it should be. */
		| 'checking';
	/** Of this model, here by now: whole files and the part of the one that is arriving. */
	bytes: number;
	total: number;
	/** Bytes a second over the last seconds. */
	speed?: number;
	/** Seconds to the end at this speed. */
	left?: number;
	/** The last part of its address. */
	file: string;
	/** Seconds until it is asked for again. */
	retryIn?: number;
};

export type Outcome =
	| {
			state: 'complete';
			/**
			 * What the files were held against: hashes that were published, the hashes of their first download into this
			 * browser, or their lengths alone.
			 */
			verified: 'published' | 'first-download' | 'lengths';
			/** `memory`: gone when the page is closed; `sentence` says why. */
			kept: 'cache' | 'memory';
			sentence?: string;
			/** Names of the files that were stored but damaged or gone, and have been fetched again. */
			renewed: readonly string[];
	  }
	| { state: 'cancelled' }
	/** `sentence` for readers; what has arrived stays, and the next try goes on from there. */
	| { state: 'failed'; sentence: string; file: string };

/** A model whose files are all here. */
export type Stored = {
	model: string;
	bytes: number;
	/** ISO 8601, of the download; '' where another program stored it. */
	date: string;
	/** Where it came from: web-llm finds it by these addresses only. Absent where another program stored it. */
	place?: Place;
};

export type Options = {
	/** Aborted: `cancelled`. What has arrived stays. */
	signal: AbortSignal;
	/** While it is closed, nothing is read. */
	gate?: Gate;
	onprogress?: (progress: Progress) => void;
	/** For tests. */
	around?: Surroundings;
};

/**
 * Fetches what is not here yet of a model. What is here is taken as this browser remembers it: `verify` looks at it.
 * Rejects never.
 */
export function download(plan: Plan, options: Options): Promise<Outcome> {
	return bring(plan, options, false);
}

/**
 * Reads every stored file of a model again. One that is damaged or gone is fetched again, alone; otherwise no request is
 * made, and none for a model that has not been downloaded from this place. Rejects never.
 */
export function verify(plan: Plan, options: Options): Promise<Outcome> {
	return bring(plan, options, true);
}

async function bring(
	plan: Plan,
	{ signal, gate = new Gate(), onprogress = () => {}, around = surroundings }: Options,
	recheck: boolean
): Promise<Outcome> {
	const teller = new Teller(plan.bytes, onprogress, around.now);
	try {
		return await inOneTab(
			plan.model,
			around.locks,
			signal,
			() => teller.tell('waiting-for-other-tab', 0),
			() => new Bringing(plan, around, { signal, gate }, teller, recheck).run()
		);
	} catch (error) {
		if (signal.aborted) return { state: 'cancelled' };
		const sentence = error instanceof Told ? error.message : sentences.broke(messageOf(error));
		return { state: 'failed', sentence, file: teller.file };
	}
}
