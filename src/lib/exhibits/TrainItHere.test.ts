import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import TrainItHere from './TrainItHere.svelte';
import recorded from './train/recorded.json';

const read = (body: string) =>
	body
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[^>]*>/g, '')
		.replace(/&lt;/g, '<')
		.replace(/\s+/g, ' ');

describe('the exhibit as a server draws it', () => {
	for (const everything of [false, true]) {
		it(`is complete, ${everything ? 'with everything to turn' : 'as in a lesson'}`, () => {
			const { body } = render(TrainItHere, { props: { everything } });
			const text = read(body);
			for (const { text: written } of recorded.pictures.slice(1)) expect(text).toContain(written);
			expect(text).toMatch(/recorded \d+ \w+ \d{4}/);
			expect(text).toContain(`knows nothing: 1 in ${recorded.facts.config.vocabulary}`);
			expect(text).toContain('then nothing');
			expect(text).toContain('The picture as a table');
			expect(text).toContain(recorded.sha256.slice(0, 8));
			expect(body).toContain('aria-busy="false"');
			expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
		});
	}

	it('has each id once, and none that the page around it could use', () => {
		const { body } = render(TrainItHere, { props: { everything: true } });
		const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^train-/);
	});
});
