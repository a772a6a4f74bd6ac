/** @file The words that engines, exhibits and the meter share. It imports nothing. */

/** What one run of a model is asked. */
export type Request = {
	messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
	/** 0 always takes the likeliest token. */
	temperature: number;
	/** How many of the likeliest tokens may be drawn; 0 means all. */
	topK: number;
	/** An unsigned 32-bit integer: the same seed draws the same tokens. */
	seed: number;
	maxTokens: number;
};

export type Token = {
	/** Position in the answer, from 0. */
	index: number;
	/** Milliseconds since `started`, monotonic. */
	at: number;
	/** Empty while a character is incomplete, and for an end-of-text token. */
	text: string;
	id?: number;
	special?: true;
	/** Natural logarithm, at temperature 1, of the full softmax before top-k. */
	logprob?: number;
	/** The five largest of that softmax, largest first. */
	alternatives?: { text: string; id?: number; logprob: number }[];
};

export type Usage = {
	/** The whole conversation, which is what a hosted API bills every turn. */
	promptTokens: number;
	/** The part of it this device did not compute again. */
	cachedTokens: number;
	/** The number of `token` events, always. */
	outputTokens: number;
	prefillMs: number;
	decodeMs: number;
};

export type Reason = 'finished' | 'length' | 'cancelled' | 'failed';

/** What one run reports, in the order it happens. Every run that starts settles. */
export type RunEvent =
	| { type: 'started'; at: number; promptTokens: number; cachedTokens: number }
	| ({ type: 'token' } & Token)
	| { type: 'settled'; at: number; usage: Usage; reason: Reason; error?: string };

/** A run as JSON: replayable, shareable, checkable. */
export type RunRecord = {
	schema: 1;
	engine: string;
	model: { name: string; parameters: number; sha256?: string };
	request: Request;
	tokens: Token[];
	usage: Usage;
	reason: string;
	device: object;
	date: string;
	version: string;
	chat?: ChatRecord;
};

/** How a chat lay in its prompts, by its model's own count: of a model that cuts text in a way that is not known here. */
export type ChatRecord = {
	/** Tokens that prompt and answer share. */
	context: number;
	/** What its makers have every chat begin with, as the model reads it. */
	head: string;
	/** Oldest first; the last is the run itself. */
	turns: {
		/** Tokens of what its makers wrote, and of each message after it, with what opens the answer in the last. */
		head: number;
		messages: number[];
		usage: Usage;
	}[];
};
