import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Page from './SpikeAndStream.fixture.svelte';
import record from './spike/recorded.json';

/** The page without its tags, as it is read without JavaScript. */
const read = (body: string) =>
	body
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[^>]*>/g, '')
		.replace(/\s+/g, ' ');

describe('the exhibit as a server draws it', () => {
	for (const basis of ['dollars', 'work', 'time'] as const) {
		it(`is complete, in ${basis}`, () => {
			const { body } = render(Page, { props: { basis } });
			const text = read(body);
			for (const { text: token, special } of record.tokens as { text: string; special?: true }[]) {
				if (!special) expect(text.replace(/&lt;|&gt;|&amp;/g, '')).toContain(token.trim());
			}
			expect(body).toMatch(/data-tokens="0"/);
			expect(body).toMatch(/aria-busy="false"/);
			expect(text).toContain('Your answer is too small to see.');
			expect(text).toContain('The picture as a table');
			expect(text).toContain('Everyone:');
			expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
		});
	}

	it('has each id once, and none that the page around it could use', () => {
		const { body } = render(Page);
		const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^spike-/);
	});
});
