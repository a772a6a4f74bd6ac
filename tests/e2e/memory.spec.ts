/** @file What the site keeps of what a reader did, and what it does with whatever else may lie in its place. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { violations, violationsOfColours } from './axe.ts';
import { overflows, smallTargets } from './layout.ts';
import { faultsOf, hydrated, open } from './site.ts';

const key = 'running-tab.memory';
const older = 'running-tab.guesses';
const lesson = '/lessons/two-jobs/';
const list = '/lessons/';

const stored = (page: Page, name = key) =>
	page.evaluate((name) => localStorage.getItem(name), name);

/** Puts `text` in place before the page is opened, once. */
async function holding(page: Page, text: string, name = key) {
	await page.goto('/sources/');
	await page.evaluate(([name, text]) => localStorage.setItem(name, text), [name, text]);
}

/** Two questions tried: one solved at the second try, one not. */
const some = JSON.stringify({
	version: 1,
	lessons: {
		'two-jobs': {
			opened: Date.UTC(2026, 0, 5, 12),
			done: Date.UTC(2026, 0, 6, 12),
			checks: [
				{
					question: 'You ask a chatbot ten questions. What happens to the training bar?',
					tried: ['It grows a little each time', 'It stays exactly as it was'],
					solved: true
				},
				{
					question:
						'A friend says: “Making it cost a hundred million, so my question is expensive.” Is that right?',
					tried: ['No: once it is made, questions are free'],
					solved: false
				}
			]
		}
	},
	guesses: {
		'two-jobs': {
			value: 0.38,
			lesson: 'two-jobs',
			question: 'How high will one answer reach?',
			yours: '38 % of the bar',
			truth: 'too small to see'
		}
	}
});

const check = (page: Page, nth: number) => page.locator('form.check').nth(nth);

/** Solves both questions and makes a guess, with keys alone. */
async function doTheLesson(page: Page) {
	await page.getByRole('slider', { name: /your line/i }).focus();
	for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(page.getByText('you, before: 5 % of the bar')).toBeVisible();
	for (const [nth, right] of [
		[0, /It stays exactly/],
		[1, /it adds only its own bit/]
	] as const) {
		await check(page, nth).getByRole('radio').first().focus();
		await page.keyboard.press('ArrowDown');
		await expect(check(page, nth).getByRole('radio', { name: right })).toBeChecked();
		await page.keyboard.press('Enter');
		await expect(check(page, nth).getByText('Yes.', { exact: true })).toBeVisible();
	}
}

const done = (page: Page) => page.getByRole('checkbox', { name: 'I am done with this lesson' });
const row = (page: Page) => page.getByRole('listitem').filter({ hasText: 'What is the AI doing' });

test('what was done by keys alone is there on the next visit, on the list, and gone when erased', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await open(page, lesson);
	expect(await stored(page)).toBeNull();
	await expect(done(page)).not.toBeChecked();
	await doTheLesson(page);
	await expect(done(page)).toBeChecked();

	await page.reload();
	await hydrated(page);
	await expect(done(page)).toBeChecked();
	await expect(page.getByText('you, before: 5 % of the bar')).toBeVisible();
	await expect(check(page, 0).getByRole('radio', { name: /^It stays.*found/ })).toBeChecked();

	await page.getByRole('link', { name: 'All lessons', exact: true }).click();
	await expect(row(page).getByText('✓ done')).toBeVisible();
	await expect(row(page)).toContainText('2 of 2 solved');
	await row(page).getByRole('button', { name: 'What you did here' }).press('Enter');
	await expect(row(page)).toContainText('you, before 5 % of the bar so it is too small to see', {
		useInnerText: true
	});
	await expect(row(page)).toContainText('Found at once: “It stays exactly as it was”.');

	const before = await stored(page);
	await page.getByRole('button', { name: 'Erase all of it' }).press('Enter');
	await expect(row(page).getByText('✓ done')).toBeHidden();
	expect(await stored(page)).toBeNull();
	await page.getByRole('button', { name: 'Undo' }).press('Enter');
	await expect(row(page).getByText('✓ done')).toBeVisible();
	expect(await stored(page)).toBe(before);
	await page.getByRole('button', { name: 'Erase all of it' }).click();
	await page.goto(lesson);
	await hydrated(page);
	await expect(done(page)).not.toBeChecked();
	await expect(page.getByText('pull the line up', { exact: true })).toBeVisible();
	expect(faults).toEqual([]);
});

