/**
 * @file What a page sees of real models on the reader's GPU: one worker behind one object. `client.ts` makes it, pages and
 * exhibits use it, and tests may stand in for it.
 */
import type { Engine } from '../engine.ts';
import type { Device } from './device.ts';
import type { Outcome, Progress, Stored } from './download/download.ts';
import type { Model } from './model.ts';
import type { Source } from './place.ts';

/** What loading a model is busy with: its files, the worker's program, the weights, the GPU's programs, a first try. */
export type LoadingPhase = 'checking' | 'starting' | 'weights' | 'programs' | 'trying';

/** How far a model is from writing. There is one at a time. */
export type Stage =
	| { at: 'nothing' }
	| { at: 'downloading'; model: string; progress: Progress }
	/** `part`: of the phase, from 0 to 1. */
	| { at: 'loading'; model: string; phase: LoadingPhase; part: number }
	| { at: 'ready'; model: string }
	/** `sentence` for readers. After `given-up` nothing is loaded again in this visit. */
	| { at: 'failed' | 'given-up'; model: string; sentence: string };

export interface GpuDoor {
	readonly stage: Stage;
	/** @returns what ends the listening. The listener is called at once, and then at every change. */
	onstage(listener: (stage: Stage) => void): () => void;
	/** What this device can do. Makes no request; rejects never. */
	check(): Promise<Device>;
	/** The models whose files are all here. */
	stored(): Promise<readonly Stored[]>;
	/** Fetches a model's files, which the reader has agreed to. One at a time. Settles when it is over; rejects never. */
	download(model: Model, source: Source): Promise<Outcome>;
	/** Holds the download, or lets it go on. */
	pause(): void;
	resume(): void;
	cancel(): void;
	/**
	 * Deletes one model's files, or all of them.
	 * @throws an error whose message is a sentence for readers
	 */
	remove(model?: string): Promise<void>;
	/**
	 * Puts a stored model on the GPU and has it answer a known question. Its runs are `engine.run(…)`. It is read from where it was
	 * stored from; `source` counts where it is stored from several places.
	 * @throws an error whose message is a sentence for readers
	 */
	load(model: Model, source: Source): Promise<Engine>;
	/** Frees the GPU and the worker. What is stored stays. */
	unload(): void;
}
