import { expect, test } from 'vitest';
import manifest from '#lib/engine/pocket/manifest.json';
import { bill, toNumber } from '#lib/meter/money.ts';
import { blocksOf } from './blocks.ts';
import recorded from './recorded.json';
import {
	again,
	billed,
	blocksIn,
	fallen,
	fresh,
	given,
	nothing,
	repeated,
	requestAfter,
	sumsOf,
	type Block,
	type Turn
} from './turns.ts';
import { finding, over } from './words.ts';

const turns = recorded.turns as unknown as Turn[];

const turn = (blocks: [number, number?][], outputTokens: number, cachedTokens = 0): Turn => ({
	asked: '',
	answered: '',
	blocks: blocks.map(([tokens, kept = tokens], i): Block => ({
		turn: Math.floor(i / 2),
		who: i % 2 ? 'reply' : 'you',
		tokens,
		kept
	})),
	usage: {
		promptTokens: blocks.reduce((sum, [tokens, kept = tokens]) => sum + kept, 0),
		cachedTokens,
		outputTokens,
		prefillMs: 0,
		decodeMs: 0
	},
	recorded: false
});

const chat = [
	turn([[10]], 20),
	turn([[10], [21], [5]], 30, 29),
	turn([[10, 0], [21, 11], [5], [31], [6]], 7)
];

test('what is new, sent again, fallen off', () => {
	expect(chat.map(fresh)).toEqual([10, 5, 6]);
	expect(chat.map(again)).toEqual([0, 31, 47]);
	expect(chat.map(fallen)).toEqual([0, 0, 20]);
	expect(chat.map((_, i) => repeated(chat, i))).toEqual([0, 31, 0]);
});

test('the sums of a chat, and what this device computed of it', () => {
	expect(sumsOf(chat)).toEqual({
		typed: 21,
		again: 99 - 21,
		given: 0,
		sent: 10 + 36 + 53,
		came: 57,
		computed: 10 + 20 + (36 - 29) + 30 + 53 + 7,
		repeated: 31
	});
	expect(sumsOf([])).toEqual({
		typed: 0,
		again: 0,
		given: 0,
		sent: 0,
		came: 0,
		computed: 0,
		repeated: 0
	});
});

test('a vendor that keeps what stood in its place bills it at another price, and never more', () => {
	const card = { input: '10', cachedInput: '1', output: '20' };
	const sums = sumsOf(chat);
	expect(toNumber(bill(billed(sums, false), card))).toBeCloseTo((99 * 10 + 57 * 20) / 1e6, 12);
	expect(toNumber(bill(billed(sums, true), card))).toBeCloseTo((68 * 10 + 31 + 57 * 20) / 1e6, 12);
});

test('a question sends all that was said before', () => {
	const { messages } = requestAfter(turns.slice(0, 2), 'And now?', 3);
	expect(messages.map(({ role }) => role)).toEqual([
		'user',
		'assistant',
		'user',
		'assistant',
		'user'
	]);
	expect(messages[3].content).toBe(turns[1].answered);
	expect(messages[4].content).toBe('And now?');
});

test('the recorded chat is of the present model, and its blocks are its prompts', () => {
	expect(recorded.sha256).toBe(manifest.sha256);
	turns.forEach((turn, i) => {
		const blocks = blocksOf(requestAfter(turns.slice(0, i), turn.asked, 1));
		expect(turn.blocks).toEqual(blocks);
		const kept = blocks.reduce((sum, block) => sum + block.kept, 0);
		expect(kept).toBe(turn.usage.promptTokens);
	});
});

test('the name is answered from the roll while it stands there, and made up when it does not', () => {
	const [first] = turns;
	const name = /my name is (\w+)/.exec(first.asked)![1];
	expect(turns[1].answered).toContain(name);
	const last = turns[turns.length - 1];
	expect(last.asked).toBe(turns[1].asked);
	expect(last.answered).not.toContain(name);
	const held = last.blocks.filter(({ kept, turn }) => kept > 0 && turn < turns.length - 1);
	const words = held.map(({ turn, who }) => turns[turn][who === 'you' ? 'asked' : 'answered']);
	expect(words.join(' ')).not.toContain(name);
});

test('a chat far longer than the window keeps its end', () => {
	const long = Array.from({ length: 30 }, () => turns[2]);
	const blocks = blocksOf(requestAfter(long, 'What is my name?', 1));
	expect(blocks.length).toBe(61);
	expect(blocks.reduce((sum, { kept }) => sum + kept, 0)).toBe(manifest.config.context - 80);
	expect(blocks.at(-1)).toMatchObject({ turn: 30, who: 'you' });
	expect(blocks.at(-1)!.kept).toBe(blocks.at(-1)!.tokens);
	expect(blocks[0].kept).toBe(0);
});

test('the words count what was sent over and over', () => {
	expect(over(99, 21)).toBe('4.7 times over');
	expect(over(10, 10)).toBe('once');
	expect(finding([]).bold).toBe('An empty roll.');
	expect(finding(chat.slice(0, 2)).bold).toBe(
		'You typed 15 tokens, and 46 were sent: 3.1 times over.'
	);
	expect(finding(chat).rest).toMatch(/^Turn 1 has fallen off the roll\./);
	expect(finding(turns).rest).toMatch(/^Turns 1 and 2 have fallen off the roll\./);
});

test('a prompt that a model laid itself: its makers’ head apart, the question with what opens the answer', () => {
	const blocks = blocksIn({ head: 12, messages: [4, 5, 3], open: 2 });
	expect(blocks.map(({ turn, who, tokens, kept }) => [turn, who, tokens, kept])).toEqual([
		[0, 'maker', 12, 12],
		[0, 'you', 4, 4],
		[0, 'reply', 5, 5],
		[1, 'you', 5, 5]
	]);
	const usage = { ...nothing, promptTokens: 26 };
	const one: Turn = { asked: '', answered: '', blocks, usage, recorded: false };
	expect([fresh(one), again(one), given(one), fallen(one)]).toEqual([5, 9, 12, 0]);
	// a vendor has seen its makers' part too
	expect(repeated([one, one], 1)).toBe(21);
	expect(blocksIn({ head: 0, messages: [4], open: 2 })).toMatchObject([{ who: 'you', tokens: 6 }]);
});
