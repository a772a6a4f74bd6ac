/** @file Copies of requests that can be posted: the state of a component is a proxy, and proxies cannot be cloned. */
import type { Request } from '#lib/events.ts';

export function copyOf(request: Request): Request {
	return {
		messages: copyOfMessages(request.messages),
		temperature: Number(request.temperature),
		topK: Number(request.topK),
		seed: Number(request.seed),
		maxTokens: Number(request.maxTokens)
	};
}

export function copyOfMessages(messages: Request['messages']): Request['messages'] {
	return messages.map(({ role, content }) => ({ role, content: String(content) }));
}
