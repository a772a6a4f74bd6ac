/** @file What is sent of a text, by the model that reads it. */
import type { Request } from '#lib/events.ts';
import type { GpuLooker } from './passes.ts';
import { cut, pocketTokens, sentFor, type Tokens, tokensOf } from './tokens.ts';

export type Sent = {
	tokens: Tokens;
	/** Ids of all that is sent, with the markers of who speaks. */
	ids: readonly number[];
	/** How many tokens the text itself has. */
	own: number;
	/** It was longer than the window, and its beginning fell out. */
	forgotten: boolean;
};

/** It is not known how the model that looks cuts the text. */
export const notCut: Sent = { tokens: pocketTokens, ids: [], own: 0, forgotten: false };

export function sentByPocket(request: Request): Sent {
	const { ids, forgotten } = sentFor(request);
	const own = cut(request.messages.at(-1)!.content).length;
	return { tokens: pocketTokens, ids, own, forgotten };
}

const known = new WeakMap<GpuLooker, Tokens>();

/** @throws an error whose message is a sentence for readers */
export async function sentBy(model: GpuLooker, request: Request): Promise<Sent> {
	const { ids, begun } = await model.cut(request);
	let tokens = known.get(model);
	if (!tokens) known.set(model, (tokens = tokensOf(await model.lexicon())));
	return { tokens, ids, own: begun, forgotten: false };
}
