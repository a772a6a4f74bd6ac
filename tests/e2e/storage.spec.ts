/**
 * @file S1: what is stored is blocked, full, foreign, or from another time. The page works on the same; nothing foreign is
 * believed or shown.
 *
 * | fault                               | guard                                                  |
 * | ----------------------------------- | ------------------------------------------------------ |
 * | storage that throws                 | the `try` in app.html, preference, cards, visit, reload-once |
 * | storage that is full                | the same, around `setItem`                             |
 * | nonsense under our names            | preference `#values.find`, visit `whole`, cards `find` |
 * | counts that no visit can have       | visit.ts `whole`, `linesIn`                            |
 * | what a later version wrote          | visit.ts `VERSION`                                     |
 * | nonsense under the router's names   | app.html                                               |
 */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { addresses, exhibit, faultsOf, open, tabLine } from './site.ts';

/** A text file has no icon, and the browser says so. */
const noIcon = /status of 404/;

/** A run, a theme and a size: what a visit would store. */
async function live(page: Page) {
	const { run, hasTokens, stop, atRest, tokens } = exhibit(page);
	const { came } = await tabLine(page);
	await run.click();
	await hasTokens(3);
	await stop.click();
	await atRest();
	expect((await tabLine(page)).came).toBe(came + (await tokens()));
	for (const choice of ['dark', 'light', 'system', 'projector', 'reading']) {
		await page.getByRole('radio', { name: choice, exact: true }).check({ force: true });
	}
	await page.getByRole('radio', { name: 'dark', exact: true }).check({ force: true });
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
}

/** Every name under which the site stores something, as its code has them. */
function names(): string[] {
	const found = new Set(['running-tab.theme', 'running-tab.size']);
	for (const file of readdirSync('build/_app/immutable', { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('.js')) continue;
		const code = readFileSync(`build/_app/immutable/${file}`, 'utf8');
		for (const [name] of code.matchAll(/running-tab\.[a-z]+/g)) found.add(name);
	}
	return [...found];
}

test('that throws: everything works, nothing is kept', async ({ page }) => {
	const faults = await faultsOf(page);
	await page.addInitScript(() => {
		for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB']) {
			Object.defineProperty(window, name, {
				get() {
					throw new DOMException('The operation is insecure.', 'SecurityError');
				}
			});
		}
	});
	for (const address of addresses()) await open(page, address);
	await open(page, '/');
	await live(page);
	expect(faults).toEqual([]);
});

test('that is full: everything works, and the tab holds for the page', async ({ page }) => {
	const faults = await faultsOf(page);
	await page.addInitScript(() => {
		for (const store of [localStorage, sessionStorage]) {
			for (let size = 1 << 20; size >= 1; size >>= 1) {
				try {
					for (;;) store.setItem(`other.${store.length}`, 'x'.repeat(size));
				} catch {
					// no room for so much
				}
			}
		}
	});
	await open(page, '/');
	expect(
		await page.evaluate(() => {
			try {
				localStorage.setItem('running-tab.theme', 'dark');
				return 'kept';
			} catch {
				return 'full';
			}
		})
	).toBe('full');
	await live(page);
	expect(faults).toEqual([]);
});

test('that holds nonsense under every name of ours is ignored', async ({ page }) => {
	test.setTimeout(120_000);
	const faults = await faultsOf(page, noIcon);
	await open(page, '/');
	await live(page);
	const nonsense = [
		'{',
		'null',
		'[]',
		'"<img src=x onerror=alert(1)>"',
		'{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}',
		'-1e309',
		'x'.repeat(100_000),
		'\u0000',
		'{"version":99,"sent":5,"came":5,"runs":1}',
		'toString',
		'[{"a":{"b":{"c":[]}}}]'
	];
	for (const text of nonsense) {
		await page.goto('/robots.txt'); // a page of the site would write over it as it is left
		await page.evaluate(
			({ text, names }) => {
				for (const store of [localStorage, sessionStorage]) {
					for (const name of [...Object.keys(store), ...names]) store.setItem(name, text);
				}
			},
			{ text, names: names() }
		);
		await open(page, '/');
		await expect(exhibit(page).root).toContainText(/recorded \d/);
		const body = await page.locator('body').innerText();
		expect(body).not.toMatch(/NaN|undefined|Infinity|onerror|\[object/);
		expect(body).toContain('nothing on the tab yet');
		expect(await page.evaluate(() => 'a' in Object.prototype)).toBe(false);
	}
	// Every page, with the worst of it.
	for (const address of addresses()) {
		await open(page, address);
		expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|Infinity|\[object/);
	}
	expect(faults).toEqual([]);
});

test('counts that no visit can have are taken for nothing', async ({ page }) => {
	const faults = await faultsOf(page, noIcon);
	const store = async (visit: object) => {
		await page.goto('/robots.txt'); // a page of the site would write over it as it is left
		const text = JSON.stringify(visit);
		await page.evaluate((value) => sessionStorage.setItem('running-tab.visit', value), text);
		await open(page, '/about/');
	};
	for (const visit of [
		{ sent: -5, came: 1, runs: 1 },
		{ sent: 1.5, came: 1, runs: 1 },
		{ sent: '5', came: 1, runs: 1 },
		{ sent: 1e15, came: 1, runs: 1 },
		{ sent: 5, came: 1 },
		{ version: 3, sent: 5, came: 1, runs: 1 }
	]) {
		await store(visit);
		expect((await tabLine(page)).text, JSON.stringify(visit)).toContain('nothing on the tab yet');
	}
	await store({ sent: 12, came: 3, runs: 1 });
	expect((await tabLine(page)).text, 'true counts are believed').toContain('12 in 3 out');
	expect(faults).toEqual([]);
});
