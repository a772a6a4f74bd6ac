import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import CheckFixture from './CheckFixture.svelte';
import { memory } from './memory.svelte.ts';

beforeEach(() => {
	localStorage.clear();
	memory.read(true);
});

const opened = async () => {
	const screen = await render(CheckFixture);
	await expect.element(screen.getByRole('radio', { name: 'It grows' })).toBeEnabled();
	return { screen, check: screen.getByRole('button', { name: 'Check this answer' }) };
};

describe('a check question', () => {
	test('is one group of four, named by its question, and explains nothing yet', async () => {
		const { screen, check } = await opened();
		const group = screen.getByRole('group', { name: 'What happens to the bar?' });
		expect(group.getByRole('radio').elements()).toHaveLength(4);
		await expect.element(check).toHaveAttribute('aria-disabled', 'true');
		await check.click({ force: true });
		await expect.element(screen.getByText('You are thinking of the tab.')).not.toBeVisible();
	});

	test('explains a wrong answer when it is checked, and not before', async () => {
		const { screen, check } = await opened();
		await screen.getByRole('radio', { name: 'It grows' }).click();
		const why = screen.container.querySelectorAll('details')[0];
		expect(why.open).toBe(false);
		await check.click();
		expect(why.open).toBe(true);
		expect(why.textContent).toContain('Not this one. You are thinking of the tab.');
		expect(screen.container.querySelectorAll('details[open]')).toHaveLength(1);
	});

	test('says the explanation once, politely', async () => {
		const { screen, check } = await opened();
		const status = screen.getByRole('status');
		await expect.element(status).toHaveTextContent('');
		await screen.getByRole('radio', { name: 'It shrinks' }).click();
		await check.click();
		await expect.element(status).toHaveTextContent('Not this one. Use wears nothing off.');
	});

	test('lets the other answers be read once the right one is found', async () => {
		const { screen, check } = await opened();
		await expect
			.element(screen.getByText('Why somebody says this').first())
			.not.toBeInTheDocument();
		await screen.getByRole('radio', { name: 'It stays' }).click();
		await check.click();
		await expect.element(screen.getByText('Yes. It was complete before.').first()).toBeVisible();
		const others = screen.getByText('Why somebody says this');
		expect(others.elements().filter((other) => other.checkVisibility())).toHaveLength(3);
		await others.nth(0).click();
		await expect.element(screen.getByText('You are thinking of the tab.')).toBeVisible();
	});

	test('is answered with keys alone', async () => {
		const { screen } = await opened();
		screen.getByRole('radio', { name: 'It grows' }).element().focus();
		await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
		await expect
			.element(screen.getByRole('status'))
			.toHaveTextContent('Not this one. Nothing flows back.');
	});

	test('goes on after a wrong answer, and keeps what was tried in view', async () => {
		const { screen, check } = await opened();
		for (const name of ['It grows', 'It stays']) {
			await screen.getByRole('radio', { name }).click();
			await check.click();
		}
		expect(screen.container.querySelectorAll('details[open]')).toHaveLength(2);
		await expect.element(check).toHaveAttribute('aria-disabled', 'true');
	});
});

