/** @file Run records as a stranger might make them: refused with the place that is wrong, or billed as any run. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRecord } from '#lib/engine/record.ts';
import { absent, changed, hostile, places } from '#lib/engine/testing/hostile.ts';
import { readLedger } from '#lib/ledger/server/read.ts';
import { charge } from '#lib/meter/charge.ts';
import { bill, dollars } from '#lib/meter/money.ts';

const { cards, prices } = readLedger('.');
const shipped = JSON.parse(readFileSync('src/lib/exhibits/spike/recorded.json', 'utf8'));
const record = {
	...shipped,
	tokens: shipped.tokens.slice(0, 2),
	usage: { ...shipped.usage, outputTokens: 2 }
};

/** Numbers that JSON can hold and no count can be. */
const more = [Number('1e309'), -Infinity, NaN, 2 ** 53, 1e9 + 1, '1e3', '١٢', '1,5', [[1]]];

test('a wrong value at any place of its usage is refused by the name of that place', () => {
	for (const field of Object.keys(record.usage)) {
		for (const to of [...hostile, ...more]) {
			// A time may be any number within a day.
			if (field.endsWith('Ms') && to === 1.5) continue;
			const tried = changed(record, ['usage', field], to);
			expect(() => readRecord(tried), `${field} ${String(to).slice(0, 20)}`).toThrow(
				/^This is not a run that can be played: usage\.\w+ must be /
			);
		}
	}
});

test('whatever else is wrong in a record, what is taken has a bill, and what is refused says why', () => {
	let taken = 0;
	let refused = 0;
	for (const path of places(record)) {
		for (const to of [...hostile, ...more]) {
			if (to === absent && typeof path.at(-1) !== 'string') continue;
			let read;
			try {
				read = readRecord(changed(record, path, to));
			} catch (error) {
				refused++;
				expect((error as Error).message).toMatch(/^This is not a run that can be played: [\w.[\]]/);
				continue;
			}
			taken++;
			const { promptTokens, outputTokens } = read.usage;
			const usage = { promptTokens, cachedTokens: 0, outputTokens };
			for (const card of cards) {
				expect(dollars(bill(usage, card))).toMatch(/^\$\d{1,3}(,\d{3})*\.\d{2,}$/);
			}
			expect(charge(usage, prices[taken % prices.length]).sum.units >= 0n).toBe(true);
		}
	}
	expect(refused).toBeGreaterThan(200);
	expect(taken).toBeGreaterThan(20);
	expect(({} as Record<string, unknown>).text).toBeUndefined();
});
