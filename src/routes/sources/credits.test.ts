import ledger from 'virtual:ledger/all';
import { expect, test } from 'vitest';
import { load } from './+page.server.ts';

const { publishers, total } = load();
const sum = (of: (publisher: (typeof publishers)[number]) => number) =>
	publishers.reduce((n, publisher) => n + of(publisher), 0);

test('every number, price and training run is credited once', () => {
	expect(sum(({ numbers }) => numbers.length)).toBe(total.numbers);
	expect(sum(({ prices }) => prices)).toBe(total.prices);
	expect(sum(({ runs }) => runs)).toBe(total.runs);
	const ids = publishers.flatMap(({ numbers }) => numbers.map(({ id }) => id));
	expect(new Set(ids)).toEqual(new Set(ledger.entries.map(({ figure }) => figure.id)));
});

test('whom most is owed to comes first, and whoever gave nothing is not named', () => {
	const owed = publishers.map(({ numbers, prices, runs }) => numbers.length + prices + runs);
	expect(owed).toEqual([...owed].sort((a, b) => b - a));
	expect(Math.min(...owed)).toBeGreaterThan(0);
});

test('an address is credited to the publisher under whose pages it lies', () => {
	const epoch = publishers.find(({ key }) => key === 'epoch-ai')!;
	expect(epoch.runs).toBe(
		ledger.runs.filter(({ source }) => source.startsWith('https://epoch.ai/')).length
	);
	expect(epoch.licence).toBe('CC BY 4.0');
});
