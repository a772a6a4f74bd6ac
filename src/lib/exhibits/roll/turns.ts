/** @file A chat as a till roll: what each turn sent, of it what had been sent before, and what fell off. */
import type { Request, Usage } from '#lib/events.ts';
import type { BilledUsage } from '#lib/meter/money.ts';

/** A message as it lies in a prompt, markers of who speaks included. */
export type Block = {
	/** From 0. */
	turn: number;
	who: 'you' | 'reply';
	/** Its tokens in full, and those of them that the window still held. */
	tokens: number;
	kept: number;
};

export type Turn = {
	asked: string;
	/** As far as it has come. */
	answered: string;
	/** The prompt, oldest first; the last is what was asked now. Kept tokens add up to `usage.promptTokens`. */
	blocks: readonly Block[];
	usage: Usage;
	/** Whether it was recorded, not run here. */
	recorded: boolean;
};

/** Before anything is counted. */
export const nothing: Usage = {
	promptTokens: 0,
	cachedTokens: 0,
	outputTokens: 0,
	prefillMs: 0,
	decodeMs: 0
};

export type Sums = {
	/** Tokens of the questions, each counted once. */
	typed: number;
	/** Tokens of all prompts: what a hosted service bills as input. */
	sent: number;
	came: number;
	/** What this device computed: prompts without what it had read before, and the answers. */
	computed: number;
	/** Tokens sent that had stood at the head of the prompt before, unchanged: what a vendor may cache. */
	repeated: number;
};

/** The new question's tokens. */
export function fresh({ blocks }: Turn): number {
	return blocks.at(-1)?.kept ?? 0;
}

/** Tokens of earlier turns that were sent again. */
export function again(turn: Turn): number {
	return turn.usage.promptTokens - fresh(turn);
}

/** Tokens that no longer fitted the window. */
export function fallen({ blocks }: Turn): number {
	return blocks.reduce((sum, { tokens, kept }) => sum + tokens - kept, 0);
}

/**
 * Tokens at the head of this prompt that a vendor has seen in the same place a turn before. Once
 * something has fallen off the beginning, nothing stands in its old place any more.
 */
export function repeated(turns: readonly Turn[], index: number): number {
	return index > 0 && fallen(turns[index]) === 0 ? again(turns[index]) : 0;
}

export function sumsOf(turns: readonly Turn[]): Sums {
	const sum = (of: (turn: Turn, index: number) => number) =>
		turns.reduce((total, turn, index) => total + of(turn, index), 0);
	return {
		typed: sum(fresh),
		sent: sum(({ usage }) => usage.promptTokens),
		came: sum(({ usage }) => usage.outputTokens),
		computed: sum(({ usage }) => usage.promptTokens - usage.cachedTokens + usage.outputTokens),
		repeated: sum((_, index) => repeated(turns, index))
	};
}

/** The whole chat as a vendor bills it, with or without its price for what was sent before. */
export function billed({ sent, came, repeated }: Sums, caching: boolean): BilledUsage {
	return { promptTokens: sent, cachedTokens: caching ? repeated : 0, outputTokens: came };
}

/** What is asked of the model after `turns`: all of it, again. */
export function requestAfter(turns: readonly Turn[], asked: string, seed: number): Request {
	return {
		messages: [
			...turns.flatMap(({ asked, answered }) => [
				{ role: 'user' as const, content: asked },
				{ role: 'assistant' as const, content: answered }
			]),
			{ role: 'user', content: asked }
		],
		temperature: TEMPERATURE,
		topK: 0,
		seed,
		maxTokens: ANSWER
	};
}

/** Room in the window that is kept free for an answer. */
export const ANSWER = 80; // tokens

/** Low: the chat is about what it remembers, not about surprises. */
export const TEMPERATURE = 0.3;

/** That of the recorded chat. */
export const FIRST_SEED = 17;
