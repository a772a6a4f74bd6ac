import { createRawSnippet } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Predict from './Predict.svelte';
import PredictAmong from './PredictAmong.svelte';
import { memory } from './memory.svelte.ts';

const told = createRawSnippet(() => ({ render: () => '<p>Nothing a screen could draw.</p>' }));
const line = {
	id: 'height',
	question: 'How high?',
	how: 'Pull the line up.',
	paper: 'Draw it.',
	bar: 'all of it',
	mark: 'one answer',
	truth: 1e-9,
	children: told
};
const among = {
	id: 'among',
	question: 'How many?',
	how: 'Choose.',
	paper: 'Write it down.',
	answers: ['none', 'one', 'all'],
	truth: 0,
	children: told
};

/** What is kept under an id, as it lies in storage. */
const kept = (id: string) =>
	JSON.parse(localStorage.getItem('running-tab.memory') ?? '{}').guesses?.[id];

beforeEach(() => {
	localStorage.clear();
	memory.read(true);
});
afterEach(() => vi.restoreAllMocks());

describe('a guess on an axis', () => {
	test('is asked for before it can be committed, and is not told', async () => {
		const screen = await render(Predict, line);
		await expect.element(screen.getByRole('button', { name: 'That is my guess' })).toBeDisabled();
		await expect.element(screen.getByText('Nothing a screen could draw.')).not.toBeVisible();
		await expect.element(screen.getByText('pull the line up', { exact: true })).toBeVisible();
	});

	test('is made with keys and committed with Enter', async () => {
		const screen = await render(Predict, line);
		const slider = screen.getByRole('slider');
		await expect.element(slider).toBeEnabled();
		slider.element().focus();
		await userEvent.keyboard('{PageUp}{ArrowUp}{ArrowUp}');
		await expect.element(slider).toHaveAttribute('aria-valuetext', '12 % of the bar');
		await userEvent.keyboard('{Enter}');
		await expect.element(screen.getByText('you, before: 12 % of the bar')).toBeVisible();
		await expect.element(screen.getByText('Nothing a screen could draw.')).toBeVisible();
		expect(kept('height')).toEqual({
			value: 0.12,
			question: 'How high?',
			yours: '12 % of the bar',
			truth: 'too small to see'
		});
		expect(document.activeElement?.textContent).toContain('Nothing a screen could draw.');
	});

	test('may be nothing at all, by a key that lowers the line', async () => {
		const screen = await render(Predict, line);
		await expect.element(screen.getByRole('slider')).toBeEnabled();
		screen.getByRole('slider').element().focus();
		await userEvent.keyboard('{ArrowDown}');
		await screen.getByRole('button', { name: 'That is my guess' }).click();
		await expect.element(screen.getByText('you, before: too small to see')).toBeVisible();
	});

	test('is made by pressing and dragging, and stays within the bar', async () => {
		const screen = await render(Predict, line);
		await expect.element(screen.getByRole('slider')).toBeEnabled();
		const place = screen.container.querySelector('.place')!;
		const { left, top, height } = place.getBoundingClientRect();
		const at = (type: string, share: number) =>
			place.dispatchEvent(
				new PointerEvent(type, {
					bubbles: true,
					pointerId: 1,
					isPrimary: true,
					clientX: left + 10,
					clientY: top + height * (1 - share)
				})
			);
		// A made-up pointer cannot be captured; the drag itself is what is tested.
		vi.spyOn(place, 'setPointerCapture').mockImplementation(() => {});
		vi.spyOn(place, 'hasPointerCapture').mockReturnValue(true);
		at('pointerdown', 0.25);
		await expect.element(screen.getByText('25 % of the bar')).toBeVisible();
		at('pointermove', 1.4);
		await expect.element(screen.getByText('100 % of the bar')).toBeVisible();
	});

	test('is there again next time, and can be forgotten', async () => {
		localStorage.setItem('running-tab.guesses', '{"height":0.38}');
		const screen = await render(Predict, line);
		await expect.element(screen.getByText('you, before: 38 % of the bar')).toBeVisible();
		await screen.getByRole('button', { name: 'Forget my guess' }).click();
		await expect.element(screen.getByText('pull the line up', { exact: true })).toBeVisible();
		await expect.element(screen.getByText('Nothing a screen could draw.')).not.toBeVisible();
		expect(kept('height')).toBeUndefined();
		expect(localStorage.getItem('running-tab.guesses')).toBeNull();
	});

	test.each([1.01, -0.1, [0.5]])('does not believe a kept height of %j', async (value) => {
		const guesses = { height: { value } };
		localStorage.setItem('running-tab.memory', JSON.stringify({ version: 1, guesses }));
		const screen = await render(Predict, line);
		await expect.element(screen.getByRole('slider')).toBeEnabled();
		await expect.element(screen.getByText('pull the line up', { exact: true })).toBeVisible();
	});

	test('moves nothing below it when it is committed', async () => {
		const screen = await render(Predict, line);
		await expect.element(screen.getByRole('slider')).toBeEnabled();
		const section = screen.container.querySelector('section')!;
		const before = section.getBoundingClientRect().height;
		screen.getByRole('slider').element().focus();
		await userEvent.keyboard('{ArrowUp}{Enter}');
		await expect.element(screen.getByText('you, before: 1 % of the bar')).toBeVisible();
		expect(section.getBoundingClientRect().height).toBe(before);
	});

	test('works where nothing can be kept', async () => {
		vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
			throw new DOMException('blocked', 'SecurityError');
		});
		vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
			throw new DOMException('full', 'QuotaExceededError');
		});
		const screen = await render(Predict, line);
		await expect.element(screen.getByRole('slider')).toBeEnabled();
		screen.getByRole('slider').element().focus();
		await userEvent.keyboard('{End}{Enter}');
		await expect.element(screen.getByText('you, before: 100 % of the bar')).toBeVisible();
	});

	test('promises to be kept only where it is', async () => {
		const screen = await render(Predict, line);
		await expect.element(screen.getByText('Kept in this browser only.')).toBeVisible();
		await screen.unmount();
		vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
			throw new DOMException('blocked', 'SecurityError');
		});
		const other = await render(Predict, line);
		await expect.element(other.getByText('Kept on this page only.')).toBeVisible();
	});

	test('goes when another tab erases it', async () => {
		localStorage.setItem('running-tab.guesses', '{"height":0.38}');
		const screen = await render(Predict, line);
		await expect.element(screen.getByText('you, before: 38 % of the bar')).toBeVisible();
		localStorage.clear();
		dispatchEvent(new StorageEvent('storage', { key: null }));
		await expect.element(screen.getByText('pull the line up', { exact: true })).toBeVisible();
	});
});

describe('a guess among answers', () => {
	test('keeps the chosen one in its place beside the true one', async () => {
		const screen = await render(PredictAmong, among);
		const commit = screen.getByRole('button', { name: 'That is my guess' });
		await expect.element(commit).toBeDisabled();
		await screen.getByRole('radio', { name: 'all' }).click();
		await commit.click();
		await expect.element(screen.getByText('all you, before')).toBeVisible();
		await expect.element(screen.getByText('none so it is')).toBeVisible();
		expect(kept('among')).toMatchObject({ value: 2, yours: 'all', truth: 'none' });
	});

	test.each([7, -1, 0.5])('does not believe a kept answer %s', async (value) => {
		localStorage.setItem('running-tab.guesses', JSON.stringify({ among: value }));
		const screen = await render(PredictAmong, among);
		await expect.element(screen.getByRole('radio', { name: 'all' })).toBeEnabled();
		await expect.element(screen.getByText('you, before')).not.toBeInTheDocument();
	});
});
