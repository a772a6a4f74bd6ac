/**
 * @file How the pocket model reads a prompt: its tokens, as texts, with the markers of who speaks.
 * Fetched when a run begins, not before: it brings the tokenizer with it.
 */
import { promptOf } from '#lib/engine/pocket/chat.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import json from '#lib/engine/pocket/tokenizer.json';
import { textsOf } from '#lib/engine/texts-of.ts';
import type { Request } from '#lib/events.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';

const tokenizer = Tokenizer.fromJSON(json as unknown as TokenizerJson);

/** One text a token; empty while a character is incomplete. */
export function cutsOf(request: Request): string[] {
	const { ids } = promptOf(request, tokenizer, manifest.config.context);
	return textsOf(ids, tokenizer);
}
