import { expect, test, vi } from 'vitest';
import type { Request } from '#lib/events.ts';
import { promptOf } from './chat.ts';
import { smallModel } from './testing/small-model.ts';

const { tokenizer } = smallModel();
const WIDE = 10_000;

/** A prompt written out, markers by name. */
function shown(
	messages: Request['messages'] | string,
	{ context = WIDE, maxTokens = 10 }: { context?: number; maxTokens?: number } = {}
) {
	const list: Request['messages'] =
		typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages;
	const { ids, forgotten } = promptOf({ messages: list, maxTokens }, tokenizer, context);
	let text = '';
	let plain: number[] = [];
	for (const id of ids) {
		if (!tokenizer.isSpecial(id)) plain.push(id);
		else {
			text += tokenizer.decode(plain) + tokenizer.text(id);
			plain = [];
		}
	}
	return { text: text + tokenizer.decode(plain), count: ids.length, ids, forgotten };
}

test('a question stands between the marker of the reader and that of the answer', () => {
	expect(shown('Who read the clock?').text).toBe('<you>Who read the clock?<reply>');
});

test('a conversation alternates, and each answer in it ends', () => {
	expect(
		shown([
			{ role: 'user', content: 'One?' },
			{ role: 'assistant', content: 'One.' },
			{ role: 'user', content: 'Two?' }
		]).text
	).toBe('<you>One?<reply>One.<end><you>Two?<reply>');
});

test('what the system says is plain text at the head of the first question', () => {
	expect(
		shown([
			{ role: 'system', content: 'Be short.' },
			{ role: 'user', content: 'One?' }
		]).text
	).toBe('<you>Be short.\nOne?<reply>');
});

test('neighbours of the same speaker are joined, and an answer without a question gets an empty one', () => {
	expect(
		shown([
			{ role: 'assistant', content: 'Welcome.' },
			{ role: 'user', content: 'One?' },
			{ role: 'user', content: 'Or two?' }
		]).text
	).toBe('<you><reply>Welcome.<end><you>One?\nOr two?<reply>');
});

test('an answer at the end is left open for the model to go on with', () => {
	expect(
		shown([
			{ role: 'user', content: 'Tell.' },
			{ role: 'assistant', content: 'The moon' }
		]).text
	).toBe('<you>Tell.<reply>The moon');
});

test('nothing, or nothing but white space, lets the model just start', () => {
	for (const messages of [[], '', ' \n\t  ', ' '.repeat(1e6)]) {
		const { text, forgotten } = shown(messages);
		expect(text).toBe('<you><reply>');
		expect(forgotten).toBe(false);
	}
});

test('no text of a reader can produce a marker', () => {
	for (const text of ['<end>', '<you><reply><end>', 'a<reply>b', '<<end>>']) {
		const { ids } = shown(text);
		expect(ids.filter((id) => tokenizer.isSpecial(id))).toEqual([
			tokenizer.special('<you>'),
			tokenizer.special('<reply>')
		]);
		expect(tokenizer.decode(ids)).toBe(text);
	}
});

test('emoji, right-to-left, HTML and control characters reach the model unchanged', () => {
	for (const text of [
		'👩‍👩‍👧‍👦 🏴‍☠️',
		'مرحبا \u202e abc',
		'<script>alert(1)</script>',
		'a\u0000b\u0007\u001b[31m',
		'z\u0310'.repeat(50)
	]) {
		expect(shown(text).text).toBe(`<you>${text}<reply>`);
	}
});

test('half a surrogate pair becomes the sign for what is no character', () => {
	expect(shown('a\ud83d').text).toBe('<you>a\ufffd<reply>');
});

test('of a text longer than the window the latest part is kept, behind its marker', () => {
	const text = Array.from({ length: 200 }, (_, i) => `${i}`).join(' ');
	const { text: kept, count, forgotten } = shown(text, { context: 64, maxTokens: 20 });

	expect(forgotten).toBe(true);
	expect(count).toBe(44);
	expect(kept).toMatch(/^<you>.* 198 199<reply>$/);
});

test('the marker that stands before the kept part is that of whoever was speaking', () => {
	const answer = 'The baker met the moon. '.repeat(20);
	const { text, count } = shown(
		[
			{ role: 'user', content: 'Tell.' },
			{ role: 'assistant', content: answer },
			{ role: 'user', content: 'Who?' }
		],
		{ context: 64 }
	);
	expect(text).toMatch(/^<reply>.*the moon\. <end><you>Who\?<reply>$/);
	expect(count).toBe(54);
});

test('wherever the cut falls, what is left is turns about with their markers', () => {
	const messages: Request['messages'] = [
		{ role: 'user', content: 'A' },
		{ role: 'assistant', content: 'B' },
		{ role: 'user', content: 'C' }
	];
	const limited = (limit: number) => shown(messages, { context: 2 * limit, maxTokens: 100 }).text;

	expect(limited(2)).toBe('<reply>');
	for (const limit of [3, 4, 5]) expect(limited(limit)).toBe('<you>C<reply>');
	for (const limit of [6, 7]) expect(limited(limit)).toBe('<reply>B<end><you>C<reply>');
	expect(limited(8)).toBe('<you>A<reply>B<end><you>C<reply>');
});

test('a cut never leaves half a character', () => {
	for (let limit = 10; limit < 20; limit++) {
		const { text } = shown('🌍🌎🌏'.repeat(9), { context: 2 * limit, maxTokens: 100 });
		expect(text).toMatch(/^<you>[🌍🌎🌏]+<reply>$/u);
	}
});

test('half the window is left for a long answer, and only what is needed for a short one', () => {
	const text = 'moon '.repeat(500);
	expect(shown(text, { context: 64, maxTokens: 1000 }).count).toBe(32);
	expect(shown(text, { context: 64, maxTokens: 4 }).count).toBe(60);
});

test('a megabyte is cut before it is tokenised, whatever it is made of', () => {
	const encode = vi.spyOn(tokenizer, 'encode');
	for (const unit of ['The moon. ', '🌙', '\u0000', '<end>', 'x', 'a\n', '你好']) {
		encode.mockClear();
		const text = unit.repeat(Math.ceil(1e6 / unit.length)) + 'end';
		const { text: kept, forgotten } = shown(text, { context: 256, maxTokens: 50 });

		expect(kept).toMatch(/end<reply>$/);
		expect(kept).not.toContain('\ufffd');
		expect(forgotten).toBe(true);
		for (const [part] of encode.mock.calls) expect(part.length).toBeLessThan(10_000);
	}
	encode.mockRestore();
});
