/**
 * @file Our own download of a model's files, inside the worker. web-llm counts whole files only, checks no weights and
 * keeps what arrived damaged; this puts every file, checked, where web-llm looks for it, so that it asks for none itself.
 */
import type { Manifest } from '../model.ts';

/** Where a model's files are: `folder` ends in '/', `library` is absolute. */
export type Place = { readonly folder: string; readonly library: string };

/** One model from one place. */
export type Plan = {
	/** The model's id. */
	readonly model: string;
	readonly place: Place;
	/** All files together, as estimated until the model's own list of files has been read. */
	readonly bytes: number;
	/** Lengths and hashes that somebody who had the files has published. */
	readonly manifest?: Manifest;
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
			/** `memory`: gone when the worker ends; `sentence` says why. */
			kept: 'cache' | 'memory';
			sentence?: string;
			/** Names of the files that were stored but damaged or gone, and have been fetched again. */
			renewed: readonly string[];
	  }
	| { state: 'cancelled' }
	/** `sentence` for readers; what has arrived stays, and the next try goes on from there. */
	| { state: 'failed'; sentence: string; file: string };

/** A model whose files are all here. `date`: ISO 8601, of the download; '' where another program stored it. */
export type Stored = { model: string; bytes: number; date: string };
