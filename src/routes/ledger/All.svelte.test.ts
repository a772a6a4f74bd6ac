import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { topics, type Topic } from '#lib/ledger/entry.ts';
import All from './All.svelte';
import { kindList, levels } from './names.ts';
import type { Row } from './row.ts';

const themes = Object.keys(topics) as Topic[];

/** A ledger of many numbers, each different, in the order of topics. */
const many = (count: number): Row[] =>
	Array.from({ length: count }, (_, i) => ({
		id: `number-${i}`,
		topic: themes[Math.floor((i / count) * themes.length)],
		statement: `The number of this sentence is ${i}, ${i % 7 ? 'which is some' : 'a multiple of seven'}.`,
		amount: `${i} to ${2 * i} dollars`,
		drawn: { low: 50, high: 100 },
		publisher: i % 2 ? 'Somebody' : 'Somebody else',
		title: 'A page',
		asOf: `20${10 + (i % 16)}`,
		date: `20${10 + (i % 16)}`,
		kind: kindList[i % kindList.length],
		confidence: levels[i % 3],
		...(i % 5 === 0 && { old: true as const })
	}));

const articles = () => [...document.querySelectorAll('article')];
const shown = () => articles().filter(({ hidden }) => !hidden);
const search = () => page.getByRole('searchbox');

afterEach(() => history.replaceState(null, '', location.pathname));

test('two thousand numbers are all there, and only those in sight are laid out', async () => {
	await render(All, { rows: many(2000) });
	expect(articles()).toHaveLength(2000);
	expect(getComputedStyle(articles()[0]).contentVisibility).toBe('auto');
	const far = articles()[1500].querySelector('p')!;
	expect(far.checkVisibility({ contentVisibilityAuto: true })).toBe(false);
	await expect.element(page.getByRole('status')).toHaveTextContent('All 2000 numbers.');
});

test('a letter typed takes no row away and makes none: it only hides and shows', async () => {
	await render(All, { rows: many(2000) });
	let made = 0;
	let hidden = 0;
	const watcher = new MutationObserver((changes) => {
		for (const { type, target, addedNodes, removedNodes } of changes) {
			if (type === 'attributes' && target instanceof HTMLElement && target.localName === 'article')
				hidden++;
			const elements = [...addedNodes, ...removedNodes].filter((node) => node instanceof Element);
			if (type === 'childList' && target instanceof Element && target.matches('.rows, article'))
				made += elements.length;
		}
	});
	watcher.observe(document.body, { subtree: true, childList: true, attributes: true });

	await search().fill('seven');
	await expect.poll(() => shown().length).toBe(286);
	await expect.element(page.getByRole('status')).toHaveTextContent('286 of 2000 numbers.');
	watcher.disconnect();
	expect(made).toBe(0);
	expect(hidden).toBe(2000 - 286);
});

test('a topic without a match loses its heading', async () => {
	await render(All, { rows: many(100) });
	await search().fill('sentence is 99');
	await expect.poll(() => shown().length).toBe(1);
	const headings = [...document.querySelectorAll('h2')].filter(({ hidden }) => !hidden);
	expect(headings.map(({ id }) => id)).toEqual(['assumptions']);
});

test('filters and order stand in the address, and are read from it', async () => {
	const { unmount } = await render(All, { rows: many(100) });
	await page.getByLabelText('known').selectOptions('low');
	await page.getByLabelText('in order').selectOptions('newest');
	expect(location.hash).toBe('#find.sure=low&find.order=newest');
	const before = shown().map(({ id }) => id);
	await unmount();

	await render(All, { rows: many(100) });
	await expect.poll(() => shown().map(({ id }) => id)).toEqual(before);
	await page.getByRole('button', { name: 'Show all' }).click();
	expect(location.hash).toBe('');
	expect(shown()).toHaveLength(100);
});

test('nothing found is said, and one press shows all again', async () => {
	await render(All, { rows: many(20) });
	await search().fill('<img src=x onerror=alert(1)>');
	await expect.element(page.getByRole('status')).toHaveTextContent('No number is like that.');
	expect(document.querySelector('img')).toBeNull();
	await userEvent.tab();
	await page.getByRole('button', { name: 'Show all' }).click();
	expect(shown()).toHaveLength(20);
});
