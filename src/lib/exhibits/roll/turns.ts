/** @file A chat as a till roll: what each turn sent, of it what had been sent before, and what fell off. */
import type { ChatRecord, Request, Usage } from '#lib/events.ts';
import type { Layout } from '#lib/engine/webllm/prompt.ts';
import type { BilledUsage } from '#lib/meter/money.ts';

/** A message as it lies in a prompt, markers of who speaks included. */
export type Block = {
	/** From 0. */
	turn: number;
	/** `maker`: what those who made the model have every conversation with it begin with. */
	who: 'you' | 'reply' | 'maker';
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
	/** What its makers have every chat begin with, as the model reads it. */
	head?: string;
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
	/** Tokens of earlier turns, each as often as it was sent again. */
	again: number;
	/** Tokens that its makers put at the head, each as often as it was sent. */
	given: number;
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

/** Tokens that its makers put at the head of every chat. */
export function given({ blocks }: Turn): number {
	return blocks.reduce((sum, { who, kept }) => sum + (who === 'maker' ? kept : 0), 0);
}

/** Tokens of earlier turns that were sent again. */
export function again(turn: Turn): number {
	return turn.usage.promptTokens - fresh(turn) - given(turn);
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
	const turn = turns[index];
	return index > 0 && fallen(turn) === 0 ? turn.usage.promptTokens - fresh(turn) : 0;
}

export function sumsOf(turns: readonly Turn[]): Sums {
	const sum = (of: (turn: Turn, index: number) => number) =>
		turns.reduce((total, turn, index) => total + of(turn, index), 0);
	return {
		typed: sum(fresh),
		again: sum(again),
		given: sum(given),
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
export function requestAfter(
	turns: readonly Turn[],
	asked: string,
	seed: number,
	maxTokens = ANSWER
): Request {
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
		maxTokens
	};
}

/**
 * The blocks of a prompt whose messages alternate, by how many tokens each has. What opens the answer is counted to the
 * question it belongs to. Nothing has fallen off: a model on the GPU refuses what its window does not hold.
 */
export function blocksIn({ head, messages, open }: Layout): Block[] {
	const lengths = messages.map((tokens, i) => (i < messages.length - 1 ? tokens : tokens + open));
	const said = lengths.map((tokens, i) => ({
		turn: Math.floor(i / 2),
		who: i % 2 ? ('reply' as const) : ('you' as const),
		tokens,
		kept: tokens
	}));
	return head ? [{ turn: 0, who: 'maker', tokens: head, kept: head }, ...said] : said;
}

/** A chat of which nothing has fallen off, to be saved with its last run. */
export function chatOf(turns: readonly Turn[], context: number): ChatRecord {
	return {
		context,
		head: turns.at(-1)?.head ?? '',
		turns: turns.map((turn) => ({
			head: given(turn),
			messages: turn.blocks.flatMap(({ who, kept }) => (who === 'maker' ? [] : kept)),
			usage: turn.usage
		}))
	};
}

/** Room in the window that is kept free for an answer. */
export const ANSWER = 80; // tokens

/** Of a model with a large window, which has more to say. */
export const LONG_ANSWER = 400; // tokens

/** Low: the chat is about what it remembers, not about surprises. */
export const TEMPERATURE = 0.3;

/** That of the recorded chat. */
export const FIRST_SEED = 17;
