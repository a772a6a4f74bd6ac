import { expect, test } from 'vitest';
import { models } from '#lib/engine/webllm/catalogue.ts';
import { nameOf, shownOf } from './offer.ts';

const twin = models.find(({ id }) => models.some((one) => one.twin === id))!;

test('before the device is known every model is shown once, with nothing against it', () => {
	const { offered, hidden } = shownOf(undefined);
	expect(hidden).toEqual([]);
	const names = offered.map(({ model }) => model.name);
	expect(new Set(names).size).toBe(names.length);
	expect(new Set(names)).toEqual(new Set(models.map(({ name }) => name)));
	expect(offered.flatMap(({ verdict }) => verdict.reasons)).toEqual([]);
	expect(offered.map(({ model }) => model)).not.toContain(twin);
});

test('what is known of the device decides', () => {
	const one = { model: twin, verdict: { fits: 'yes', reasons: [] } } as const;
	expect(shownOf({ offered: [one], hidden: [] })).toEqual({ offered: [one], hidden: [] });
});

test('a stored model is called by its name, the one for other GPUs apart, a forgotten one by its id', () => {
	expect(nameOf(models[0].id)).toBe('SmolLM2 360M');
	expect(nameOf(twin.id)).toBe(`${twin.name}, for GPUs without 16-bit numbers`);
	expect(nameOf('Gone-1B')).toBe('Gone-1B');
});
