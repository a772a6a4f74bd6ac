/**
 * @file S3: a clock that is wrong by fifty years, or jumps in the middle of a run. Guard: whatever is measured is measured
 * by `performance.now()`, which no clock can move (run.ts in the engine, pace.ts, beat.ts).
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { exactDollars, exhibit, faultsOf, open, tabLine, trimmed } from './site.ts';

/** Sets the page's clock; `moveClock(ms)` in the page moves it further. The monotonic clock is left alone, as it would be. */
async function setClock(page: Page, start: string) {
	await page.addInitScript((start) => {
		const Real = Date;
		let shift = Real.parse(start) - Real.now();
		const now = () => Real.now() + shift;
		class Shifted extends Real {
			constructor(...parts: []) {
				if (parts.length) super(...parts);
				else super(now());
			}
			static override now = now;
		}
		Object.assign(window, { Date: Shifted, moveClock: (by: number) => (shift += by) });
	}, start);
}

const year = 365.25 * 86400e3;
const long = { tag: '@long' };

for (const [name, start, jump, tags] of [
	['1970, and back before it', '1970-01-01T00:00:10Z', -3600e3, {}],
	['fifty years on, and back to today', '2076-06-01T12:00:00Z', -50 * year, {}],
	['the year 9999, and a century further', '9999-12-31T23:59:59Z', 100 * year, long],
	['the night summer time begins', '2027-03-28T00:59:59Z', 3600e3, long],
	['the night it ends', '2027-10-31T00:59:59Z', -3600e3, long]
] as const) {
	test.describe(name, () => {
		test.use({ timezoneId: 'Europe/Berlin' });

		test('no time is negative, the bill is exact, the record is valid', tags, async ({ page }) => {
			const faults = await faultsOf(page);
			await setClock(page, start);
			await open(page, '/');
			const { root, run, stop, hasTokens, atRest } = exhibit(page);
			await run.click();
			await hasTokens(5);
			await page.evaluate(
				(by) => (window as unknown as { moveClock(by: number): void }).moveClock(by),
				jump
			);
			const before = await exhibit(page).tokens();
			await hasTokens(before + 5);
			await stop.click();
			await atRest();
			const text = await root.innerText();
			expect(text).not.toMatch(/NaN|Infinity|undefined|Invalid/);
			expect(text).not.toMatch(/(^|[\s$(])[-−]\d/m);
			await expect(root.locator('.status')).toHaveText(/stopped; [\d.]+ seconds? of computing/);
			const line = await tabLine(page);
			expect(trimmed(line.dollars)).toBe(await exactDollars(page, line));

			const saved = page.waitForEvent('download');
			await root.getByRole('button', { name: 'Save this run' }).click();
			const record = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as {
				date: string;
				tokens: { at: number }[];
				usage: { prefillMs: number; decodeMs: number };
			};
			expect(Number.isFinite(Date.parse(record.date)), record.date).toBe(true);
			const times = record.tokens.map(({ at }) => at);
			expect(times).toEqual([...times].sort((a, b) => a - b));
			expect(
				Math.min(...times, record.usage.prefillMs, record.usage.decodeMs)
			).toBeGreaterThanOrEqual(0);
			expect(times.at(-1)).toBeLessThan(60_000);
			expect(faults).toEqual([]);
		});
	});
}
