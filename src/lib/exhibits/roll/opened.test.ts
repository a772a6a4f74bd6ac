import { expect, test } from 'vitest';
import manifest from '#lib/engine/pocket/manifest.json';
import type { RunRecord } from '#lib/events.ts';
import { turnsOf } from './opened.ts';
import recorded from './recorded.json';
import { ANSWER, type Turn } from './turns.ts';

const chat = recorded.turns as unknown as Turn[];

/** What is saved after so many turns of the recorded chat. */
function saved(turns: number, change: Partial<RunRecord> = {}): RunRecord {
	const last = chat[turns - 1];
	return {
		schema: 1,
		engine: 'pocket',
		model: { name: 'pocket', parameters: 1, sha256: manifest.sha256 },
		request: {
			messages: [
				...chat.slice(0, turns - 1).flatMap(({ asked, answered }) => [
					{ role: 'user' as const, content: asked },
					{ role: 'assistant' as const, content: answered }
				]),
				{ role: 'user', content: last.asked }
			],
			temperature: 0.3,
			topK: 0,
			seed: 17,
			maxTokens: ANSWER
		},
		tokens: [{ index: 0, at: 0, text: last.answered, id: 300 }],
		usage: last.usage,
		reason: 'finished',
		device: {},
		date: '2026-11-26T00:00:00.000Z',
		version: '1',
		...change
	};
}

test.each([1, 2, 4, 5, 6])(
	'of the last of %d turns all others follow, with the counts they had',
	(turns) => {
		const found = turnsOf(saved(turns));
		expect(found.length).toBe(turns);
		for (const [i, turn] of found.entries()) {
			const { asked, answered, blocks, usage } = chat[i];
			expect(turn).toMatchObject({ asked, answered, blocks, recorded: true });
			const { promptTokens, cachedTokens, outputTokens } = usage;
			expect(turn.usage, `turn ${i + 1}`).toMatchObject({
				promptTokens,
				cachedTokens,
				outputTokens
			});
		}
		expect(found[turns - 1].usage).toEqual(chat[turns - 1].usage);
	}
);

test('a run of another model is refused: it cuts text otherwise', () => {
	const other = saved(2, { model: { name: 'other', parameters: 1, sha256: 'ff' } });
	expect(() => turnsOf(other)).toThrow(/another model/);
});

test.each([
	['a text for the system', [{ role: 'system', content: 'Be kind.' }]],
	['an answer last', [{ role: 'assistant', content: 'Yes.' }]],
	['two questions in a row', [{ role: 'user', content: 'Why?' }]]
] as const)('%s is no chat that the roll can show', (_, more) => {
	const one = saved(2);
	const messages =
		more[0].role === 'system'
			? [...more, ...one.request.messages]
			: [...one.request.messages, ...more];
	expect(() => turnsOf({ ...one, request: { ...one.request, messages } })).toThrow(/no chat/);
	expect(() => turnsOf({ ...one, request: { ...one.request, messages: [] } })).toThrow(/no chat/);
});
