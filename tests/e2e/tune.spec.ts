/** @file A copy of the pocket model trained further, with the weights that ship. */
import { expect, test } from '@playwright/test';

test('a copy of the pocket model learns a line in the tab, and both can be asked', async ({
	page
}) => {
	await page.goto('/lab/fine-tune/');
	const exhibit = page.getByRole('region', { name: 'Fine-tune it' });
	await exhibit.getByLabel('it shall say').fill('Your cat is called Pelican.');
	await exhibit.getByRole('button', { name: 'Train 12 more steps' }).click();
	await expect(exhibit).toHaveAttribute('aria-busy', 'true');
	await expect(exhibit.getByText('Pelican').first()).toBeVisible({ timeout: 30_000 });
	await expect(exhibit).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
	await expect(exhibit.getByText('trained here, in this tab')).toBeVisible();

	const faces = await exhibit.getByRole('img', { name: /^The weights/ }).all();
	const names = await Promise.all(faces.map((face) => face.getAttribute('aria-label')));
	expect(names[0]).toContain('SHA-256 a95e395a');
	expect(names[1]).not.toContain('a95e395a');

	await exhibit.getByLabel('Ask both').fill('What is my cat called?');
	await exhibit.getByRole('button', { name: 'Run both' }).click();
	const answers = exhibit.locator('dl').last().locator('dd');
	await expect(answers.last()).toContainText('Pelican', { timeout: 20_000 });
	await expect(answers.first()).not.toContainText('Pelican');
});
