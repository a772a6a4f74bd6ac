import { expect, test } from 'vitest';
import { readFragment } from '#lib/exhibits/fragment.ts';
import { Settings } from '#lib/exhibits/lab/settings.svelte.ts';
import { fragmentOf } from './again.ts';

test('the lab asks what was asked, with the same seed and settings', () => {
	const asked = {
		prompt: 'Is 2 & 2 = 4? #1',
		seed: 4_000_000_000,
		temperature: 0.7,
		topK: 40,
		maxTokens: 99
	};
	const settings = new Settings({ messages: [], seed: 0, temperature: 0, topK: 0, maxTokens: 1 });
	settings.read(readFragment(`#${fragmentOf(asked)}`, 'lab'));
	const { prompt, ...numbers } = asked;
	expect(settings.request).toEqual({ messages: [{ role: 'user', content: prompt }], ...numbers });
});
