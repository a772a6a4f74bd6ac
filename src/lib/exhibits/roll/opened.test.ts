import { describe, expect, test } from 'vitest';
import manifest from '#lib/engine/pocket/manifest.json';
import { readRecord } from '#lib/engine/record.ts';
import type { RunRecord } from '#lib/events.ts';
import { turnsOf } from './opened.ts';
import recorded from './recorded.json';
import { ANSWER, blocksIn, chatOf, requestAfter, type Turn } from './turns.ts';

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

test('a run of another model is refused where it does not say how its tokens lie', () => {
	for (const model of [
		{ name: 'other', parameters: 1, sha256: 'ff' },
		{ name: 'On the GPU', parameters: 1 }
	])
		// prettier-ignore
		expect(() => turnsOf(saved(2, { model }))).toThrow(/another model.* does not say how/);
});

describe('a chat of another model', () => {
	/** Three turns: twelve tokens of its makers, two that open an answer, and one a word. */
	const turns: Turn[] = [[4], [4, 5, 3], [4, 5, 3, 6, 7]].map((messages, i) => {
		const promptTokens = messages.reduce((a, b) => a + b, 12);
		const usage = {
			promptTokens,
			cachedTokens: 2 * i,
			outputTokens: i + 1,
			prefillMs: 3,
			decodeMs: 4
		};
		return {
			asked: `Question ${i}`,
			answered: `Answer ${i}`,
			blocks: blocksIn({ head: 12, messages, open: 0 }),
			usage,
			head: 'Be kind.',
			recorded: true
		};
	});
	const usage = turns[2].usage;
	const record: RunRecord = {
		...saved(1),
		engine: 'webllm',
		model: { name: 'On the GPU', parameters: 1 },
		request: requestAfter(turns.slice(0, 2), 'Question 2', 1),
		tokens: ['Answer', ' ', '2'].map((text, index) => ({ index, at: index, text })),
		usage,
		chat: chatOf(turns, 4096)
	};

	test('is laid as its record says, by its own count', () => {
		expect(turnsOf(readRecord(JSON.parse(JSON.stringify(record))))).toEqual(turns);
	});

	test('may have nothing of its makers', () => {
		const plain = turns.slice(0, 1).map((turn) => ({ ...turn, blocks: blocksIn({ head: 0, messages: [16], open: 0 }) })); // prettier-ignore
		const { head: _, ...bare } = plain[0];
		const one = { ...record, request: requestAfter([], 'Question 0', 1), usage: bare.usage };
		const chat = { ...chatOf([bare], 4096) };
		expect(turnsOf({ ...one, chat, tokens: [{ index: 0, at: 0, text: 'Answer 0' }] })).toEqual([bare]); // prettier-ignore
	});

	const chat = record.chat!;
	const [one, two, three] = chat.turns;
	test.each<[string, Partial<RunRecord>]>([
		['a turn is missing', { chat: { ...chat, turns: [one, two] } }],
		['there are none', { chat: { ...chat, turns: [] } }],
		[
			'a message is missing',
			{ chat: { ...chat, turns: [one, { ...two, messages: [12] }, three] } }
		],
		['the messages are not the whole', { chat: { ...chat, turns: [one, { ...two, head: 11 }, three] } }], // prettier-ignore
		['the last turn is another', { usage: { ...usage, promptTokens: usage.promptTokens + 1 } }],
		['the last answer is another', { usage: { ...usage, outputTokens: 2 } }]
	])('is refused where %s', (_, change) => {
		expect(() => turnsOf({ ...record, ...change })).toThrow(/contradicts itself/);
	});
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
