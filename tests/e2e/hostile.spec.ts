/**
 * @file S5: addresses that somebody else has written. What is in them is checked or ignored, never shown raw; they add
 * nothing to a page, and every page goes on working.
 *
 * | fault                                    | guard                                             |
 * | ---------------------------------------- | ------------------------------------------------- |
 * | a fragment of a megabyte, of 50,000 parts | fragment.ts `LONGEST`, `PARTS`                   |
 * | broken escapes, control characters       | fragment.ts `decoded`                             |
 * | prototype keys, wrong types, wrong ranges | each exhibit's `Settings.read`: `oneOf`, patterns |
 * | markup                                   | text is text: nothing is set as HTML              |
 * | queries                                  | nothing reads them                                |
 */
import { expect, test, type Page } from '@playwright/test';
import { addresses, faultsOf, open, openAwake, withExhibits } from './site.ts';

const prefixes = [
	'spike',
	'lab',
	'bill',
	'phases',
	'next',
	'roll',
	'crossing',
	'lens',
	'runs',
	'final',
	'energy',
	'claims',
	'prices',
	'factors',
	'a',
	'b',
	'__proto__'
];
const keys = [
	'as',
	'by',
	'at',
	'pace',
	'seed',
	't',
	'k',
	'n',
	'd',
	'chip',
	'of',
	'pick',
	'sort',
	'people',
	'tokens',
	'day',
	'top',
	'level',
	'case',
	'price',
	'tasks',
	'rounds',
	'two',
	'x',
	'share',
	'step'
];
const values = [
	'__proto__',
	'constructor',
	'toString',
	'-1',
	'1e309',
	'NaN',
	'0x10',
	'99999999999999999999',
	'%00',
	'%E0%A4%A',
	'%',
	'%3Cscript%3Ealert(1)%3C/script%3E',
	'%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E',
	'..%2F..%2Fetc%2Fpasswd',
	'javascript:alert(1)',
	'%E2%80%AE',
	'%F0%9F%98%80'.repeat(500),
	'zzz-nowhere'
];

/** A page reads no more parts than this of one fragment: `PARTS` in fragment.ts. */
const READ = 64;

/** A value under every name of every exhibit, in as many fragments as it takes for all of them to be read. */
function everywhere(value: string): string[] {
	const parts = prefixes.flatMap((prefix) => keys.map((key) => `${prefix}.${key}=${value}`));
	return Array.from({ length: Math.ceil(parts.length / READ) }, (_, at) =>
		parts.slice(at * READ, (at + 1) * READ).join('&')
	);
}

/** More than fifty of them: every value under every name an exhibit has, and whole fragments that are none. */
const fragments = [
	...values.flatMap(everywhere),
	...values
		.slice(0, 14)
		.map((value) => `${value}=${value}&spike=${value}&.=${value}&lab.${value}=1`),
	'&'.repeat(50_000),
	`spike.seed=${'9'.repeat(1_000_000)}`,
	'x'.repeat(1_000_000),
	'spike.as=%&lab.t=%E0%A4%A&%%%',
	'../../../../etc/passwd',
	'javascript:alert(1)',
	'<script>alert(1)</script>',
	'"><svg onload=alert(1)>',
	'spike.__proto__.polluted=1&__proto__.polluted=1&constructor.prototype.polluted=1',
	'spike.as[]=1&spike[as]=1&spike.as.at=1',
	'#spike.as=zzz-nowhere',
	'spike.as=zzz-nowhere&'.repeat(200),
	'%23%23%23',
	':~:text=zzz-nowhere',
	'\u202e\u0000\u0007',
	'null',
	'=',
	'.='
];

