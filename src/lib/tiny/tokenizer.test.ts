import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';
import { StreamDecoder, Tokenizer, trainTokenizer } from './tokenizer.ts';

const text =
	'The old boat waited by the harbour. The baker waved, and the boat waved back. ' +
	'“How many loaves?” asked the baker’s boy. “12, or 13 — naïve 🙂,” said the old man.\n\n';
const specials = ['<end>', '<you>', '<reply>'];
const tokenizer = trainTokenizer([text.repeat(3), 'the boat, the baker'], 330, specials);

const nasty = [
	'',
	' ',
	'   two   spaces  ',
	'\n\n\t\r\n tabs\tand\nlines \n',
	'ordinary text, 3.14159 of it',
	'naïve café — “quoted” …',
	'日本語のテキスト 한국어 العربية हिन्दी',
	'🙂👩‍👩‍👧‍👦🏳️‍🌈 e\u0301 \u200b\ufeff at the start',
	'\ufeffbyte order mark',
	'\u0000\u0001\u007f\u0080\u00ff\uffff',
	'<end><you> <reply>',
	'x'.repeat(1000),
	'🙂'.repeat(100),
	' '.repeat(500) + 'end'
];

describe('encoding', () => {
	test.each(nasty)('gives back %j unchanged', (text) => {
		expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
	});

	test('gives back random characters of every kind', () => {
		const random = new Random(1);
		for (let i = 0; i < 300; i++) {
			let text = '';
			for (let j = random.below(40); j > 0; j--) {
				const limit = [0x80, 0x800, 0x10000, 0x110000][random.below(4)];
				const point = random.below(limit);
				text += String.fromCodePoint(point >= 0xd800 && point < 0xe000 ? 32 : point);
			}
			expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
		}
	});

	test('turns half a surrogate pair into U+FFFD', () => {
		expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
		expect(tokenizer.decode(tokenizer.encode('\udc00'))).toBe('\ufffd');
	});

	test('never gives a special token', () => {
		for (const text of [...nasty, specials.join('')]) {
			expect(tokenizer.encode(text).some((id) => tokenizer.isSpecial(id))).toBe(false);
		}
	});

	test('makes frequent words single tokens, with the space before them', () => {
		expect(tokenizer.encode(' the boat').map((id) => tokenizer.text(id))).toEqual([
			' the',
			' boat'
		]);
	});

	test('keeps digits apart', () => {
		expect(tokenizer.encode('2026').map((id) => tokenizer.text(id))).toEqual(['2', '0', '2', '6']);
	});

	test('joins the earliest learned pair first, one place after the other', () => {
		const { merges } = tokenizer.toJSON();
		const firstMerge = tokenizer.size - merges.length;
		const random = new Random(5);

		for (let i = 0; i < 200; i++) {
			const word = Array.from({ length: 30 }, () => 'abehortv'[random.below(8)]).join('');
			const ids = [...new TextEncoder().encode(word)];
			for (;;) {
				const which = merges.findIndex(([left, right]) =>
					ids.some((id, i) => id === left && ids[i + 1] === right)
				);
				if (which < 0) break;
				const [left, right] = merges[which];
				const at = ids.findIndex((id, i) => id === left && ids[i + 1] === right);
				ids.splice(at, 2, firstMerge + which);
			}
			expect(tokenizer.encode(word)).toEqual(ids);
		}
	});

	test('is the same when asked again', () => {
		expect(tokenizer.encode(text)).toEqual(tokenizer.encode(text));
	});

	test('takes a word of a million letters in its stride', { timeout: 30_000 }, () => {
		for (const letter of ['a', ' ', '!', '\n', '🙂']) {
			const long = letter.repeat(1e6 / letter.length);
			expect(tokenizer.decode(tokenizer.encode(long)) === long).toBe(true);
		}
	});
});

describe('decoding', () => {
	test('takes any bytes', () => {
		const ids = [0xff, 0xfe, 65, 0xc3, 66, 0xf0, 0x9f];
		expect(tokenizer.decode(ids)).toBe('\ufffd\ufffdA\ufffdB\ufffd');
		expect(ids.map((id) => tokenizer.bytes(id)[0])).toEqual(ids);
	});

	test('leaves special tokens out, and shows one by name', () => {
		const end = tokenizer.special('<end>');
		expect(tokenizer.decode([65, end, 66])).toBe('AB');
		expect(tokenizer.text(end)).toBe('<end>');
		expect(tokenizer.bytes(end)).toEqual(new Uint8Array());
	});

	test('refuses ids and names that do not exist', () => {
		expect(() => tokenizer.decode([tokenizer.size])).toThrow('no token');
		expect(() => tokenizer.special('<stop>')).toThrow('no special token <stop>');
	});

	test('as a stream holds back half a character', () => {
		const stream = new StreamDecoder(tokenizer);
		const bytes = [...new TextEncoder().encode('é🙂!')];
		expect(bytes.map((byte) => stream.push(byte))).toEqual(['', 'é', '', '', '', '🙂', '!']);
		expect(stream.flush()).toBe('');

		expect(stream.push(0xf0)).toBe('');
		expect(stream.flush()).toBe('\ufffd');
		expect(stream.push(65)).toBe('A');
	});
});

describe('training', () => {
	test('gives the same tokens for the same texts', () => {
		const again = trainTokenizer([text.repeat(3), 'the boat, the baker'], 330, specials);
		expect(again.toJSON()).toEqual(tokenizer.toJSON());
	});

	test('joins the most frequent pair first', () => {
		const { merges } = trainTokenizer(['abab abab cdcd'], 259, []).toJSON();
		const [a, b, c, d] = [...'abcd'].map((letter) => letter.charCodeAt(0));
		expect(merges).toEqual([
			[a, b], // four times
			[c, d], // twice, like 256 256, but with smaller ids
			[256, 256]
		]);
	});

	test('stops when no pair occurs twice', () => {
		expect(trainTokenizer(['abc'], 1000, []).size).toBe(256);
	});

	test('refuses sizes that cannot hold the bytes', () => {
		expect(() => trainTokenizer([], 258, specials)).toThrow('259 to 65536');
	});
});

test('the plain form brings the same tokenizer back', () => {
	const copy = Tokenizer.fromJSON(JSON.parse(JSON.stringify(tokenizer)));
	expect(copy.size).toBe(tokenizer.size);
	expect(copy.specials).toEqual(specials);
	expect(copy.encode(text)).toEqual(tokenizer.encode(text));
	expect(() => new Tokenizer({ specials, merges: [[300, 1]] })).toThrow('joins no two tokens');
	expect(() => new Tokenizer({ specials: ['a', 'a'], merges: [] })).toThrow('alike');
});
