import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Answer } from '#lib/engine/pocket/answer.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import { fingerprint } from '#lib/engine/training/fingerprint.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import tokenizerJson from '#lib/engine/pocket/tokenizer.json';
import recorded from './recorded.json';
import { requestOf } from './request.ts';
import { questions } from './questions.ts';
import { FIRST_SEED } from './seed.ts';

const bytes = readFileSync(`static/pocket/${manifest.weights.file}`);
const weights = dequantise(bytes, createBackend('wasm', Generator.bytesNeeded(manifest.config)));
const generator = new Generator(weights);
const tokenizer = Tokenizer.fromJSON(tokenizerJson as unknown as TokenizerJson);
const hash = () => fingerprint(weights.values as Float32Array<ArrayBuffer>);

function answer(messages: Parameters<typeof requestOf>[0], seed: number): string {
	const answer = new Answer(generator, tokenizer, requestOf(messages, seed));
	answer.read();
	let text = '';
	while (!answer.over) text += answer.next().text;
	return text;
}

test('what was recorded is of the model that ships', () => {
	expect(recorded.sha256).toBe(manifest.sha256);
	expect(recorded.asked.weights).toBe(weights.values.length);
});

test('the fingerprint is the recorded one before and after prompts, and one changed weight would show', async () => {
	expect(await hash()).toBe(recorded.asked.sha256);
	for (const [i, question] of questions.slice(0, 5).entries()) {
		answer([{ role: 'user', content: question }], FIRST_SEED + i);
		expect(await hash()).toBe(recorded.asked.sha256);
	}
	const last = weights.values.length - 1;
	const value = weights.values[last];
	weights.values[last] = Math.fround(value + Math.abs(value) * 2 ** -22);
	expect(weights.values[last]).not.toBe(value);
	expect(await hash()).not.toBe(recorded.asked.sha256);
	weights.values[last] = value;
	expect(await hash()).toBe(recorded.asked.sha256);
});

test('the recorded answers are what the model says today', () => {
	const at = questions.indexOf(recorded.last.asked);
	expect(at).toBe(99);
	expect(answer([{ role: 'user', content: recorded.last.asked }], FIRST_SEED + at)).toBe(
		recorded.last.answered
	);
	const [told, within, anew] = recorded.taught.said;
	const user = (content: string) => ({ role: 'user' as const, content });
	const chat = [user(told.asked), { role: 'assistant' as const, content: told.answered }];
	expect(answer([user(told.asked)], FIRST_SEED)).toBe(told.answered);
	expect(answer([...chat, user(within.asked)], FIRST_SEED)).toBe(within.answered);
	expect(answer([user(anew.asked)], FIRST_SEED)).toBe(anew.answered);
});

test('in training no two of the recorded fingerprints are alike', () => {
	expect(recorded.learnt.sha256).toHaveLength(101);
	expect(new Set(recorded.learnt.sha256).size).toBe(101);
});

test('a hundred prompts, each another', () => {
	expect(new Set(questions).size).toBe(100);
});