/** What the page is made of, and whether anything hostile came of it. */
function state(page: Page) {
	return page.evaluate(() => ({
		elements: document.querySelectorAll('*').length,
		foreign: document.querySelectorAll('img[src="x"], iframe, svg[onload], [onerror]').length,
		polluted: 'polluted' in Object.prototype || 'x' in Object.prototype,
		shown: /NaN|undefined|Infinity|\[object|zzz-nowhere|alert\(|etc\/passwd/.exec(
			document.body.innerText
		)?.[0]
	}));
}

// All fifty on the front page; elsewhere a few, and all of them among the long tests.
for (const [name, tags, pages, some] of [
	['fifty fragments on the front page', {}, ['/'], fragments],
	[
		'a few fragments on every page',
		{},
		withExhibits(),
		fragments.filter((one, at) => at % 7 === 1 && one.length < 20_000)
	],
	['fifty fragments on every page', { tag: '@long' }, withExhibits(), fragments]
] as const) {
	test(
		`${name} with an exhibit: nothing added, nothing shown, all alive`,
		tags,
		async ({ page }) => {
			test.setTimeout(240_000);
			expect(fragments.length).toBeGreaterThanOrEqual(50);
			const faults = await faultsOf(page);
			for (const address of pages) {
				await openAwake(page, address);
				const before = await state(page);
				for (const fragment of some) {
					await page.evaluate((hash) => (location.hash = hash), fragment);
					await page.evaluate(
						() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
					);
					const after = await state(page);
					expect(after, `${address}#${fragment.slice(0, 80)}`).toEqual({
						...before,
						shown: undefined
					});
				}
			}
			expect(faults).toEqual([]);
		}
	);
}

test('fragments of the training runs: nothing added, nothing shown, all alive', async ({
	page
}) => {
	const faults = await faultsOf(page);
	await openAwake(page, '/ledger/training/');
	const before = await state(page);
	const names = ['by', 'maker', 'from', 'to', 'size', 'sure', 'known', 'at', 'pick', 'sort'];
	const hostile = [
		...values.map((value) => names.map((name) => `runs.${name}=${value}`).join('&')),
		`runs.pick=${'gpt-4.'.repeat(2000)}zzz-nowhere`,
		`runs.q=${'x'.repeat(1_000_000)}`,
		'runs.__proto__=1&runs.pick=__proto__.gpt-zzz-nowhere&runs=1'
	];
	for (const fragment of hostile) {
		await page.evaluate((hash) => (location.hash = hash), fragment);
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
		const after = await state(page);
		// one run that is there among two thousand that are not is compared alone
		const picked = fragment.startsWith('runs.pick=gpt-4.');
		expect(picked ? { ...after, elements: 0 } : after, fragment.slice(0, 80)).toEqual({
			...before,
			shown: undefined,
			...(picked && { elements: 0 })
		});
	}
	await page.evaluate(() => (location.hash = ''));
	await page.getByRole('slider').focus();
	await page.keyboard.press('Home');
	await expect(page.locator('.reading')).toContainText('Transformer (big)');
	expect(faults).toEqual([]);
});

test('the worst of them when a page is opened, and queries on every page', async ({ page }) => {
	test.setTimeout(240_000);
	const faults = await faultsOf(page);
	const worst = fragments.filter((_, index) => index % 12 === 0);
	for (const fragment of worst) {
		await page.goto('about:blank');
		await open(page, `/#${fragment}`);
		const { foreign, polluted, shown } = await state(page);
		expect({ foreign, polluted, shown }, fragment.slice(0, 80)).toEqual({
			foreign: 0,
			polluted: false,
			shown: undefined
		});
		await expect(page.locator('[data-tokens]').first()).toContainText(/recorded \d/);
	}
	const query = `?q=<script>alert(1)</script>&__proto__[x]=1&${'a'.repeat(5000)}=%00%E0%A4%A&../../etc/passwd`;
	for (const address of addresses()) {
		await open(page, address);
		const before = (await state(page)).elements;
		await open(page, address + query);
		expect((await state(page)).elements, address).toBe(before);
		expect((await state(page)).shown, address).toBe(undefined);
	}
	expect(faults).toEqual([]);
});
