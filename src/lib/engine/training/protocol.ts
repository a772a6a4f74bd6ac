/** @file Every message between a page and the worker that trains. Nothing is computed that was not asked for. */
import type { Request } from '#lib/events.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import type { TokenizerJson } from '#lib/tiny/tokenizer.ts';
import type { Look as PassLook, LookRequest, Retraced, Wanted } from '../pocket/protocol.ts';
import type { RunMessage } from '../pulled-run.ts';
import type { Asking, Came } from './classroom.ts';
import type { Recipe } from './recipe.ts';
import type { Tuning } from './tuning.ts';
import type { Guess } from './viewer.ts';

/** Where a model shall be trained; `fastest` measures a few steps on the GPU and on the processor. */
export type Where = 'processor' | 'gpu' | 'fastest';

/** Milliseconds a step, the median, as far as it was measured. */
export type Paces = { processor?: number; gpu?: number };

/** What stands still before the first step. */
export type Prepared = {
	config: Config;
	parameters: number;
	tokenizer: TokenizerJson;
	documents: number;
	/** Tokens to learn from, and held out of it. */
	learnt: number;
	held: number;
	/** Bytes of the reader's own text that were too many. */
	left: number;
	/** What the pictures are finished from. */
	prompt: string;
	/** Tokens learnt from at each step. */
	perStep: number;
	/** Of a step, counted by formula: multiplications and additions. */
	operationsPerStep: number;
	/** Nats a token of whoever knows nothing but the number of different tokens. */
	guessing: number;
	/** Of the weights before the first step, or where a kept state goes on. */
	sha256: string;
	steps: number;
};

/** What a training run has taken so far. It grows while the model learns, and never after. */
export type Spent = {
	steps: number;
	/** Targets learnt from. */
	tokens: number;
	/** Multiplications and additions: of learning, and of looking on (samples, held-out loss, guesses). */
	learning: number;
	looking: number;
	/** Milliseconds of computing, likewise. */
	learningMs: number;
	lookingMs: number;
	/** The part of it that the GPU did: of the steps, and of the milliseconds. Absent where all of it was the processor's. */
	onGpu?: { steps: number; ms: number };
};

/** One place of one sequence of a step, before the weights moved and after. */
export type Place = { context: string; target: string; before: Guess; after: Guess };

/** One number of the weights, and all that moved it at a step. */
export type OneWeight = {
	name: string;
	row: number;
	column: number;
	before: Moment;
	after: Moment;
	/** The learning rate of the step. */
	rate: number;
	/** Counted from 1, as Adam's averages are corrected by it. */
	step: number;
};
export type Moment = { value: number; average: number; square: number };

export type Look = {
	/** The step after which it is so. */
	step: number;
	/** Of all weights, as they lie in memory. */
	sha256: string;
	/** Absent where nothing has been learnt yet. */
	place?: Place;
	weight?: OneWeight;
};

/** Why a training run stands. */
export type Standing =
	/** As it was asked to. */
	| 'paused'
	/** All its steps are done: the weights will not change again. */
	| 'done'
	/** The loss is no number any more, or far above guessing; the weights are those of the last good state. */
	| 'diverged';

/** `number` counts the models that were asked for: what is told of an earlier one is not taken for the present one. */
export type ToWorker =
	/** Read the text and make the weights, or take up a kept state. Answered by `prepared`. Sent before all else, and again for another run. */
	| {
			type: 'prepare';
			number: number;
			recipe: Recipe;
			on: Where;
			kept?: { checkpoint: Blob; spent: Spent };
	  }
	/** Go on with the training of the pocket model, whose weights lie at this address. Answered by `prepared`. */
	| { type: 'tune'; number: number; tuning: Tuning; weights: string }
	/** Take up a model that is trained already; it learns no more. Answered by `opened`; otherwise as `prepare`. */
	| {
			type: 'open';
			number: number;
			config: Config;
			tokenizer: TokenizerJson;
			values: Float32Array<ArrayBuffer>;
	  }
	/** Measure how long a step takes, on weights that are thrown away. Answered by `measured`. */
	| { type: 'measure' }
	/** Learn until `until` steps are done. Answered by `progress` on the way and `stands`. */
	| { type: 'learn'; until: number }
	/** Let the step finish, then stand. */
	| { type: 'pause' }
	/** Rest after each step, as a share of the time it took. */
	| { type: 'rest'; share: number }
	/** The number that `weight` follows. */
	| { type: 'follow'; index: number }
	/** A run of the model as it is, as in the pocket model's protocol. */
	| { type: 'run'; run: number; request: Request }
	| { type: 'pull'; burst: number }
	| { type: 'stop' }
	/** Have a class ask the model as it is. Ended by `dismiss`, by another class and by `prepare`. */
	| { type: 'gather'; asking: Asking }
	/** Compute for `burst` milliseconds for the class. Answered by `came`. */
	| { type: 'pull together'; number: number; burst: number }
	| { type: 'dismiss' }
	/** The SHA-256 of all weights as they lie in memory now. Answered by `fingerprint`; no run is disturbed. */
	| { type: 'fingerprint' }
	| { type: 'ping' };

export type FromWorker =
	| { type: 'hello' }
	| {
			type: 'prepared';
			/** Of the message that asked for this model, as in all that is answered to it. */
			number: number;
			prepared: Prepared;
			on: 'wasm' | 'plain' | 'gpu';
			note?: string;
			/** Where the fastest was asked for, and a GPU could be tried. */
			paces?: Paces;
	  }
	| { type: 'opened'; number: number }
	/** Milliseconds a step, the median. */
	| { type: 'measured'; number: number; step: number }
	/** The losses of the steps since the last message, before each moved the weights. */
	| {
			type: 'progress';
			spent: Spent;
			losses: Float32Array;
			gradientNorm: number;
			rate: number;
			look?: Look;
	  }
	| { type: 'held'; step: number; loss: number }
	| { type: 'picture'; step: number; text: string }
	/** A state to go on from. Sent every few seconds, when it stands, and when asked. Its megabytes stay out of the page's memory. */
	| { type: 'kept'; checkpoint: Blob; spent: Spent; sha256: string }
	| { type: 'stands'; why: Standing; spent: Spent; sha256: string }
	/** The GPU was lost: it goes on on the processor, from where it had taken so much. */
	| { type: 'moved'; on: 'wasm' | 'plain'; spent: Spent; sentence: string }
	| ({ run: number } & (
			| Exclude<RunMessage, { type: 'started' }>
			| (Extract<RunMessage, { type: 'started' }> & { forgotten: boolean; cuts: string[] })
	  ))
	/** `number` of the class that pulled. */
	| { type: 'came'; number: number; came: Came }
	/** Of every copy there is: the model's own, on whatever it is; the writer's, where it has written; the class's. */
	| { type: 'fingerprint'; number: number; sha256s: string[] }
	| { type: 'pong' }
	/** A sentence for readers. The run is over; another can be prepared. */
	| { type: 'failed'; number: number; sentence: string };

/** Asked of a worker that was started for it alone, once a model is there; answered by `found`. As in the pocket model's protocol. */
export type ToLooking =
	| { type: 'look'; look: number; request: LookRequest; written: number[]; insides: Wanted }
	| { type: 'retrace'; look: number; request: LookRequest; written: number[] };

/** What whoever looks into a model hears besides: `sentence`, for readers, where it cannot be. */
export type FromLooking = {
	type: 'found';
	look: number;
	found: PassLook | Retraced | { sentence: string };
};
