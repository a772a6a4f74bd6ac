/**
 * @file Recorded runs of the pocket model, one for each prompt the site offers: for when nothing can
 * run here. Made by `npm run record`.
 */
import { asset } from '$app/paths';
import { readRecord } from '#lib/engine/record.ts';
import type { Request } from '#lib/events.ts';
import index from './library.json';
import type { Recording } from './shown.ts';

/** What there is to play: the address within the site, and what was asked. */
export const library: readonly { file: string; prompt: string; tokens: number }[] = index;

/** The recorded run of the same prompt, whatever its seed; nothing when there is none. */
export async function recordingOf({ messages }: Request): Promise<Recording | undefined> {
	const prompt = messages.length === 1 && messages[0].content.trim();
	const entry = library.find((one) => one.prompt === prompt);
	return entry && fetchRecording(entry.file);
}

/** @throws when it cannot be fetched, or is not a run */
export async function fetchRecording(file: string): Promise<Recording> {
	const response = await fetch(asset(`/runs/${file}`));
	if (!response.ok) throw new Error('This recording could not be fetched.');
	const value: unknown = await response.json();
	const { cuts } = (value ?? {}) as { cuts?: unknown };
	return {
		...readRecord(value),
		...(Array.isArray(cuts) && cuts.every((cut) => typeof cut === 'string') ? { cuts } : {})
	};
}
