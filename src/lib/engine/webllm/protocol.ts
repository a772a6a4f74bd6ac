/**
 * @file Every message between a page and the worker that runs models on the reader's GPU.
 *
 * Runs speak as the pocket model's do: the page pulls, one `pull` is answered by one `tokens`, and without a `pull` nothing is
 * computed. What the worker sends of a run or a load carries its number, as the page may want another in the meantime.
 */
import type { Request } from '#lib/events.ts';
import type { RunMessage } from '../pulled-run.ts';
import type { Device } from './device.ts';
import type { LoadingPhase } from './door.ts';
import type { Outcome, Progress, Stored } from './download/download.ts';
import type { InMemory } from './download/kept.ts';
import type { Cut, GpuLook, LookRequest } from './looking.ts';
import type { Place } from './place.ts';
import type { Layout } from './prompt.ts';
import type { Lexicon } from './vocabulary.ts';

/** One model from one place, as the page asks for it. */
export type Wanted = {
	id: string;
	place: Place;
	/** All files together, as estimated. */
	bytes: number;
	/** Address of the list of its files, where their place has one. */
	manifest?: string;
	/** Tokens that prompt and answer share. */
	context: number;
	/** The first token of the answer to the known question, where somebody has measured it. */
	firstToken?: number;
};

/** Of what a run's prompt is made. */
export type Prompted = {
	/** The texts of its tokens, signs of who speaks included; empty while a character is incomplete. Told where all are known. */
	cuts?: readonly string[];
	/** Where it is known. */
	layout?: Layout;
};

/** What can be asked of a model besides runs. A look ends the run that goes on, and a run gives the GPU back from a look. */
export type Question =
	/** What may come next after `written`. A text that goes on from the last one is not read again. */
	| { about: 'look'; request: LookRequest; written: number[] }
	/** How a conversation is cut into tokens. */
	| { about: 'cut'; request: LookRequest }
	/** What each of its tokens stands for. */
	| { about: 'lexicon' };

/** `sentence`, for readers, where it cannot be. */
export type Answer = { look: GpuLook } | { cut: Cut } | { lexicon: Lexicon } | { sentence: string };

export type ToWorker =
	/** Answered by `device`. */
	| { type: 'check' }
	/** Answered by `stored`. */
	| { type: 'list' }
	/** What the worker before had in memory only. Not answered. */
	| { type: 'hold'; files: InMemory[] }
	/** Answered by `deleted`. Without a model, all are. */
	| { type: 'delete'; model?: string }
	/** Answered by `progress`, many times, and `downloaded`. One at a time. */
	| { type: 'download'; wanted: Wanted }
	| { type: 'pause' }
	| { type: 'resume' }
	| { type: 'cancel' }
	/** Put a stored model on the GPU, in the place of any other; the page has stopped its run. Answered by `loading`, then `ready`, `unloaded`, `lost` or `failed`. */
	| { type: 'load'; load: number; wanted: Wanted }
	/** Take it off the GPU; the page has stopped its run. Not answered. */
	| { type: 'unload' }
	/** Cut the conversation into tokens, once the model is ready; answered by `started`. The page has stopped any earlier run. */
	| { type: 'run'; run: number; request: Request; reuse: boolean }
	/** Compute more tokens for `burst` milliseconds, one at least; the first pull reads the prompt as well. */
	| { type: 'pull'; burst: number }
	/** Compute nothing more of the present run. Not answered. */
	| { type: 'stop' }
	/** Answered by `answered`. */
	| { type: 'ask'; ask: number; question: Question }
	/** Answered by `pong`. */
	| { type: 'ping' };

export type FromWorker =
	/** The program runs: from now on it answers pings. */
	| { type: 'hello' }
	| { type: 'device'; device: Device }
	| { type: 'stored'; models: Stored[] }
	/** `refused`: why not, a sentence for readers. */
	| { type: 'deleted'; refused?: string }
	/** A file is held, or not held any more, in this worker's memory only. */
	| { type: 'memory'; change: InMemory }
	| { type: 'progress'; progress: Progress }
	| { type: 'downloaded'; outcome: Outcome }
	/** `part`: of the phase, from 0 to 1. */
	| { type: 'loading'; load: number; phase: LoadingPhase; part: number }
	| { type: 'ready'; load: number }
	/** The model did not come onto the GPU; the worker is as good as before. */
	| { type: 'unloaded'; load: number; sentence: string }
	| ({ run: number } & (
			| Exclude<RunMessage, { type: 'started' }>
			| (Extract<RunMessage, { type: 'started' }> & Prompted)
	  ))
	| { type: 'answered'; ask: number; answer: Answer }
	/** One run cannot be or go on; the model is as good as before. */
	| { type: 'refused'; run: number; sentence: string }
	/** The GPU is gone, and the model with it; the worker lives and can load again. */
	| { type: 'lost'; sentence: string }
	| { type: 'pong' }
	/** The worker is of no more use. */
	| { type: 'failed'; sentence: string };
