import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { absent, changed, hostile, places } from '../testing/hostile.ts';
import { bytesOf } from './base64.ts';
import { fingerprint } from './fingerprint.ts';
import { ProcessorLearner } from './learner.ts';
import { Reading } from './reading.ts';
import { first } from './recipe.ts';
import { fileOf, readTrainedModel, type TrainedModel } from './trained-model.ts';
import { Viewer } from './viewer.ts';

const schema = JSON.parse(readFileSync('static/schema/trained-model.json', 'utf8'));
const bySchema = new Ajv2020({ strict: true, strictTuples: false }).compile(schema);

const reading = new Reading({
	...first,
	text: { own: 'Öl und Wein und Öl. '.repeat(20) },
	cut: 'pairs'
});
const config = { layers: 1, width: 8, heads: 2, context: 64, vocabulary: reading.tokenizer.size };
const learner = ProcessorLearner.new(config, 1);
learner.step(reading.batch(0), 1e-2);

const model: TrainedModel = {
	name: 'Öl',
	date: '2026-11-26T08:20:00.000Z',
	version: '0.4.0',
	device: { cores: 2, system: 'Linux' },
	text: 'own',
	cut: 'pairs',
	seed: 1,
	rate: 1e-2,
	on: 'wasm',
	spent: {
		steps: 1,
		tokens: 512,
		learning: 1e6,
		looking: 1e3,
		learningMs: 12.5,
		lookingMs: 0.5,
		onGpu: { steps: 1, ms: 10.5 }
	},
	wattHours: { low: 0.001, high: 0.004 },
	guessing: 3.3,
	losses: [
		[0, 3.31],
		[1, 3.2]
	],
	held: [[0, 3.3]],
	prompt: 'Öl und',
	pictures: [{ step: 0, text: 'wnd Ö' }],
	config,
	tokenizer: reading.tokenizer.toJSON(),
	sha256: await fingerprint(learner.weights()),
	values: learner.weights()
};
const file = JSON.parse(fileOf(model));

const verdict = async (value: unknown) =>
	readTrainedModel(JSON.stringify(value)).then(
		() => '',
		(error: Error) => error.message
	);

describe('a model that was trained here, as a file', () => {
	test('comes back whole, and says exactly the same', async () => {
		const again = await readTrainedModel(fileOf(model));
		expect(again).toEqual(model);

		const texts = [model, again].map(({ values }) => {
			const viewer = new Viewer(config, reading.tokenizer);
			viewer.show(values);
			return viewer.finish(reading.beginning, 40);
		});
		expect(texts[0]).toBe(texts[1]);
	});

	test('is described by the published schema', () => {
		expect(bySchema(file), JSON.stringify(bySchema.errors)).toBe(true);
		expect(schema.properties.weights.description).toContain('query, key, value, output');
	});

	test('with other weights than it was saved with is refused', async () => {
		const bytes = bytesOf(file.weights)!;
		bytes[0] ^= 1;
		const weights = btoa(String.fromCharCode(...bytes));
		expect(await verdict({ ...file, weights })).toContain('SHA-256 differs');
	});

	test('with a weight that is no number is refused', async () => {
		const values = new Float32Array(parameterCount(config)).fill(NaN);
		const sha256 = await fingerprint(values);
		const weights = btoa(String.fromCharCode(...new Uint8Array(values.buffer)));
		expect(await verdict({ ...file, sha256, weights })).toContain('a weight is no number');
	});

	test.each([
		['not JSON', '{', 'the file is not JSON'],
		['a list', '[]', 'the file must be an object'],
		['a run', JSON.stringify({ schema: 1, tokens: [] }), 'kind must be'],
		['a later version', JSON.stringify({ ...file, schema: 2 }), 'schema must be 1'],
		['too large', JSON.stringify({ ...file, config: { ...config, layers: 60000 } }), 'larger than'],
		[
			'too wide a window',
			JSON.stringify({ ...file, config: { ...config, context: 2048 } }),
			'larger'
		],
		[
			'fewer tokens',
			JSON.stringify({ ...file, config: { ...config, vocabulary: 9 } }),
			'tokenizer has'
		],
		['no base64', JSON.stringify({ ...file, weights: '%%%%' }), 'weights must be base64'],
		['cut off', JSON.stringify({ ...file, weights: file.weights.slice(4) }), 'weights must be'],
		[
			'heads that do not fit',
			JSON.stringify({ ...file, config: { ...config, heads: 3 } }),
			'config:'
		]
	])('%s: is refused in a sentence that says why', async (_, text, why) => {
		await expect(readTrainedModel(text)).rejects.toThrow(why);
		await expect(readTrainedModel(text)).rejects.toThrow(
			'This is not a model that can be opened: '
		);
	});

	/** What the schema cannot say: sums, order and calendars. */
	const onlyRead =
		/^(date|sha256|weights|config.*|tokenizer.*|(losses|held)(\.\d+(\.0)?)?|wattHours\.\w+)$/;

	test.each(places(file).map((path) => [path.join('.'), path] as const))(
		'the schema and the site agree about a wrong %s',
		async (name, path) => {
			// A list in JSON has no holes.
			const tried = hostile.filter((to) => to !== absent || typeof path.at(-1) === 'string');
			for (const to of tried) {
				const value = JSON.parse(JSON.stringify(changed(file, path, to)));
				const said = await verdict(value);
				if (said) expect(said).toMatch(/^This is not a model that can be opened: .+\.$/s);
				const agreed = bySchema(value) === !said || (bySchema(value) && onlyRead.test(name));
				expect(agreed, `${name} ${JSON.stringify(to)?.slice(0, 20)}: ${said}`).toBe(true);
			}
		}
	);
});
