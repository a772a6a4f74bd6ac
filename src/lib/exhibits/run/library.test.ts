import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Answer } from '#lib/engine/pocket/answer.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import tokenizerJson from '#lib/engine/pocket/tokenizer.json';
import { readRecord } from '#lib/engine/record.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import index from './library.json';
import { prompts } from './prompts.ts';

const bytes = readFileSync(`static/pocket/${manifest.weights.file}`);
const generator = new Generator(
	dequantise(bytes, createBackend('wasm', Generator.bytesNeeded(manifest.config)))
);
const tokenizer = Tokenizer.fromJSON(tokenizerJson as unknown as TokenizerJson);
const runs = index.map(({ file, ...entry }) => ({
	file,
	...entry,
	json: JSON.parse(readFileSync(`static/runs/${file}`, 'utf8'))
}));

test('there is one for each prompt that is offered, and no other', () => {
	expect(index.map(({ prompt }) => prompt)).toEqual(prompts);
	expect(readdirSync('static/runs/library').sort()).toEqual(
		index.map(({ file }) => file.replace('library/', '')).sort()
	);
});

test.each(runs)('$prompt: what the present model writes', ({ prompt, tokens, json }) => {
	const record = readRecord(json);
	expect(record.model.sha256).toBe(manifest.sha256);
	expect(record.request.messages).toEqual([{ role: 'user', content: prompt }]);
	expect(record.tokens.length).toBe(tokens);
	expect(json.cuts.length).toBe(record.usage.promptTokens);

	const answer = new Answer(generator, tokenizer, record.request);
	answer.read();
	const ids: number[] = [];
	while (!answer.over) ids.push(answer.next().id!);
	expect(record.tokens.map(({ id }) => id)).toEqual(ids);
});
