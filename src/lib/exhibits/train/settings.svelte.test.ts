import { expect, test } from 'vitest';
import { Settings } from './settings.svelte.ts';

function read(hash: string, everything = true) {
	const settings = new Settings('train', everything);
	settings.read(hash);
	return settings;
}

test('where it learns and the size for a GPU stand in the fragment, as long as they are not as at first', () => {
	const settings = read('#train.on=gpu&train.size=gpu');
	expect(settings).toMatchObject({ on: 'gpu', size: 'gpu' });
	expect(settings.write('')).toBe('train.size=gpu&train.on=gpu');
	settings.on = 'fastest';
	expect(settings.write('')).toBe('train.size=gpu');
	expect(read('#train.on=processor').on).toBe('processor');
});

test.each(['toString', '', 'GPU', 'fastest%00', '__proto__'])('%j is no place: ignored', (on) => {
	expect(read(`#train.on=${on}&train.seed=7`)).toMatchObject({ on: 'fastest', seed: 7 });
});

test('in a lesson it learns on the processor, whatever the fragment says', () => {
	const settings = read('#train.on=gpu&train.size=gpu&train.seed=7', false);
	expect(settings).toMatchObject({ on: 'processor', size: 'middle', seed: 7 });
	expect(settings.write('')).toBe('train.seed=7');
});
