import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { configOf, dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { Answer } from './answer.ts';
import manifest from './manifest.json';
import record from './record.json';
import tokenizerJson from './tokenizer.json';

const here = (path: string) => readFileSync(new URL(path, import.meta.url));
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const folder = '../../../../static/pocket/';
const weights = here(folder + manifest.weights.file);

test('weights and tokenizer are, byte for byte, those of the manifest', () => {
	const tokenizer = here(`./${manifest.tokenizer.file}`);
	expect([weights.length, sha256(weights)]).toEqual([
		manifest.weights.bytes,
		manifest.weights.sha256
	]);
	expect([tokenizer.length, sha256(tokenizer)]).toEqual([
		manifest.tokenizer.bytes,
		manifest.tokenizer.sha256
	]);
	expect(manifest.weights.file).toBe(`weights-${manifest.weights.sha256.slice(0, 8)}.bin`);

	const lines = [manifest.weights, manifest.tokenizer].map(
		(entry) => `${entry.sha256}  ${entry.file}\n`
	);
	expect(manifest.sha256).toBe(sha256(lines.sort().join('')));
});

test('no weights of an earlier training lie beside them', () => {
	const files = readdirSync(new URL(folder, import.meta.url)).filter((name) =>
		name.endsWith('.bin')
	);
	expect(files).toEqual([manifest.weights.file]);
});

test('the shape in the file is the shape in the manifest, and fits the tokenizer', () => {
	const config = configOf(weights);
	expect(config).toEqual(manifest.config);
	expect(parameterCount(config)).toBe(manifest.parameters);
	const tokenizer = Tokenizer.fromJSON(tokenizerJson as TokenizerJson);
	expect(tokenizer.size).toBe(config.vocabulary);
	expect(tokenizer.specials).toEqual(manifest.specials);
	expect(manifest.specials).toEqual(['<end>', '<you>', '<reply>']);
});

test('the model answers as its record says it does', () => {
	const tokenizer = Tokenizer.fromJSON(tokenizerJson as TokenizerJson);
	const backend = createBackend('wasm', Generator.bytesNeeded(manifest.config));
	const generator = new Generator(dequantise(weights, backend));
	// the scores were made by asking prompt after prompt with the seeds 1, 2, 3 …
	const { replies, temperature } = record.scores;
	expect(replies.length).toBe(record.scores.prompts);

	for (const [i, { prompt, reply }] of replies.slice(0, 25).entries()) {
		const answer = new Answer(generator, tokenizer, {
			messages: [{ role: 'user', content: prompt }],
			temperature,
			topK: 0,
			seed: i + 1,
			maxTokens: 200
		});
		answer.read();
		let text = '';
		while (!answer.over) text += answer.next().text;
		expect(text).toBe(reply);
	}
});