test('nothing is written before the reader does something', async ({ page }) => {
	for (const address of [lesson, list]) {
		await open(page, address);
		await page.waitForTimeout(200);
		expect(await stored(page)).toBeNull();
	}
	await page.goto(lesson);
	await hydrated(page);
	await page.mouse.wheel(0, 300);
	await expect.poll(() => stored(page)).toContain('"opened"');
});

for (const [name, text] of [
	['broken JSON', '{"version":1,"lessons":{"two-jobs":{"done":1'],
	['5 MB of rubbish', 'x'.repeat(4_900_000)],
	['a list', '[{"version":1}]'],
	[
		'prototype keys',
		'{"version":1,"__proto__":{"lessons":1},"lessons":{"__proto__":{"done":1},"constructor":1,"two-jobs":null},"guesses":{"__proto__":{"value":1}}}'
	],
	[
		'markup',
		'{"version":1,"guesses":{"two-jobs":{"value":"<img src=x onerror=alert(1)>"}},"lessons":{"two-jobs":{"checks":[{"question":"<script>","tried":"<b>"}]}}}'
	],
	[
		'numbers that are none',
		'{"version":1,"guesses":{"two-jobs":{"value":1e999}},"lessons":{"two-jobs":{"opened":-1e999,"done":null}}}'
	]
] as const) {
	test(`storage that holds ${name} is left alone until the reader does something`, async ({
		page
	}) => {
		await holding(page, text);
		const faults = await faultsOf(page);
		for (const address of [list, lesson]) {
			await open(page, address);
			await page.waitForTimeout(200);
			expect(await stored(page)).toBe(text);
			expect(await page.locator('main').innerText()).not.toMatch(/NaN|undefined|\[object|Infinity/);
		}
		await expect(done(page)).not.toBeChecked();
		await done(page).press('Space');
		const kept = JSON.parse((await stored(page)) ?? '');
		expect(kept.lessons['two-jobs'].done).toBeGreaterThan(0);
		expect(Object.keys(kept)).toEqual(['version', 'lessons', 'guesses']);
		await page.reload();
		await hydrated(page);
		await expect(done(page)).toBeChecked();
		expect(faults).toEqual([]);
	});
}

test('what is kept is shown as text, whatever it is', async ({ page }) => {
	const hostile = '<img src=x onerror="document.title=1"><h1>x</h1>\u202Eabc';
	const said = { question: hostile, yours: hostile, truth: 'y'.repeat(300) };
	await holding(
		page,
		JSON.stringify({
			version: 1,
			guesses: {
				a: { value: 1, lesson: 'two-jobs', ...said },
				b: { value: 1, lesson: 'two-jobs', ...said }
			}
		})
	);
	const faults = await faultsOf(page);
	await page.setViewportSize({ width: 320, height: 640 });
	await open(page, list);
	await row(page).getByRole('button', { name: 'What you did here' }).click();
	await expect(row(page)).toContainText('<img src=x');
	expect(await page.locator('main :is(img, li h1)').count()).toBe(0);
	expect(await row(page).innerText()).not.toContain('\u202E');
	expect(await overflows(page)).toEqual([]);
	expect(faults).toEqual([]);
});

test('what a newer version wrote is left as it is, also when something is done', async ({
	page
}) => {
	const newer = '{"version":2,"everything":"else"}';
	await holding(page, newer);
	await open(page, lesson);
	await expect(page.getByText('written by a newer version of this site')).toBeVisible();
	await doTheLesson(page);
	await expect(done(page)).toBeChecked();
	expect(await stored(page)).toBe(newer);

	await page.getByRole('link', { name: 'All lessons', exact: true }).click();
	await expect(page.getByText('written by a newer version of this site')).toBeVisible();
	await expect(row(page).getByText('✓ done')).toBeVisible();
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save it to a file' }).click()
	]);
	expect(readFileSync(await file.path(), 'utf8')).toBe(newer);
	expect(await stored(page)).toBe(newer);
});

