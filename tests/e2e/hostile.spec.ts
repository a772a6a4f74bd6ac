/**
 * @file S5: addresses that somebody else has written. What is in them is checked or ignored, never shown raw; they add
 * nothing to a page, and every page goes on working.
 *
 * | fault                                    | guard                                             |
 * | ---------------------------------------- | ------------------------------------------------- |
 * | a fragment of a megabyte, of 50,000 parts | fragment.ts `LONGEST`, `PARTS`                   |
 * | broken escapes, control characters       | fragment.ts `decoded`                             |
 * | prototype keys, wrong types, wrong ranges | each `Settings.read`; `readFilter`, `wantedIn`   |
 * | markup                                   | text is text: nothing is set as HTML              |
 * | queries                                  | nothing reads them                                |
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { addresses, faultsOf, open, openAwake, withExhibits } from './site.ts';

/** What each exhibit and each page reads from the address; but for texts, which are shown as they are. */
const names: Record<string, readonly string[]> = {
	spike: ['as', 'by', 'at', 'pace', 'seed', 't'],
	lab: ['pace', 'seed', 't', 'k', 'n', 'two'],
	bill: ['for', 'cards', 'cached', 'times', 'way', 'own', 'seed', 'pace', 'n'],
	phases: ['rounds'],
	next: ['seed', 't', 'k', 'dice'],
	roll: ['turn', 'view', 'seed'],
	crossing: ['model', 'count', 'people', 'tokens'],
	lens: ['of', 'by'],
	energy: ['of', 'in', 'out', 'least', 'most', 'row', 'times', 'day'],
	runs: ['by', 'at', 'pick', 'sort'],
	prices: ['day', 'top', 'level', 'tokens', 'of'],
	factors: ['case', 'price', 'tokens', 'tasks'],
	final: ['n', 'd', 'chip'],
	claims: ['article', 'verdict', 'topic', 'q'],
	find: ['topic', 'kind', 'sure', 'age', 'order'],
	inside: ['of', 'step', 'pass', 'head', 'seed', 't', 'k'],
	freeze: ['kind', 'seed'],
	train: ['text', 'cut', 'size', 'on', 'steps', 'seed', 'rate'],
	writer: ['is'],
	tune: ['x'],
	a: ['x', 'share'],
	['__proto__']: ['x', 'polluted']
};

/** As many parts as `fragment.ts` reads of one fragment: what stands after them would be tried nowhere. */
const READ = 64;

/** Fragments that say `value` under every one of these names, each short enough to be read to its end. */
function everywhere(value: string): string[] {
	const parts = Object.entries(names).flatMap(([prefix, keys]) =>
		keys.map((key) => `${prefix}.${key}=${value}`)
	);
	return Array.from({ length: Math.ceil(parts.length / READ) }, (_, i) =>
		parts.slice(i * READ, (i + 1) * READ).join('&')
	);
}

/** A page without an exhibit that reads its address all the same. */
const ledger = '/ledger/';

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
	'%F0%9F%98%80'.repeat(15),
	'zzz-nowhere'
];

/** More than fifty: every value under every name there is, and whole fragments that are none. */
const fragments = [
	...values.flatMap(everywhere),
	...values
		.slice(0, 14)
		.map((value) => `${value}=${value}&spike=${value}&.=${value}&lab.${value}=1`),
	'&'.repeat(50_000),
	`spike.seed=${'9'.repeat(1_000_000)}`,
	'x'.repeat(1_000_000),
	`spike.as=${'%F0%9F%98%80'.repeat(500)}`,
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

// All of them on the front page; elsewhere a few, and all of them among the long tests.
for (const [name, tags, pages, some] of [
	['fifty fragments on the front page', {}, ['/'], fragments],
	[
		'a few fragments on every page',
		{},
		[...withExhibits(), ledger],
		fragments.filter((one, at) => at % 7 === 1 && one.length < 20_000)
	],
	['fifty fragments on every page', { tag: '@long' }, [...withExhibits(), ledger], fragments]
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
	const runs = ['by', 'maker', 'from', 'to', 'size', 'sure', 'known', 'at', 'pick', 'sort'];
	const hostile = [
		...values.map((value) => runs.map((name) => `runs.${name}=${value}`).join('&')),
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

test('every exhibit is among them', () => {
	const folder = 'src/lib/exhibits';
	const ids = readdirSync(folder).flatMap(
		(file) =>
			(file.endsWith('.svelte') &&
				/\blet \{[^}]*\bid = '(\w+)'|\bconst \{[^}]*\bid = '(\w+)'/
					.exec(readFileSync(`${folder}/${file}`, 'utf8'))
					?.slice(1)
					.filter(Boolean)) ||
			[]
	);
	expect(ids.length).toBeGreaterThan(12);
	expect(ids.filter((id) => !Object.hasOwn(names, id))).toEqual([]);
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
