import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { weights } from '../pocket/manifest.json';
import json from '../pocket/tokenizer.json';
import { Course } from './course.ts';
import { ProcessorLearner } from './learner.ts';
import { pocketTuning } from './pocket-tuning.ts';
import type { FromWorker } from './protocol.ts';
import { BATCH, planOfTuning, type Tuning, TuningMaterial } from './tuning.ts';
import { Viewer } from './viewer.ts';

const tokenizer = Tokenizer.fromJSON(json as TokenizerJson);
const lines = [
	{ ask: 'What is my cat called?', say: 'Your cat is called Biscuit.' },
	{ ask: 'Who is Biscuit?', say: 'Biscuit is your cat. He sleeps on the piano.' }
];
const tuning: Tuning = { lines, steps: 10, seed: 1, rate: 1e-3 };
const file = readFileSync(`static/pocket/${weights.file}`);
const url = `data:application/octet-stream;base64,${file.toString('base64')}`;

test('the pocket model learns a few lines in a few steps, and forgets some of the rest', async () => {
	const { material, config, values } = await pocketTuning(tuning, url);
	const told: FromWorker[] = [];
	const course = new Course({
		plan: planOfTuning(tuning),
		reading: material,
		learner: ProcessorLearner.on(config, values, 1),
		viewer: new Viewer(config, material.tokenizer),
		tell: (message) => told.push(message),
		breathe: async () => {}
	});
	expect(await course.learn(Infinity)).toBe('done');

	const pictures = told.filter((message) => message.type === 'picture');
	expect(pictures).toHaveLength(11);
	expect(pictures[0].text).not.toContain('Biscuit');
	expect(pictures.at(-1)!.text).toBe('Your cat is called Biscuit.');
	const held = told.filter((message) => message.type === 'held');
	expect(held.at(-1)!.loss).toBeGreaterThan(held[0].loss + 0.05);
}, 30_000);

describe('what a reader teaches', () => {
	test('is learnt as conversations, each whole, in an order of its own for every step', () => {
		const material = new TuningMaterial(tuning, tokenizer, []);
		const batch = material.batch(0);
		expect(batch).toHaveLength(BATCH);
		for (const ids of batch) {
			expect(ids.length).toBeLessThanOrEqual(96);
			expect(ids[0]).toBe(tokenizer.special('<you>'));
			expect(ids.at(-1)).toBe(tokenizer.special('<end>'));
		}
		expect(material.batch(0)).toEqual(batch);
		expect(material.batch(1)).not.toEqual(batch);
		expect(new TuningMaterial({ ...tuning, seed: 2 }, tokenizer, []).batch(0)).not.toEqual(batch);
	});

	test('is cut where it is too long, and fits the window of the model', () => {
		const long = { ask: 'why '.repeat(900), say: '€'.repeat(900) };
		const material = new TuningMaterial({ ...tuning, lines: [long] }, tokenizer, []);
		for (const ids of material.batch(0)) expect(ids.length).toBeLessThanOrEqual(200);
	});

	test.each([
		['nothing', []],
		['only white space', [{ ask: '  ', say: '\n' }]],
		['a question without an answer', [{ ask: 'Why?', say: '' }]]
	])('%s: is refused in a sentence', (_, lines) => {
		expect(() => new TuningMaterial({ ...tuning, lines }, tokenizer, [])).toThrow(
			'There is nothing to learn yet'
		);
	});

	test('is eight lines at most', () => {
		const many = Array.from({ length: 20 }, (_, i) => ({ ask: `${i}?`, say: `${i}.` }));
		expect(new TuningMaterial({ ...tuning, lines: many }, tokenizer, []).lines).toBe(8);
	});
});

test('the learning rate rises over two steps and falls to nearly nothing', () => {
	const { schedule, pictures } = planOfTuning(tuning);
	expect(schedule).toEqual({ peak: 1e-3, warmUp: 2, steps: 10, floor: 0.05 });
	expect(pictures).toHaveLength(11);
});
