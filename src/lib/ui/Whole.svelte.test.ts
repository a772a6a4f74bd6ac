import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import './tokens.css';
import './prose.css';
import Whole from './Whole.svelte';

const text = 'Beside GPT-3 175B, DeepSeek-V3 took 49 times the tokens.';

/** On how many lines a name stands. */
const lines = (name: Element) =>
	new Set([...name.getClientRects()].map(({ top }) => Math.round(top))).size;

test.each(['ltr', 'rtl'])('at no width does a line end within a name, %s', async (dir) => {
	const { container } = await render(Whole, { text });
	container.dir = dir;
	const names = [...container.querySelectorAll('.whole')];
	expect(names.map((name) => name.textContent)).toEqual(['GPT-3', 'DeepSeek-V3']);
	for (let width = 110; width < 500; width += 3) {
		container.style.inlineSize = `${width}px`;
		expect(names.map(lines), `${width}px`).toEqual([1, 1]);
	}
});

test('it is copied and found as it is written, over the edges of a name too', async () => {
	const { container } = await render(Whole, { text });
	container.style.inlineSize = '120px';
	const selection = getSelection()!;
	selection.selectAllChildren(container);
	expect(selection.toString().trim()).toBe(text);
	const search = window as unknown as { find(words: string): boolean };
	for (const words of ['GPT-3', 'GPT-3 175B, DeepSeek', 'Seek-V3 took']) {
		selection.removeAllRanges();
		expect(search.find(words), words).toBe(true);
		expect(selection.toString()).toBe(words);
	}
});
