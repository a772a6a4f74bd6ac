import { expect, test } from 'vitest';
import { StreamDecoder } from '#lib/tiny/tokenizer.ts';
import { telling } from './telling.ts';
import { tokenizerFile } from './testing/scripted-llm.ts';
import { Vocabulary } from './vocabulary.ts';

const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

test('a byte-level list: every byte has its sign', () => {
	const vocabulary = new Vocabulary(tokenizerFile());
	expect(vocabulary.size).toBe(258);
	for (let byte = 0; byte < 256; byte++) expect([...vocabulary.bytes(byte)]).toEqual([byte]);
});

test('a byte-level list, as models write it', () => {
	const vocabulary = new Vocabulary({
		model: { type: 'BPE', vocab: { ĠHello: 0, 'Ã©': 1, ðŁĺ: 2, Ċ: 3, ĉ: 4, 'æĹ¥': 5 } },
		pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Digits' }, { type: 'ByteLevel' }] }
	});
	expect([0, 1, 3, 4, 5].map((id) => vocabulary.text(id))).toEqual([
		' Hello',
		'é',
		'\n',
		'\t',
		'日'
	]);
	expect([...vocabulary.bytes(2)]).toEqual(bytesOf('😀').slice(0, 3));
	expect(vocabulary.text(2)).toBe('\uFFFD');
});

test('a list of SentencePiece: spaces are signs, bytes are named, and added tokens read as they are written', () => {
	const vocabulary = new Vocabulary({
		model: { type: 'BPE', vocab: { '<unk>': 0, '<s>': 1, '</s>': 2, '<0xF0>': 3, '<0x0A>': 4, '▁the': 5, '▁▁': 6, é: 7 } }, // prettier-ignore
		added_tokens: [
			{ id: 2, content: '</s>', special: true },
			{ id: 8, content: '<think>', special: false }
		],
		decoder: { type: 'Sequence', decoders: [{ type: 'ByteFallback' }] }
	});
	expect([...vocabulary.bytes(3)]).toEqual([0xf0]);
	expect([4, 5, 6, 7, 8].map((id) => vocabulary.text(id))).toEqual([
		'\n',
		' the',
		'  ',
		'é',
		'<think>'
	]);
	expect(vocabulary.isSpecial(2)).toBe(true);
	expect(vocabulary.isSpecial(8)).toBe(false);
	expect([vocabulary.text(2), vocabulary.bytes(2).length]).toEqual(['</s>', 0]);
});

test('a list with scores', () => {
	const vocabulary = new Vocabulary({ model: { type: 'Unigram', vocab: [['<unk>', 0], ['▁a', -1.5]] } }); // prettier-ignore
	expect(vocabulary.text(1)).toBe(' a');
});

test('bytes of several tokens become characters as soon as they are whole', () => {
	const decoder = new StreamDecoder(new Vocabulary(tokenizerFile()));
	expect(bytesOf('a🙂').map((id) => decoder.push(id))).toEqual(['a', '', '', '', '🙂']);
	expect(decoder.push(0xf0)).toBe('');
	expect(decoder.flush()).toBe('\uFFFD');
});

test('ids that are not in the list have no bytes', () => {
	const vocabulary = new Vocabulary(tokenizerFile());
	for (const id of [-1, 258, 1e9, NaN]) expect(vocabulary.bytes(id).length).toBe(0);
});

test('what is no list of tokens is refused with a sentence', () => {
	for (const file of [
		null,
		1,
		[],
		{},
		{ model: {} },
		{ model: { vocab: { a: 'b', c: -1, d: 1e9 } } }
	]) {
		expect(() => new Vocabulary(file)).toThrow(telling.noTokenizer());
	}
});
