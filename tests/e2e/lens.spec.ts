/** @file The training lens where nothing can be chosen: printed, and without JavaScript. */
import { expect, test } from '@playwright/test';
import { open } from './site.ts';

const path = '/lab/training-lens/';

test('printed, what was chosen is said, and nothing asks for a choice', async ({ page }) => {
	await open(page, `${path}#lens.of=gpt4&lens.by=cloud`);
	const lens = page.locator('.lens');
	const then = lens.getByText(/as many dollars are asked for/);
	await expect(then).toContainText('With the training bar at $78 to $82 million');
	await expect(lens.getByText('Take the training bar as')).toBeVisible();
	await page.emulateMedia({ media: 'print' });
	await expect(lens.getByText('Take the training bar as')).toBeHidden();
	await expect(lens.getByText('What each bar counts')).toBeVisible();
	await expect(lens.getByText('GPT-4, 2023')).toBeVisible();
	await expect(then).toBeVisible();
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the ways of counting stand there as a list, and nothing asks for a choice', async ({
		page
	}) => {
		await page.goto(path);
		const lens = page.locator('.lens');
		await expect(lens.getByText('What each bar counts')).toBeVisible();
		await expect(lens.getByText('Take the training bar as')).toBeHidden();
		await expect(lens.getByText(/Counted is what they lost/)).toBeVisible();
		await expect(lens.getByRole('radio')).toHaveCount(0);
	});
});