describe('a check question on the next visit', () => {
	const question = 'What happens to the bar?';
	const kept = (tried: string[], solved: boolean) => {
		const lessons = { a: { checks: [{ question, tried, solved }] } };
		localStorage.setItem('running-tab.memory', JSON.stringify({ version: 1, lessons }));
	};
	const stored = () =>
		JSON.parse(localStorage.getItem('running-tab.memory') ?? '{}').lessons?.a?.checks;
	const heightOf = (container: Element) =>
		container.querySelector('form')!.getBoundingClientRect().height;

	test('keeps what was tried, in words, and that the lesson is done', async () => {
		const { screen, check } = await opened();
		for (const name of ['It grows', 'It stays']) {
			await screen.getByRole('radio', { name }).click();
			await check.click();
			expect(memory.lesson('a').done === undefined).toBe(name === 'It grows');
		}
		expect(stored()).toEqual([{ question, tried: ['It grows', 'It stays'], solved: true }]);
	});

	test('is as high as it was, says nothing, and marks what was tried', async () => {
		const fresh = await opened();
		const height = heightOf(fresh.screen.container);
		await fresh.screen.unmount();
		kept(['It grows', 'It stays'], true);
		memory.read();
		const screen = await render(CheckFixture);
		const right = screen.getByRole('radio', { name: /^It stays ?, found/ });
		await expect.element(right).toBeChecked();
		await expect.element(screen.getByRole('radio', { name: /^It grows ?, tried/ })).toBeVisible();
		expect(heightOf(screen.container)).toBe(height);
		expect(screen.container.querySelectorAll('details[open]')).toHaveLength(0);
		expect(screen.getByRole('status').element().textContent).toBe('');
	});

	test('explains it all again when asked', async () => {
		kept(['It grows', 'It stays'], true);
		const screen = await render(CheckFixture);
		await screen.getByRole('button', { name: 'Read why' }).click();
		expect(screen.container.querySelectorAll('details[open]')).toHaveLength(2);
		await expect
			.element(screen.getByRole('status'))
			.toHaveTextContent('Yes. It was complete before.');
		await expect
			.element(screen.getByRole('button', { name: 'Check this answer' }))
			.toHaveAttribute('aria-disabled', 'true');
	});

	test('goes on where it was left, with a wrong answer tried', async () => {
		kept(['It grows'], false);
		const screen = await render(CheckFixture);
		await expect.element(screen.getByRole('button', { name: 'Read why' })).toBeVisible();
		await screen.getByRole('radio', { name: 'It stays' }).click();
		await screen.getByRole('button', { name: 'Check this answer' }).click();
		expect(screen.container.querySelectorAll('details[open]')).toHaveLength(2);
		expect(stored()).toEqual([{ question, tried: ['It grows', 'It stays'], solved: true }]);
	});

	test('can be tried again, by keys, from the start', async () => {
		kept(['It stays'], true);
		const screen = await render(CheckFixture);
		const again = screen.getByRole('button', { name: 'Try again' });
		await expect.element(again).toBeVisible();
		(again.element() as HTMLElement).focus();
		await userEvent.keyboard('{Enter}');
		await expect.element(screen.getByRole('radio', { name: 'It grows' })).toHaveFocus();
		expect(screen.container.querySelectorAll('input:checked')).toHaveLength(0);
		expect(stored()).toEqual([]);
		expect(again.elements()).toHaveLength(0);
	});

	test('knows nothing of answers that are no longer offered', async () => {
		kept(['It flies', 'It grows'], true);
		const screen = await render(CheckFixture);
		await expect.element(screen.getByRole('radio', { name: /^It grows ?, tried/ })).toBeVisible();
		expect(screen.container.querySelectorAll('input:checked')).toHaveLength(0);
		await expect
			.element(screen.getByText('Why somebody says this').first())
			.not.toBeInTheDocument();
	});

	test('is forgotten when another tab erases it', async () => {
		kept(['It stays'], true);
		const screen = await render(CheckFixture);
		await expect.element(screen.getByRole('button', { name: 'Read why' })).toBeVisible();
		localStorage.clear();
		dispatchEvent(new StorageEvent('storage', { key: null }));
		await expect
			.element(screen.getByRole('button', { name: 'Check this answer' }))
			.toHaveAttribute('aria-disabled', 'true');
		expect(screen.container.querySelectorAll('input:checked')).toHaveLength(0);
	});

	test('is left folded when something else on the page is kept', async () => {
		kept(['It flies', 'It grows'], false);
		const screen = await render(CheckFixture);
		await screen.getByRole('radio', { name: 'It shrinks' }).click();
		memory.keepGuess('other', { value: 1 });
		await expect.element(screen.getByRole('radio', { name: 'It shrinks' })).toBeChecked();
	});
});
