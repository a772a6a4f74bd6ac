import { expect, test } from 'vitest';
import { createBackend } from '#lib/tiny/backend.ts';
import { operationsOfUse } from '#lib/tiny/count.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { configOf, dequantise } from '#lib/tiny/quantise.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import { Answer } from './answer.ts';
import { Looker } from './looker.ts';
import { smallModel } from './testing/small-model.ts';

const { bytes, tokenizer, config } = smallModel();
const backend = createBackend('wasm', Generator.bytesNeeded(configOf(bytes), 2));
const writer = new Generator(dequantise(bytes, backend));
const looker = new Looker(new Generator(writer.weights), tokenizer);

const request = {
	messages: [{ role: 'user' as const, content: 'Who read the clock?' }],
	temperature: 1,
	topK: 0,
	seed: 3,
	maxTokens: 20
};

test('what it sees is what an answer is drawn from, token after token, while the answer is written', () => {
	const answer = new Answer(writer, tokenizer, request);
	answer.read();
	const written: number[] = [];
	while (!answer.over) {
		const look = looker.look(request, written, 'none');
		const { id, logprob, alternatives } = answer.next();
		expect(look.promptTokens).toBe(answer.promptTokens);
		expect(look.ids.slice(answer.promptTokens)).toEqual(written);
		expect(look.logprobs[id!]).toBe(logprob);
		expect(alternatives!.map(({ id, logprob }) => logprob === look.logprobs[id!])).toEqual(
			Array(5).fill(true)
		);
		written.push(id!);
	}
	expect(written.length).toBe(20);
});

test('a text that goes on is read from where it parts, and the same text costs one token', () => {
	const before = looker.steps;
	const { ids } = looker.look(request, [5, 6, 7], 'none');
	const first = looker.steps - before;
	looker.look(request, [5, 6, 7], 'none');
	expect(looker.steps - before - first).toBe(1);
	looker.look(request, [5, 6, 7, 8], 'none');
	expect(looker.steps - before - first).toBe(2);
	const { logits } = looker.look(request, [5, 9], 'none');
	expect(looker.steps - before - first).toBe(3);

	const fresh = new Generator(writer.weights);
	expect(Array.from(logits)).toEqual(Array.from(fresh.read([...ids.slice(0, -2), 9])));
});

test('insides are those of the last token, and change no score', () => {
	const plain = looker.look(request, [5, 6], 'none');
	const { logits, logprobs, insides, ids } = looker.look(request, [5, 6], 'last');
	expect(plain.insides).toBeUndefined();
	expect(Array.from(logits)).toEqual(Array.from(plain.logits));
	expect(Array.from(logprobs)).toEqual(Array.from(logProbabilities(logits)));
	expect(insides!.layers[1].attention[0].length).toBe(ids.length);
});

test.each([
	['a full window', Array.from({ length: config.context }, () => 5), /holds 64 tokens/],
	['a token there is not', [config.vocabulary], /no such token/],
	['no number', [NaN], /no such token/]
])('%s is told, and the next look works', (_, written, sentence) => {
	expect(() => looker.look(request, written, 'none')).toThrow(sentence);
	expect(looker.look(request, [5], 'none').logprobs.length).toBe(config.vocabulary);
});

test('all of a short text can be looked into: the scores are those of a plain look', () => {
	const plain = looker.look(request, [5, 6], 'none');
	const { logits, workings, ids } = looker.look(request, [5, 6], 'all');
	expect(Array.from(logits)).toEqual(Array.from(plain.logits));
	expect(workings!.tokens).toBe(ids.length);
	const { insides } = looker.look(request, [5, 6], 'last');
	const last = (values: Float32Array, width: number) => Array.from(values.slice(-width));
	insides!.layers.forEach(({ attention, output }, layer) => {
		const all = workings!.layers[layer];
		expect(last(all.output, config.width)).toEqual(Array.from(output));
		attention.forEach((shares, head) => {
			expect(last(all.attention[head], ids.length)).toEqual(Array.from(shares));
		});
	});
	// and the next look goes on from it
	const before = looker.steps;
	looker.look(request, [5, 6, 7], 'none');
	expect(looker.steps - before).toBe(1);
});

test('a text written again costs what the formulas say, with the cache and without, and scores the same', () => {
	const written = [5, 6, 7, 8];
	const { kept, again, same } = looker.retrace(request, written);
	const { promptTokens } = looker.look(request, [], 'none');
	expect(same).toBe(true);
	expect(kept.map(({ tokens }) => tokens)).toEqual([promptTokens, 1, 1, 1, 1]);
	expect(again.map(({ tokens }) => tokens)).toEqual([0, 1, 2, 3, 4].map((i) => promptTokens + i));
	const sum = (passes: typeof kept) => passes.reduce((all, { operations }) => all + operations, 0);
	expect(sum(kept)).toBe(operationsOfUse(config, promptTokens, written.length + 1).total);
	expect(sum(again)).toBe(
		again.reduce((all, { tokens }) => all + operationsOfUse(config, tokens, 1).total, 0)
	);
	for (const { ms } of [...kept, ...again]) expect(ms).toBeGreaterThanOrEqual(0);
	expect(Array.from(looker.look(request, written, 'none').logits)).toEqual(
		Array.from(looker.look(request, written, 'all').logits)
	);
});

test('more than 32 tokens are not looked into, and a sentence says so', () => {
	const written = Array.from({ length: 30 }, () => 5);
	expect(() => looker.look(request, written, 'all')).toThrow(/at most 32 tokens/);
	expect(() => looker.retrace(request, written)).toThrow(/at most 32 tokens/);
	expect(looker.look(request, written, 'none').ids.length).toBeGreaterThan(32);
});
