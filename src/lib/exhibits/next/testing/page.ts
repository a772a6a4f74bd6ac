/** @file The exhibit on a page of its own, and what a reader sees and presses in it. */
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { Tab } from '#lib/meter/tab.svelte.ts';
import { writer } from '../../run/writer.svelte.ts';
import Page from '../Exhibit.fixture.svelte';
import recorded from '../recorded.json';
import { cut } from '../tokens.ts';
import { ToldLooker, type Likely } from './told.ts';

/** A token that ends, and three that are words. */
export const END = 256;
export const [clock] = cut(' clock');
export const [river] = cut(' river');
export const [moon] = cut(' moon');
/** Tokens sent before anything is typed. */
export const SENT = recorded.ids.length;

/** Passes: one that finds three words likely, and one that ends. */
export const even: Likely = { [river]: 0.5, [moon]: 0.3, [clock]: 0.1 };
export const over: Likely = { [END]: 0.999 };

export const exhibit = () => document.querySelector<HTMLElement>('.next')!;
export const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
export const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
export const button = (name: string) =>
	[...exhibit().querySelectorAll('button')].find((one) => one.textContent!.trim() === name)!;
export const label = () => find('[role=img]').getAttribute('aria-label')!;
export const sent = () => [...exhibit().querySelectorAll('.sent')].map((one) => one.textContent);
export const written = () =>
	[...exhibit().querySelectorAll('.came.token')].map((one) => one.textContent);
export const pin = () => find('.pin')?.style.insetInlineStart;
export const tokens = () => Number(exhibit().dataset.tokens);
export const busy = () => exhibit().getAttribute('aria-busy');
export const counts = ({ usage }: Tab) => [usage.promptTokens, usage.outputTokens];

export async function show(looker: ToldLooker, props: { width?: string; rate?: number } = {}) {
	const tab = new Tab();
	const page = await render(Page, { tab, looker: async () => looker, ...props });
	return { tab, page };
}

export async function one(times = 1) {
	for (let i = 0; i < times; i++) {
		const before = exhibit().querySelectorAll('.came.token').length;
		button('One token').click();
		await expect
			.poll(() => exhibit().querySelectorAll('.came.token').length)
			.toBeGreaterThan(before);
		await expect.poll(busy).toBe('false');
	}
}

/** Each test meets a page that nobody has been to. */
export function afresh(): void {
	beforeEach(() => {
		sessionStorage.clear();
		localStorage.clear();
		history.replaceState(null, '', location.pathname + location.search);
	});
	afterEach(() => {
		vi.restoreAllMocks();
		writer.use(undefined);
	});
}
