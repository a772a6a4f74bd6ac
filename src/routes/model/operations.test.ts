import { describe, expect, it } from 'vitest';
import { operationsOfTraining } from '#lib/tiny/count.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { account } from './operations.ts';

const config = { vocabulary: 60, context: 16, width: 8, heads: 2, layers: 2 };
const sequences = 100;
const { layers, scoring, attention, total } = operationsOfTraining(
	config,
	Array.from({ length: sequences }, () => config.context + 1)
);
const record = {
	parameters: parameterCount(config),
	tokens: sequences * config.context,
	operations: total,
	operationsByPart: { layers, scoring, attention }
};

describe('account', () => {
	it('goes from the rule of thumb to what was counted without a remainder', () => {
		const { rule, attention: extra, counted, more } = account(record);

		expect(rule).toBe(6 * record.parameters * record.tokens);
		expect(rule + extra).toBe(counted);
		expect(counted).toBe(total);
		expect(more).toBeCloseTo(attention / (layers + scoring), 12);
	});

	it('refuses a record whose count does not add up', () => {
		expect(() => account({ ...record, operations: total + 1 })).toThrow('do not add up');
	});
});
