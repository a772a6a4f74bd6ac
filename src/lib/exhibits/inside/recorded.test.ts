import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Looker } from '#lib/engine/pocket/looker.ts';
import manifest from '#lib/engine/pocket/manifest.json';
import tokenizerJson from '#lib/engine/pocket/tokenizer.json';
import { createBackend } from '#lib/tiny/backend.ts';
import { operationsOfUse } from '#lib/tiny/count.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Random } from '#lib/tiny/random.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { rankAt, rulerOf } from '../next/ruler.ts';
import { pack as packScores, unpack as unpackScores } from '../next/strip-data.ts';
import { MOST_SENT, OPENING, requestOf, SEED } from './prompt.ts';
import json from './recorded.json';
import passes from './recorded-passes.json';
import type { LaterPasses, Recording } from './recording.ts';
import { looksAt, meanLooks, pack, rowOf, unpack, vectorAt } from './workings.ts';

const recorded = json as unknown as Recording;
const bytes = readFileSync(`static/pocket/${manifest.weights.file}`);
const weights = dequantise(bytes, createBackend('wasm', Generator.bytesNeeded(manifest.config)));
const tokenizer = Tokenizer.fromJSON(tokenizerJson as unknown as TokenizerJson);
const looker = new Looker(new Generator(weights), tokenizer);
const request = requestOf(OPENING, { temperature: 1, topK: 0, seed: SEED });
const look = looker.look(request, [], 'all');
const kept = unpack(recorded.workings);
const later = passes as LaterPasses;
const read = recorded.written.slice(0, -1).map(({ id }) => id);

const most = (values: Float32Array) => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

test('what was recorded is of the model that ships, and of the text the exhibit opens with', () => {
	expect(recorded.model.sha256).toBe(manifest.sha256);
	expect(recorded.request).toEqual(request);
	expect(recorded.ids).toEqual(look.ids);
	expect(look.ids.length).toBeLessThanOrEqual(MOST_SENT);
});

test('every recorded number is the model’s own, rounded', () => {
	const { workings } = look;
	const tokens = kept.tokens;
	expect(tokens).toBe(workings!.tokens);
	expect(pack(workings!, tokens - 1)).toEqual(recorded.workings);
	const near = (a: Float32Array, b: Float32Array) => {
		expect(a.length).toBe(b.length);
		const step = most(b) / 127;
		expect(Array.from(a, Math.sign)).toEqual(Array.from(b, Math.sign));
		a.forEach((x, i) => expect(Math.abs(x - b[i])).toBeLessThanOrEqual(step + 1e-6));
	};
	for (let token = 0; token < tokens; token++) {
		for (let stage = 0; stage <= manifest.config.layers; stage++) {
			near(vectorAt(kept, stage, token), vectorAt(workings!, stage, token));
		}
		for (let i = 0; i < 16; i++) {
			const looks = looksAt(kept, i >> 2, i & 3, token);
			looksAt(workings!, i >> 2, i & 3, token).forEach((share, at) => {
				expect(Math.abs(looks[at] - share)).toBeLessThanOrEqual(1 / 255);
			});
		}
	}
	kept.layers.forEach(({ looked, middle }, layer) => {
		const own = workings!.layers[layer];
		near(rowOf(looked, tokens, tokens - 1), rowOf(own.looked, tokens, tokens - 1));
		near(rowOf(middle, tokens, tokens - 1), rowOf(own.middle, tokens, tokens - 1));
	});
	const mean = meanLooks(workings!, 2, tokens - 1);
	expect(mean.length).toBe(tokens);
	expect(mean.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 5);
});

test('the operations with the cache and without are those of today, and of the formulas', () => {
	const { kept, again, same } = looker.retrace(request, read);
	const counts = (passes: typeof kept) =>
		passes.map(({ tokens, operations }) => ({ tokens, operations }));
	expect(counts(recorded.retraced.kept)).toEqual(counts(kept));
	expect(counts(recorded.retraced.again)).toEqual(counts(again));
	expect(same && recorded.retraced.same).toBe(true);
	const sum = kept.reduce((all, { operations }) => all + operations, 0);
	expect(sum).toBe(operationsOfUse(manifest.config, look.promptTokens, read.length + 1).total);
});

test('the later passes are the model’s own as well, each as it comes to its number and its token', () => {
	const { workings } = looker.look(request, read, 'all');
	expect(pack(workings!, look.ids.length)).toEqual(later.workings);
	expect(later.logprobs.length).toBe(read.length);
	const random = new Random(SEED);
	recorded.written.forEach(({ number, id }, pass) => {
		const { logits, logprobs } = looker.look(request, read.slice(0, pass), 'none');
		expect(random.next()).toBe(number);
		if (!pass) return;
		expect(later.logprobs[pass - 1]).toBe(packScores(logprobs));
		const kept = unpackScores(later.logprobs[pass - 1]);
		const ruler = rulerOf(kept, request);
		expect(ruler.ids[rankAt(ruler, number)]).toBe(id);
		expect(later.levels[pass - 1]).toBeCloseTo(logits[0] - logprobs[0], 3);
	});
});

test('what the first pass shows stays to the last bit when the later ones come', () => {
	const all = unpack(later.workings);
	for (let token = 0; token < kept.tokens; token++) {
		for (let stage = 0; stage <= manifest.config.layers; stage++) {
			expect(vectorAt(all, stage, token)).toEqual(vectorAt(kept, stage, token));
		}
		for (let i = 0; i < 16; i++) {
			expect(looksAt(all, i >> 2, i & 3, token)).toEqual(looksAt(kept, i >> 2, i & 3, token));
		}
	}
});
