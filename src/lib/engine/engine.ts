import type { Request, RunEvent } from '#lib/events.ts';

/** How a run is carried out; what comes of it is the same. */
export type RunOptions = {
	/**
	 * Milliseconds of computing for which tokens may be held and come together: for whoever shows them in
	 * larger steps anyway. Asked before each step; 0, as without it, computes nothing ahead of the
	 * one token that is asked for. The first token never waits.
	 */
	burst?: () => number;
	/**
	 * Leave what this device computed for an earlier run where the conversation goes on from it, and
	 * report it as `cachedTokens`. Not by default: the times and operations of a run are then its
	 * request's own. Tokens are the same either way.
	 */
	reuse?: boolean;
};

/** Anything that can run a model: `pocket`, `webllm`, `server`, `replay`. */
export interface Engine {
	readonly name: string;
	readonly model: { name: string; parameters: number; sha256?: string };
	/**
	 * Runs one request. Pull-based: nothing is computed before the first `next()`, and pausing is
	 * not asking. Aborting `signal` settles the run as `cancelled`; leaving the loop (`return()`)
	 * ends it as well. Never throws after `started`: it settles as `failed` with a plain sentence.
	 */
	run(
		request: Request,
		signal: AbortSignal,
		options?: RunOptions
	): AsyncGenerator<RunEvent, void, void>;
	/** Frees workers and memory. The next run starts afresh. */
	dispose(): void;
}
