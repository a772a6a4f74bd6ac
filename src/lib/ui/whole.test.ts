import { expect, test } from 'vitest';
import { wholesIn } from './whole.js';

const names = (text: string) => wholesIn(text).filter((_, i) => i % 2);

test('names with a hyphen are kept whole, the full stop after them is not theirs', () => {
	expect(names('Beside GPT-3 175B, DeepSeek-V3 took 49 times the tokens of GPT-3.')).toEqual([
		'GPT-3',
		'DeepSeek-V3',
		'GPT-3'
	]);
	expect(names('GPT-3.5, Qwen2.5-1.5B and gpt-oss-120b; “BERT-Large”')).toEqual([
		'GPT-3.5',
		'Qwen2.5-1.5B',
		'gpt-oss-120b',
		'BERT-Large'
	]);
});

test('other words break as they always did, and long names do where they must', () => {
	expect(names('a price-performance frontier, the long-known fine-tune, – and - as ever')).toEqual(
		[]
	);
	expect(names('Qwen3-235B-A22B, Megatron-Turing and DeepSeek-V4-Pro')).toEqual([]);
	expect(names('https://example.org/GPT-3-is-here/')).toEqual([]);
});

test.each(['', 'GPT-3', 'no name', 'GPT-3 and GPT-4', '-', 'GPT-4o-'])(
	'the parts together are the text: %j',
	(text) => {
		expect(wholesIn(text).join('')).toBe(text);
	}
);