test('guesses of the first version are taken over, and moved when the next one is made', async ({
	page
}) => {
	await holding(page, '{"two-jobs":0.42}', older);
	await open(page, list);
	await row(page).getByRole('button', { name: 'What you did here' }).click();
	await expect(row(page)).toContainText('with an earlier version of this site');
	expect(await stored(page, older)).toBe('{"two-jobs":0.42}');
	await page.goto(lesson);
	await hydrated(page);
	await expect(page.getByText('you, before: 42 % of the bar')).toBeVisible();
	await done(page).press('Space');
	expect(await stored(page, older)).toBeNull();
	expect(JSON.parse((await stored(page)) ?? '').guesses['two-jobs'].value).toBe(0.42);
});

test.describe('where nothing can be kept', () => {
	async function worksForThisPage(page: Page, why: string) {
		await doTheLesson(page);
		await expect(done(page)).toBeChecked();
		await expect(page.getByText(why)).toHaveCount(1);
		await expect(page.getByText(why)).toBeVisible();
		await page.getByRole('link', { name: 'All lessons', exact: true }).click();
		await expect(row(page).getByText('✓ done')).toBeVisible();
		await expect(page.getByText(why)).toBeVisible();
		await page.getByRole('button', { name: 'Erase all of it' }).click();
		await expect(row(page).getByText('✓ done')).toBeHidden();
	}

	test('because storage is blocked', async ({ page }) => {
		const faults = await faultsOf(page);
		await page.addInitScript(() => {
			for (const name of ['localStorage', 'sessionStorage'] as const) {
				Object.defineProperty(window, name, {
					get() {
						throw new DOMException('The operation is insecure.', 'SecurityError');
					}
				});
			}
		});
		await open(page, lesson);
		await worksForThisPage(page, 'This browser keeps nothing for us: its storage is blocked.');
		expect(faults).toEqual([]);
	});

	test('because storage is full', async ({ page }) => {
		const faults = await faultsOf(page);
		await open(page, '/about/');
		await page.evaluate(() => {
			// To the last character.
			for (let size = 1 << 22; size >= 1; size >>= 1) {
				try {
					for (let i = 0; ; i++) localStorage.setItem(`other-${size}-${i}`, 'x'.repeat(size));
				} catch {
					// Smaller pieces.
				}
			}
		});
		await page.goto(lesson);
		await hydrated(page);
		await doTheLesson(page);
		await expect(done(page)).toBeChecked();
		const why = page.getByText('This browser keeps nothing for us: its storage is full.');
		await expect(why).toBeVisible();
		expect(await stored(page)).toBeNull();

		// Room again: what was done since the page was opened is kept with the next thing done.
		await page.evaluate(() => localStorage.clear());
		await done(page).press('Space');
		await expect(why).toBeHidden();
		const { lessons, guesses } = JSON.parse((await stored(page)) ?? '');
		expect(lessons['two-jobs'].checks).toHaveLength(2);
		expect(guesses['two-jobs'].value).toBe(0.05);
		expect(faults).toEqual([]);
	});

	test('because the browser gives the site no room at all', async ({ page, baseURL }) => {
		const session = await page.context().newCDPSession(page);
		await session.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '', quotaSize: 0 });
		await open(page, lesson);
		await doTheLesson(page);
		await expect(done(page)).toBeChecked();
	});
});

test('another tab that erases, or does something, is followed', async ({ page, context }) => {
	await holding(page, some);
	await open(page, lesson);
	await expect(done(page)).toBeChecked();
	const other = await context.newPage();
	await open(other, list);
	await other.getByRole('button', { name: 'Erase all of it' }).click();
	await expect(done(page)).not.toBeChecked();
	await expect(check(page, 0).locator('input:checked')).toHaveCount(0);
	await expect(page.getByText('pull the line up', { exact: true })).toBeVisible();
	// The other way round: the list follows the lesson, and offers no undo over it.
	await done(page).press('Space');
	await expect(row(other).getByText('✓ done')).toBeVisible();
});

