/**
 * @file A run for those who listen: it is heard to begin and to end, nothing is read out token by token, and the text so
 * far, the counts and the bill can be asked for, by button and by key.
 */
import { expect, test, type Page } from '@playwright/test';
import { exhibit, open, tabLine } from './site.ts';

/** Begins to note what the live regions of the page come to say. Returns how to read the notes. */
async function listen(page: Page) {
	await page.evaluate(() => {
		const spoken: string[] = [];
		(window as unknown as { spoken: string[] }).spoken = spoken;
		new MutationObserver((changes) => {
			for (const { target } of changes) {
				const element = target instanceof Element ? target : target.parentElement;
				const live = element?.closest(
					'[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], output'
				);
				const text = live?.textContent?.replace(/\s+/g, ' ').trim();
				if (text && text !== spoken.at(-1)) spoken.push(text);
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	return () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
}

/** What the browser hands to a screen reader as the words of polite live regions inside the exhibit. */
async function statuses(page: Page) {
	type Node = {
		nodeId: string;
		childIds?: string[];
		role?: { value: string };
		name?: { value: string };
		properties?: { name: string; value: { value: unknown } }[];
	};
	const session = await page.context().newCDPSession(page);
	const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Node[] };
	await session.detach();
	const byId = new Map(nodes.map((node) => [node.nodeId, node]));
	const words = (node: Node): string =>
		node.role?.value === 'StaticText'
			? (node.name?.value ?? '')
			: (node.childIds ?? []).map((id) => words(byId.get(id)!)).join(' ');
	return nodes
		.filter(
			({ role, properties }) =>
				role?.value === 'status' &&
				properties?.some(({ name, value }) => name === 'live' && value.value === 'polite')
		)
		.map(words)
		.map((text) => text.replace(/\s+/g, ' ').trim())
		.filter(Boolean);
}

test('a run is heard to begin and to end, and nothing in between', async ({ page }) => {
	await open(page, '/#spike.pace=reading');
	const { run, stop, hasTokens, atRest, tokens } = exhibit(page);
	const spoken = await listen(page);
	await run.click();
	await hasTokens(15);
	expect(await spoken()).toEqual(['The pocket model is writing.']);
	await stop.click();
	await atRest();
	await expect.poll(async () => (await spoken()).length).toBe(2);
	const came = await tokens();
	const { sent } = await tabLine(page);
	expect((await spoken())[1]).toMatch(
		new RegExp(
			`^Stopped\\. ${came} tokens came back for ${sent} sent\\. They would cost \\$[\\d.]+ at `
		)
	);
});

test('a run that cannot be is told at once, with what is shown instead', async ({ page }) => {
	await page.route('**/*.bin', (route) => route.fulfill({ status: 404, body: 'none' }));
	await open(page, '/');
	const spoken = await listen(page);
	await exhibit(page).run.click();
	await expect
		.poll(async () => (await spoken()).join(' '), { timeout: 20_000 })
		.toMatch(/server answered 404.*A recorded run is shown instead\./);
});

test('text so far, counts and bill are read when asked for, in the middle of a run', async ({
	page
}) => {
	await open(page, '/#spike.pace=slow');
	const { root, run, stop, hasTokens, atRest } = exhibit(page);
	await run.click();
	await hasTokens(4);
	const ask = root.getByRole('group', { name: 'Read out' }).first();

	await ask.getByRole('button', { name: 'Text so far' }).focus();
	await expect(ask.getByRole('button', { name: 'Text so far' })).toBeInViewport();
	await page.keyboard.press('Enter');
	const shown = (await root.locator('.came').allTextContents()).slice(0, 3).join('').trim();
	await expect.poll(() => statuses(page)).toEqual([expect.stringContaining(shown)]);

	await ask.getByRole('button', { name: 'Counts' }).press('Enter');
	await expect
		.poll(() => statuses(page))
		.toEqual([expect.stringMatching(/\d+ tokens sent, \d+ came back/)]);

	await ask.getByRole('button', { name: 'Bill' }).press('Enter');
	await expect
		.poll(() => statuses(page))
		.toEqual([
			expect.stringMatching(
				/They would cost \$[\d.]+ at .+ On the tab of this visit: \d+ in, \d+ out, \$[\d.]+ at /
			)
		]);
	await stop.click();
	await atRest();
});

test('the keys t, r and b ask from anywhere in the exhibit, but not while one types', async ({
	page
}) => {
	await open(page, '/');
	const { root } = exhibit(page);
	await root.getByRole('button', { name: /^Run/ }).first().focus();
	const spoken = await listen(page);
	for (const [key, words] of [
		['t', /^Recorded: \w/],
		['r', /tokens sent/],
		['b', /They would cost \$/]
	] as const) {
		await expect(async () => {
			await page.keyboard.press(key);
			expect((await spoken()).at(-1)).toMatch(words);
		}).toPass();
	}
	const before = (await spoken()).length;
	await page.keyboard.press('b');
	await expect.poll(async () => (await spoken()).length, 'the same again').toBe(before);
	await root.locator('input[type="text"]').first().focus();
	await page.keyboard.type('tr b');
	await page.waitForTimeout(300);
	expect(await spoken()).toHaveLength(before);
	await expect(root.locator('input[type="text"]').first()).toHaveValue(/tr b$/);
});
