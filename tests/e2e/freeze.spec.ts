/** @file The weights that ship, in the worker that answers: the same fingerprint after everything that is asked. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { exhibit, faultsOf, openAwake, tabLine } from './site.ts';

const recorded = JSON.parse(readFileSync('src/lib/exhibits/freeze/recorded.json', 'utf8')) as {
	asked: { sha256: string };
	learnt: { sha256: string[] };
};

test('after a hundred prompts the pocket model is the one that was recorded, to the last bit', async ({
	page
}) => {
	test.setTimeout(120_000);
	const faults = await faultsOf(page);
	await openAwake(page, '/lab/freeze-proof/');
	const { root, run, atRest, tokens, hasTokens } = exhibit(page);
	await run.click();
	await hasTokens(1);
	await atRest(90_000);
	await expect(root.locator('.caption')).toContainText('100 prompts, one fingerprint.');
	expect((await tabLine(page)).came).toBe(await tokens());
	await root.getByText('All fingerprints, digit by digit').click();
	const cells = root.locator('tbody td:nth-child(2)');
	await expect(cells).toHaveCount(101);
	expect(new Set(await cells.allInnerTexts())).toEqual(new Set([recorded.asked.sha256]));
	expect(faults).toEqual([]);
});

test('it uses a name and a colour within the chat and not in a new one, and no cat', async ({
	page
}) => {
	test.setTimeout(120_000);
	await openAwake(page, '/lab/freeze-proof/');
	const { root, atRest, hasTokens } = exhibit(page);
	const verdicts = root.locator('.verdict');
	let before = 0;
	for (const [kind, within] of [
		['your name', 'It uses it.'],
		['a colour', 'It uses it.'],
		['a cat', 'It does not use it.']
	]) {
		await root.getByText(kind, { exact: true }).click();
		await root.getByRole('button', { name: 'Run these three' }).click();
		await hasTokens(before + 3);
		await atRest();
		before = Number(await root.getAttribute('data-tokens'));
		await expect(verdicts.nth(1), kind).toContainText(within);
		await expect(verdicts.nth(2), kind).toContainText('Gone.');
	}
	await expect(root.locator('.caption')).toContainText('9 prompts, one fingerprint.');
});

test('the steps of training come to the fingerprints that were recorded', async ({ page }) => {
	await openAwake(page, '/lab/freeze-proof/');
	const { root } = exhibit(page);
	for (const count of [1, 2]) {
		await root.getByRole('button', { name: 'One step' }).click();
		await expect(root.locator('.side').nth(1).locator('.counts').first()).toHaveText(
			new RegExp(`^\\s*${count}\\s+steps?\\s*$`),
			{ timeout: 20_000 }
		);
	}
	await root.getByText('All fingerprints, digit by digit').click();
	const cells = await root.locator('tbody td:nth-child(3)').allInnerTexts();
	expect(cells.slice(0, 3)).toEqual(recorded.learnt.sha256.slice(0, 3));
});

test('a proof that is saved is opened elsewhere, says the same, and comes out there to the last letter', async ({
	page,
	browser
}) => {
	test.setTimeout(120_000);
	await openAwake(page, '/lab/freeze-proof/');
	const { root, atRest } = exhibit(page);
	for (const [i, question] of ['Where is the mill?', 'Who is the baker?'].entries()) {
		await root.getByLabel('Ask it something yourself').fill(question);
		await root.getByRole('button', { name: 'Run this prompt' }).click();
		await expect(root.locator('.counts b').first()).toHaveText(String(i + 1), { timeout: 60_000 });
		await atRest();
	}
	const coming = page.waitForEvent('download');
	await root.getByRole('button', { name: 'Save this proof' }).click();
	const download = await coming;
	expect(download.suggestedFilename()).toMatch(/^running-tab-freeze-proof-.*-2-prompts\.json$/);
	const file = await download.path();
	const answer = await root.locator('.last .it').textContent();
	const rows = await root.locator('.side').first().locator('dd').allInnerTexts();

	const elsewhere = await (await browser.newContext()).newPage();
	const faults = await faultsOf(elsewhere);
	await openAwake(elsewhere, '/lab/freeze-proof/');
	const there = exhibit(elsewhere);
	const input = there.root.locator('input[type=file]');
	await input.setInputFiles({
		name: 'a.json',
		mimeType: 'application/json',
		buffer: Buffer.from(readFileSync(file, 'utf8').replace(/"before":"\w/, '"before":"x'))
	});
	const said = there.root.locator('.keep [role=status]');
	await expect(said).toContainText('before must be 64 hexadecimal digits. Nothing was changed.');
	await expect(there.root.locator('.caption')).toContainText('100 prompts');
	await input.setInputFiles(file);
	await expect(said).toHaveText('Opened: 2 prompts.');
	expect(await there.root.locator('.last .it').textContent()).toBe(answer);
	expect(await there.root.locator('.side').first().locator('dd').allInnerTexts()).toEqual(rows);
	await there.root.getByRole('button', { name: 'Run these 2 again' }).click();
	await expect(there.root.getByText('All 2 answers came out here')).toBeVisible({
		timeout: 60_000
	});
	await there.atRest();
	expect(await there.root.locator('.last .it').textContent()).toBe(answer);
	expect(faults).toEqual([]);
	await elsewhere.context().close();
});
