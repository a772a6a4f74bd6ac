/**
 * @file Every message between a page and the worker that runs the pocket model.
 *
 * The page pulls: one `pull` is answered by one `tokens`, and without a `pull` nothing is computed.
 * Messages arrive in the order they were sent, so the worker knows which run is meant; what it sends
 * carries the number of the run, as the page may have stopped it in the meantime.
 */
import type { Request } from '#lib/events.ts';
import type { Insides, Workings } from '#lib/tiny/generate.ts';
import type { RunMessage } from '../pulled-run.ts';

/** What the model makes of a text: how likely each token is to come next. */
export type Look = {
	/** The text as the model reads it: tokens of the prompt, markers included, then those written since. */
	ids: number[];
	promptTokens: number;
	/** The conversation is longer than the window, and its oldest part fell out. */
	forgotten: boolean;
	/** Scores before the softmax. [vocabulary] */
	logits: Float32Array;
	/** Natural logarithms of the probabilities at temperature 1, of all tokens. [vocabulary] */
	logprobs: Float32Array;
	/** Milliseconds of computing. What an earlier look has read is not read again. */
	ms: number;
	/** What became of the last token on its way through the model. */
	insides?: Insides;
	/** What became of every token. */
	workings?: Workings;
};

/** What one pass took: tokens read by it, multiplications and additions as counted, milliseconds. */
export type Pass = { tokens: number; operations: number; ms: number };

/** The same text written twice. The first pass of each reads the prompt. */
export type Retraced = {
	/** With keys and values kept: each later pass reads the newest token alone. */
	kept: Pass[];
	/** Without: each pass reads everything again. */
	again: Pass[];
	/** Whether all scores of the two were the same to the last bit. */
	same: boolean;
};

/** What of the inside of the model is wanted: nothing, what became of the last token, or of all. */
export type Wanted = 'none' | 'last' | 'all';

export type LookRequest = Pick<Request, 'messages' | 'maxTokens'>;

export type ToWorker =
	/** Fetch, check and unpack the weights. Sent once, first. */
	| { type: 'load'; weights: string }
	/** Turn the conversation into tokens; answered by `started`. Ends any earlier run. */
	| { type: 'run'; run: number; request: Request; reuse: boolean }
	/**
	 * Compute more tokens of the present run for `burst` milliseconds, one at least; the first pull
	 * reads the prompt as well, and is answered by one token.
	 */
	| { type: 'pull'; burst: number }
	/** Compute nothing more of the present run. Not answered. */
	| { type: 'stop' }
	/** Compute what may come next after `written`. Answered by `looked`; no run is disturbed. */
	| { type: 'look'; look: number; request: LookRequest; written: number[]; insides: Wanted }
	/**
	 * Read a text token by token as it was written, once with the cache and once without. Answered by
	 * `retraced`; no run is disturbed.
	 */
	| { type: 'retrace'; look: number; request: LookRequest; written: number[] }
	/** Answered by `counted`. */
	| { type: 'count' }
	/** The SHA-256 of all weights as they lie in memory now. Answered by `fingerprint`; no run is disturbed. */
	| { type: 'fingerprint' }
	/** Answered by `pong`, within a few tens of milliseconds whatever is being computed. */
	| { type: 'ping' };

export type FromWorker =
	/** The program runs: from now on it answers pings. */
	| { type: 'hello' }
	/** Bytes of the weights that have come so far, after the browser unpacked them. */
	| { type: 'arriving'; bytes: number }
	| { type: 'ready'; backend: 'wasm' | 'plain' }
	| ({ run: number } & (
			| Exclude<RunMessage, { type: 'started' }>
			| (Extract<RunMessage, { type: 'started' }> & {
					/** The conversation is longer than the window, and its oldest part fell out. */
					forgotten: boolean;
					/** The texts of the prompt's tokens, markers included; empty while a character is incomplete. */
					cuts: string[];
			  })
	  ))
	/** `sentence`, for readers, instead of a look when it cannot be: the window is full. */
	| { type: 'looked'; look: number; found: Look | { sentence: string } }
	| { type: 'retraced'; look: number; found: Retraced | { sentence: string } }
	/** Tokens read by the model since the worker began, prompts included. */
	| { type: 'counted'; steps: number }
	| { type: 'fingerprint'; sha256: string }
	| { type: 'pong' }
	/** The worker is of no more use: weights that do not arrive, or an error. A sentence for readers. */
	| { type: 'failed'; sentence: string };
