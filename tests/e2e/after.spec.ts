/** @file What comes after a training: the model writes, a class reaches the crossing, and a file says the same again. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

test('a model that was trained here writes, is asked by a class up to the crossing, is kept and opened again', async ({
	page
}) => {
	test.setTimeout(120_000);
	await page.goto('/train/#train.size=small&train.steps=40');
	await page.getByRole('button', { name: /^Train it/ }).click();
	const after = page.getByRole('region', { name: 'After the training' });
	await expect(after).toBeVisible({ timeout: 60_000 });

	const face = (await after.getByRole('img').first().getAttribute('aria-label'))!;
	await after.getByLabel('Begin, and it goes on').fill('The moon');
	await after.getByRole('button', { name: 'Run it' }).click();
	const said = after.locator('.text .out');
	await expect(said).not.toBeEmpty();
	await expect(after.locator('form').first()).toHaveAttribute('aria-busy', 'false');
	const first = await said.textContent();
	await expect(after.getByText('The same, to the last bit.')).toBeVisible();
	await expect(after.getByText('after one answer', { exact: true })).toBeVisible();
	const faces = after.getByRole('img', { name: /^The face of its weights/ });
	await expect(faces).toHaveCount(2);

	// 40 steps of 16 × 64 tokens: three times 40,960
	await after.getByRole('button', { name: 'Run the class' }).click();
	await expect(after.getByText('Here it is.').first()).toBeVisible({ timeout: 60_000 });
	await expect(after.getByText('After 122,880 tokens').first()).toBeVisible();
	await after.getByRole('button', { name: 'Stop' }).click();
	await expect(page.getByRole('button', { name: 'Run on' })).toBeVisible();
	await expect(after.getByText(/^after [\d,]{3,} answers$/)).toBeVisible();
	await expect(after.getByText('The same, to the last bit.')).toBeVisible();
	const drawn = await faces.evaluateAll((all) => all.map((face) => face.innerHTML));
	expect(drawn[1]).toBe(drawn[0]);

	await after.getByLabel('Name your model').fill('Owl');
	const download = page.waitForEvent('download');
	await after.getByRole('button', { name: 'Save it as a file' }).click();
	const file = await (await download).path();
	const saved = JSON.parse(readFileSync(file, 'utf8'));
	expect(saved).toMatchObject({ name: 'Owl', text: 'sentences', spent: { steps: 40 } });
	expect(face).toContain(saved.sha256.slice(0, 8));

	await page.goto('/train/');
	await page.getByRole('button', { name: 'Open a model that was saved' }).click();
	await after.locator('input[type=file]').setInputFiles({
		name: 'owl.json',
		mimeType: 'application/json',
		buffer: Buffer.from(JSON.stringify({ ...saved, sha256: '0'.repeat(64) }))
	});
	await expect(after.getByRole('alert')).toContainText('SHA-256 differs');
	await after.locator('input[type=file]').setInputFiles(file);
	await expect(after.getByRole('heading', { name: 'Owl' })).toBeVisible();
	await after.getByRole('button', { name: 'Run it' }).click();
	await expect(after.locator('.text .out')).toHaveText(first!);
	await expect(after.getByText('The same, to the last bit.')).toBeVisible();

	await after.getByRole('link', { name: 'Let it write in Spike and stream' }).click();
	await expect(page.getByLabel('Which model writes').locator('option:checked')).toHaveText(
		'Owl, from a file',
		{ timeout: 30_000 }
	);
	await page.getByRole('button', { name: 'Run it live' }).click();
	await expect(page.locator('section.spike')).not.toHaveAttribute('data-tokens', '0');
});
