/** @file What a client is asked in tests, and what came of it. */
import { expect } from 'vitest';
import type { Request, RunEvent } from '#lib/events.ts';
import type { Stage } from '../door.ts';

export const never = new AbortController().signal;
export const bytes = (text: string) => [...new TextEncoder().encode(text)];
export const ask = (changes: Partial<Request> = {}): Request => ({
	messages: [{ role: 'user', content: 'Hello' }],
	temperature: 0,
	topK: 0,
	seed: 1,
	maxTokens: 50,
	...changes
});

export async function all(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const events = [];
	for await (const event of run) events.push(event);
	return events;
}

export const textOf = (events: RunEvent[]) =>
	events.map((event) => (event.type === 'token' ? event.text : '')).join('');

export function settledOf(events: RunEvent[]) {
	const settled = events.at(-1)!;
	if (settled.type !== 'settled') throw new Error('it did not settle');
	expect(settled.usage.outputTokens).toBe(events.filter(({ type }) => type === 'token').length);
	return settled;
}

export function stagesOf(client: { onstage(listener: (stage: Stage) => void): unknown }) {
	const stages: string[] = [];
	client.onstage((stage) => {
		const said = stage.at === 'loading' ? `${stage.at} ${stage.phase}` : stage.at;
		if (stages.at(-1) !== said) stages.push(said);
	});
	return stages;
}

export const gone = (error: unknown) => () => {
	throw error;
};
