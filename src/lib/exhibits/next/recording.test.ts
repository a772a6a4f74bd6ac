/** @file What is recorded is what the pocket model does, and what the lesson says of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Answer } from '#lib/engine/pocket/answer.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import json from '#lib/engine/pocket/tokenizer.json';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Random } from '#lib/tiny/random.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import first from './first.json';
import { glanceAt } from './glance.ts';
import opening from './recorded.json';
import { stripOf, type Recording } from './recording.ts';
import { OPENING, requestOf, SEED } from './request.ts';
import { ofDice, rankAt, rulerOf } from './ruler.ts';
import said from './said.json';
import { pack, unpack } from './strip-data.ts';
import { sentFor } from './tokens.ts';

const whole: Recording = JSON.parse(readFileSync('static/runs/next-token.json', 'utf8'));
const tokenizer = Tokenizer.fromJSON(json as unknown as TokenizerJson);
const backend = createBackend('wasm', Generator.bytesNeeded(manifest.config));
const generator = new Generator(
	dequantise(readFileSync(`static/pocket/${manifest.weights.file}`), backend)
);

describe('the recorded strips', () => {
	test('are of the model, the opening and the seed of this site', () => {
		expect(whole.model.sha256).toBe(manifest.sha256);
		expect(whole.request).toEqual(requestOf(OPENING, { temperature: 1, topK: 0, seed: SEED }));
		expect(whole.ids).toEqual(sentFor(whole.request).ids);
		const { steps, ...about } = opening;
		expect({ ...about, steps }).toEqual({ ...whole, steps: whole.steps.slice(0, 1) });
	});

	test('are what the model computes, and draw what is drawn live', () => {
		const random = new Random(SEED);
		generator.reset();
		generator.read(whole.ids.slice(0, -1));
		let token = whole.ids.at(-1)!;
		for (const step of whole.steps) {
			const { logits, insides } = generator.inspect(token);
			const logprobs = logProbabilities(logits);
			expect(step.logprobs).toBe(pack(logprobs));
			expect(step.number).toBe(random.next());
			expect(step.glance).toEqual(glanceAt(insides, logits[0] - logprobs[0]));
			const kept = rulerOf(stripOf(step).logprobs, whole.request);
			for (const ruler of [kept, rulerOf(logprobs, whole.request)]) {
				expect(ruler.ids[rankAt(ruler, step.number)]).toBe(step.id);
			}
			token = step.id;
		}
		expect(tokenizer.text(token)).toBe('<end>');
	});

	test('say how much was looked at every token, which adds up to one', () => {
		whole.steps.forEach(({ glance }, i) => {
			expect(glance.looks).toHaveLength(whole.ids.length + i);
			expect(glance.looks.reduce((a, b) => a + b)).toBeCloseTo(1, 3);
		});
	});
});

test('the candidates and the dice of the lesson are those of the first strip', () => {
	const ruler = rulerOf(unpack(whole.steps[0].logprobs), whole.request);
	const text = (rank: number) => tokenizer.text(ruler.ids[rank]);
	expect(first.candidates.map((one) => one.text)).toEqual(
		[0, 1, 2, 3, 4].map((rank) => text(rank).trim())
	);
	expect(first.drawn).toBe(rankAt(ruler, whole.steps[0].number));
	for (let n = 0; n < 100; n++) {
		const entry = first.dice.findLast(([from]) => Number(from) <= n)!;
		expect(entry[1]).toBe(text(rankAt(ruler, ofDice(n))).trim());
	}
});

test.each([said.wrong, said.right])(
	'with seed $seed the model says what the lesson quotes',
	(quoted) => {
		const answer = new Answer(generator, tokenizer, {
			messages: [{ role: 'user', content: said.prompt }],
			temperature: said.temperature,
			topK: 0,
			seed: quoted.seed,
			maxTokens: 200
		});
		answer.read();
		let text = '';
		while (!answer.over) text += answer.next().text;
		expect(text).toBe(quoted.text);
	}
);

test('a packed strip comes back within a thousandth of each share', () => {
	const logprobs = Float32Array.of(-0.1, -2.34567, -12.5, -25);
	unpack(pack(logprobs))
		.slice(0, 3)
		.forEach((kept, i) => expect(Math.abs(Math.exp(kept - logprobs[i]) - 1)).toBeLessThan(1e-3));
	expect(unpack(pack(logprobs))[3]).toBeLessThan(-21);
});