for (const years of [50, -50]) {
	test(`a clock that is ${Math.abs(years)} years ${years > 0 ? 'fast' : 'slow'} loses nothing and shows no such day`, async ({
		page
	}) => {
		await page.clock.setFixedTime(Date.now() + years * 365.25 * 864e5);
		await open(page, lesson);
		await doTheLesson(page);
		await page.clock.setFixedTime(Date.now());
		await page.goto(list);
		await hydrated(page);
		await expect(row(page).getByText('✓ done')).toBeVisible();
		await row(page).getByRole('button', { name: 'What you did here' }).click();
		await expect(row(page)).toContainText('Found at once');
		expect(await row(page).innerText()).not.toMatch(/20[6-9]\d|19\d\d|Invalid|NaN/);
		// What was kept in the right time is not doubted by a clock that is wrong now.
		await page.evaluate(([key, some]) => localStorage.setItem(key, some), [key, some]);
		await page.clock.setFixedTime(Date.now() + years * 365.25 * 864e5);
		await page.reload();
		await hydrated(page);
		await expect(row(page).getByText('✓ done')).toBeVisible();
	});
}

for (const width of [320, 1280]) {
	test(`what is kept comes back without moving anything, ${width} px`, async ({ page }) => {
		await holding(page, some);
		await page.setViewportSize({ width, height: 7000 });
		const places = () =>
			page.$$eval('main :is(h1, h2, h3, p, li, form, fieldset, legend, nav), footer', (all) =>
				all.map((one) => {
					const { x, y, height } = one.getBoundingClientRect();
					return `${one.tagName} ${x} ${y} ${height} ${one.textContent?.trim().slice(0, 20)}`;
				})
			);
		let release = () => {};
		for (const address of [lesson, list]) {
			const held = new Promise<void>((done) => (release = done));
			await page.route(/\.js$/, async (route) => {
				await held;
				await route.continue();
			});
			await page.goto(address, { waitUntil: 'commit' });
			await page.waitForSelector('footer');
			await page.evaluate(() => document.fonts.ready);
			await page.waitForTimeout(300);
			const before = await places();
			release();
			await hydrated(page);
			await expect(
				page.getByText(address === list ? '1 of 2 solved' : 'Read why').first()
			).toBeVisible();
			expect(before.length).toBeGreaterThan(10);
			expect(await places()).toEqual(before);
			const statuses = await page.locator('main [role="status"]').allInnerTexts();
			expect(statuses.join('').trim()).toBe('');
			await page.unrouteAll();
		}
	});
}

test('axe finds nothing when all of it is shown, in light and in dark', async ({ page }) => {
	test.setTimeout(120_000);
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await holding(page, some);
	const inBoth = async () => {
		expect(await violations(page)).toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect(await violationsOfColours(page), 'in dark').toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
	};
	await open(page, list);
	await row(page).getByRole('button', { name: 'What you did here' }).click();
	await page.getByRole('button', { name: 'Erase all of it' }).click();
	await page.getByRole('button', { name: 'Undo' }).click();
	await inBoth();
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await overflows(page)).toEqual([]);
	expect(await smallTargets(page)).toEqual([]);
	await page.goto(lesson);
	await hydrated(page);
	await check(page, 0).getByRole('button', { name: 'Read why' }).click();
	await inBoth();
	expect(await overflows(page)).toEqual([]);
});

test('what was saved can be opened elsewhere, and rubbish changes nothing', async ({
	page,
	browser,
	baseURL
}) => {
	await holding(page, some);
	await open(page, list);
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save it to a file' }).click()
	]);
	expect(file.suggestedFilename()).toBe('running-tab-lessons.json');

	const context = await browser.newContext({ baseURL: baseURL ?? '' });
	const other = await context.newPage();
	await open(other, list);
	const input = other.locator('input[type="file"]');
	for (const rubbish of ['hello', '[1]', '{"version":9}', '{"version":1}', 'x'.repeat(1_100_000)]) {
		await input.setInputFiles({
			name: 'a.json',
			mimeType: 'application/json',
			buffer: Buffer.from(rubbish)
		});
		await expect(other.getByText('Nothing was changed.')).toBeVisible();
		expect(await stored(other)).toBeNull();
	}
	await input.setInputFiles(await file.path());
	await expect(row(other).getByText('✓ done')).toBeVisible();
	await expect(row(other)).toContainText('1 of 2 solved');
	expect(JSON.parse((await stored(other)) ?? '')).toEqual(JSON.parse(some));
	await context.close();
});
