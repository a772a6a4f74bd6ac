import { readFileSync } from 'node:fs';
import { prebuiltAppConfig } from '@mlc-ai/web-llm';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { models } from './catalogue.ts';
import { needsF16 } from './model.ts';

const MB = 1e6;

describe.each(models.map((model) => [model.id, model] as const))('%s', (id, model) => {
	const record = prebuiltAppConfig.model_list.find(({ model_id }) => model_id === id);

	test('is what the package says it is', () => {
		expect(record).toBeDefined();
		expect(model.library).toBe(record!.model_lib);
		expect(model.home).toBe(`${record!.model}/resolve/main/`);
		expect(model.context).toBe(record!.overrides?.context_window_size);
		expect(model.gpuBytes).toBe(Math.round(record!.vram_required_MB! * 2 ** 20));
	});

	test('needs f16 by its name, whatever the flags of the record say', () => {
		expect(needsF16(model)).toBe(id.includes('f16'));
		if (record!.required_features?.includes('shader-f16')) expect(needsF16(model)).toBe(true);
	});

	test('has a twin for GPUs without f16 wherever the package has one', () => {
		const other = id.replace('f16', 'f32');
		const there = prebuiltAppConfig.model_list.some(({ model_id }) => model_id === other);
		expect(model.twin).toBe(needsF16(model) && there ? other : undefined);
		if (!model.twin) return;
		const twin = models.find(({ id }) => id === model.twin)!;
		expect(needsF16(twin)).toBe(false);
		expect({
			...twin,
			id,
			downloadBytes: 0,
			gpuBytes: 0,
			largestBytes: 0,
			home: '',
			library: ''
		}).toEqual({
			...{ ...model, downloadBytes: 0, gpuBytes: 0, largestBytes: 0, home: '', library: '' },
			twin: undefined
		});
		expect(twin.gpuBytes).toBeGreaterThan(model.gpuBytes);
	});

	test('rests on entries that the ledger has', () => {
		const entries = parse(readFileSync('content/ledger/figures.yaml', 'utf8')) as {
			id: string;
			unit: string;
		}[];
		const unit = (id: string) => entries.find((entry) => entry.id === id)?.unit;
		expect(unit(model.trainingTokens)).toBe('tokens');
		if (model.trainingHours) expect(unit(model.trainingHours)).toBe('GPU-hours');
	});

	test('stays below 900 MB', () => {
		expect(model.downloadBytes).toBeGreaterThan(190 * MB);
		expect(model.downloadBytes).toBeLessThan(900 * MB);
	});
});

test('SmolLM2 360M comes first, and nothing comes twice', () => {
	expect(models[0].id).toBe('SmolLM2-360M-Instruct-q4f16_1-MLC');
	expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
});

test('downloads are computed from 4.5 or 16 bits a parameter', () => {
	const download = (id: string) =>
		Math.round(models.find((model) => model.id === id)!.downloadBytes / MB);
	// 361.8 million × 4.5 bits = 203.5 MB, program 5, tokenizer 2.1
	expect(download('SmolLM2-360M-Instruct-q4f16_1-MLC')).toBe(211);
	expect(download('SmolLM2-360M-Instruct-q4f32_1-MLC')).toBe(211);
	// 134.5 million × 16 bits = 269.0 MB, program 5, tokenizer 2.1
	expect(download('SmolLM2-135M-Instruct-q0f16-MLC')).toBe(276);
	expect(download('SmolLM2-135M-Instruct-q0f32-MLC')).toBe(276);
	// 1,235.8 million × 4.5 bits = 695.1 MB, program 5, tokenizer 9.1
	expect(download('Llama-3.2-1B-Instruct-q4f16_1-MLC')).toBe(709);
});

test('the largest piece is the table of tokens', () => {
	const largest = (id: string) => models.find((model) => model.id === id)!.largestBytes;
	expect(largest('gemma3-1b-it-q4f16_1-MLC')).toBe(262_144 * 1152 * 0.5);
	expect(largest('SmolLM2-135M-Instruct-q0f32-MLC')).toBe(49_152 * 576 * 4);
});

test('the catalogue brings nothing of web-llm with it', () => {
	for (const file of ['catalogue', 'device', 'model', 'place', 'sentences', 'verdict']) {
		const source = readFileSync(`src/lib/engine/webllm/${file}.ts`, 'utf8');
		expect(source).not.toMatch(/from\s*['"]@mlc-ai|import\s*\(/);
	}
});
