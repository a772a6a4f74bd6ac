import { expect, test } from 'vitest';
import { createBackend } from '#lib/tiny/backend.ts';
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
		const look = looker.look(request, written, false);
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
	const { ids } = looker.look(request, [5, 6, 7], false);
	const first = looker.steps - before;
	looker.look(request, [5, 6, 7], false);
	expect(looker.steps - before - first).toBe(1);
	looker.look(request, [5, 6, 7, 8], false);
	expect(looker.steps - before - first).toBe(2);
	const { logits } = looker.look(request, [5, 9], false);
	expect(looker.steps - before - first).toBe(3);

	const fresh = new Generator(writer.weights);
	expect(Array.from(logits)).toEqual(Array.from(fresh.read([...ids.slice(0, -2), 9])));
});

test('insides are those of the last token, and change no score', () => {
	const plain = looker.look(request, [5, 6], false);
	const { logits, logprobs, insides, ids } = looker.look(request, [5, 6], true);
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
	expect(() => looker.look(request, written, false)).toThrow(sentence);
	expect(looker.look(request, [5], false).logprobs.length).toBe(config.vocabulary);
});
