import type { Request } from '#lib/events.ts';

/** Low: what is asked here is about the prompt, not about surprises. */
const TEMPERATURE = 0.3;
const ANSWER = 60; // tokens

export function requestOf(messages: Request['messages'], seed: number): Request {
	return { messages, temperature: TEMPERATURE, topK: 0, seed, maxTokens: ANSWER };
}
