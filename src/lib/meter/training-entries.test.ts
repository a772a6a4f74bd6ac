import { expect, test } from 'vitest';
import { models } from '#lib/engine/webllm/catalogue.ts';
import { trained } from './trained.ts';
import { chips, trainingEntry } from './training-entries.ts';

test.each(models)('a training bar can be drawn for $id', (model) => {
	const entry = trainingEntry(model.trainingTokens);
	const { operations, dollars, crossing } = trained(model.parameters, entry, chips);
	expect(entry.unit).toBe('tokens');
	// From the smallest of them to the largest: a thousand billion billion operations and more.
	expect(operations.high).toBeGreaterThan(1e21);
	expect(operations.high).toBeLessThan(1e23);
	expect(dollars.low).toBeGreaterThan(1000);
	expect(dollars.high).toBeLessThan(1e6);
	expect(dollars.low).toBeLessThan(dollars.high);
	expect(crossing.high).toBe(3 * (entry.value ?? entry.high!));
	if (model.trainingHours) expect(trainingEntry(model.trainingHours).unit).toBe('GPU-hours');
});

test('an entry that no model rests on is named', () => {
	expect(() => trainingEntry('rule-6nd')).toThrow('rule-6nd');
});
