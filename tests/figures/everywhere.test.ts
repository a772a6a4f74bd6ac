/** @file Figures are the same in every locale and time zone, in Node as it really starts there. In browsers: e2e/languages.spec.ts. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

type Printed = { zone: string; own: string; figures: string[] };

function printedIn(locale: string, zone: string): Printed {
	const { stdout, stderr } = spawnSync('node', ['scripts/run.mjs', 'tests/figures/print.ts'], {
		env: { ...process.env, LC_ALL: locale, LANG: locale, LANGUAGE: locale, TZ: zone },
		encoding: 'utf8'
	});
	expect(stderr).toBe('');
	return JSON.parse(stdout) as Printed;
}

test('in Arabic digits, with a comma, a day ahead and a day behind', () => {
	const here = printedIn('en_US.UTF-8', 'UTC');
	expect(here.own).toBe('1,234,567.5');
	expect(here.figures.length).toBeGreaterThan(500);
	for (const [locale, zone, own] of [
		['ar_EG.UTF-8', 'Pacific/Kiritimati', '١٬٢٣٤٬٥٦٧٫٥'],
		['de_DE.UTF-8', 'Pacific/Pago_Pago', '1.234.567,5']
	]) {
		const there = printedIn(locale, zone);
		// It really ran there.
		expect([there.own, there.zone]).toEqual([own, zone]);
		expect(there.figures).toEqual(here.figures);
	}
}, 60_000);
