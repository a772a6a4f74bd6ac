import { expect, test } from 'vitest';
import { createBackend } from './backend.ts';
import { operationsOfUse } from './count.ts';
import { Generator } from './generate.ts';
import { parameterCount } from './gpt.ts';
import { Weights } from './weights.ts';

const config = { vocabulary: 40, context: 80, width: 16, heads: 2, layers: 3 };

test.each([
	[1, 1],
	[5, 9],
	[32, 2],
	[33, 40],
	[80, 1],
	[10, 0]
])('a prompt of %i and an answer of %i cost what the formula says', (prompt, output) => {
	const weights = new Weights(config, createBackend('wasm', 4e6), false);
	const generator = new Generator(weights);
	generator.read(new Array<number>(prompt).fill(1));
	for (let i = 1; i < output; i++) generator.step(2);

	const { layers, scoring, attention, total } = operationsOfUse(config, prompt, output);
	expect(generator.operations).toBe(total);
	expect(layers + scoring + attention).toBe(total);
});

test('a generated token costs 2 operations per parameter, and attention', () => {
	const more = operationsOfUse(config, 10, 11);
	const less = operationsOfUse(config, 10, 10);
	expect(more.layers + more.scoring - less.layers - less.scoring).toBe(2 * parameterCount(config));
	expect(more.attention - less.attention).toBe(4 * 16 * 3 * 20); // 20 positions seen
});
