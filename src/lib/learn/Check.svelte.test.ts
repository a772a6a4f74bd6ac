import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import CheckFixture from './CheckFixture.svelte';

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
