import { describe, expect, test } from 'vitest';
import { conditionColumns, priceColumns, readPrices } from './prices.ts';
import { readLedger } from './read.ts';

const sound = `${priceColumns.join(',')}
acme,large,2023-03-14,2023-03-14,,,30,,,60,,https://example.org/price,release,
acme,large,2023-12-01,2024-01-01,2024-02-01,2024-12-31,3,0.3,3.75,6,0.5,https://example.org/price,effective,"cut, at last"
acme,night,,,2024-03-01,,2,,,4,,https://example.org/price,first-seen,
`;
const soundConditions = `${conditionColumns.join(',')}
acme,large,2024-01-01,prompt > 200000,,,6,0.6,7.5,9,https://example.org/price,
acme,large,2024-01-01,prompt > 500000,,,9,0.9,9,12,https://example.org/price,
acme,night,2024-03-01,Mon-Fri 01:00-04:00 06:00-10:00 UTC,2024-05-01,2024-06-30,4,,,8,https://example.org/price,
`;

function read(prices = sound, conditions = soundConditions) {
	const faults: string[] = [];
	const report = (file: string) => (line: number, message: string) =>
		void faults.push(`${file}:${line}: ${message}`);
	const found = readPrices([prices, report('prices')], [conditions, report('conditions')]);
	return { found, said: faults.join('\n') };
}

test('sound tables are read whole', () => {
	const { found, said } = read();
	expect(said).toBe('');
	expect(found.map(({ model, from }) => `${model} ${from}`)).toEqual([
		'large 2023-03-14',
		'large 2024-01-01',
		'night 2024-03-01'
	]);
	expect(found[1].conditions).toHaveLength(2);
	expect(found[2].conditions).toEqual([
		{
			when: 'hours',
			windows: [
				{ days: [1, 2, 3, 4, 5], from: 60, to: 240 },
				{ days: [1, 2, 3, 4, 5], from: 360, to: 600 }
			],
			since: '2024-05-01',
			until: '2024-06-30',
			input: '4',
			output: '8',
			source: 'https://example.org/price'
		}
	]);
});

const wrong: [name: string, change: (text: string) => string, message: RegExp][] = [
	['a missing price', (t) => t.replace('30,,,60', '30,,,'), /:2: output_usd_per_mtok is empty$/m],
	['a negative price', (t) => t.replace(',30,', ',-30,'), /:2: input_usd_per_mtok must be a plain/],
	['an exponent', (t) => t.replace(',30,', ',3e1,'), /:2: input_usd_per_mtok must be a plain/],
	['infinity', (t) => t.replace(',30,', ',Infinity,'), /:2: input_usd_per_mtok must be a plain/],
	['a number beyond numbers', (t) => t.replace(',30,', ',1e309,'), /:2: input_usd_per_mtok must/],
	['no number at all', (t) => t.replace(',30,', ',NaN,'), /:2: input_usd_per_mtok must be a plain/],
	['a price in words', (t) => t.replace(',30,', ',cheap,'), /:2: input_usd_per_mtok must be/],
	['Arabic digits', (t) => t.replace(',30,', ',٣٠,'), /:2: input_usd_per_mtok must be a plain/],
	['a month for a day', (t) => t.replace('2023-03-14', '2023-03'), /:2: announced must be a full/],
	[
		'a day that is none',
		(t) => t.replace('2023-03-14', '2023-04-31'),
		/:2: announced is not a day/
	],
	[
		'the day of another century',
		(t) => t.replace('2023-03-14', '1023-03-14'),
		/:2: announced must/
	],
	[
		'no day at all',
		(t) => t.replace('2023-03-14,2023-03-14', ','),
		/:2: a price needs the day it took effect or the day it was read/
	],
	[
		'an announcement afterwards',
		(t) => t.replace('2023-12-01', '2024-01-02'),
		/:3: announced \(2024-01-02\) lies after effective \(2024-01-01\)$/m
	],
	[
		'a check before anything was said',
		(t) => t.replace('2024-02-01', '2023-11-30'),
		/:3: checked \(2023-11-30\) lies before effective/
	],
	[
		'a promotion that ends before it begins',
		(t) => t.replace('2024-12-31', '2023-12-31'),
		/:3: until \(2023-12-31\) lies before the price began/
	],
	[
		'no source',
		(t) => t.replace('https://example.org/price,release', ',release'),
		/:2: source_url is empty$/m
	],
	[
		'a script for a source',
		(t) => t.replace('https://example.org/price,release', 'javascript:1,release'),
		/:2: source_url must begin/
	],
	[
		'a cell too many',
		(t) => t.replace('release,', 'release,,'),
		/:2: 15 cells where the heading has 14$/m
	],
	['another heading', (t) => t.replace('vendor,', 'seller,'), /:1: the columns must be vendor,/],
	['a dearer cache', (t) => t.replace(',0.3,', ',300,'), /:3: a cached token \(300\) costs more/],
	['a batch for nothing', (t) => t.replace(',0.5,', ',0,'), /:3: batch_share must be a share/],
	[
		'a batch that costs more',
		(t) => t.replace(',0.5,', ',1.5,'),
		/:3: batch_share must be a share/
	],
	['percent for a share', (t) => t.replace(',0.5,', ',50%,'), /:3: batch_share must be a share/],
	[
		'the same row twice',
		(t) => t + t.split('\n')[1] + '\n',
		/:5: acme, large, 2023-03-14 already stands in line 2$/m
	],
	['an open quotation', (t) => t + 'acme,"x\n', /:5: a quotation mark is never closed$/m]
];

test.each(wrong)('prices.csv with %s is refused with its line', (_, change, message) => {
	const changed = change(sound);
	expect(changed).not.toBe(sound);
	expect(read(changed, `${conditionColumns.join(',')}\n`).said).toMatch(message);
});

const wrongConditions: typeof wrong = [
	[
		'no price',
		(t) => t.replace('acme,large', 'acme,small'),
		/:2: prices\.csv has no row "acme, small, 2024-01-01"$/m
	],
	[
		'prototype keys',
		(t) => t.replace('acme,large', '__proto__,constructor'),
		/:2: prices\.csv has no row "__proto__, constructor/
	],
	['a length in words', (t) => t.replace('> 200000', '> many'), /:2: condition must read/],
	['a length of nothing', (t) => t.replace('> 200000', '> 0'), /:2: condition must read/],
	['an hour that is none', (t) => t.replace('04:00', '24:30'), /:4: condition must read/],
	['hours without a zone', (t) => t.replace(' UTC', ''), /:4: condition must read/],
	['hours elsewhere', (t) => t.replace(' UTC', ' CET'), /:4: condition must read/],
	[
		'a window of no length',
		(t) => t.replace('01:00-04:00', '04:00-04:00'),
		/:4: condition must read/
	],
	['a day that is none', (t) => t.replace('Mon-Fri', 'Mon-Foo'), /:4: condition must read/],
	[
		'a beginning before the price',
		(t) => t.replace('2024-05-01', '2024-02-01'),
		/:4: since \(2024-02-01\) lies before the price/
	],
	[
		'an end before its beginning',
		(t) => t.replace('2024-06-30', '2024-04-30'),
		/:4: until \(2024-04-30\) lies before it began$/m
	],
	[
		'the same length twice',
		(t) => t.replace('500000', '200000'),
		/:3: another condition of the price has the same length/
	],
	[
		'two ways of counting',
		(t) => t.replace('prompt > 500000', 'prompt part > 500000'),
		/:3: a price whose part above costs more has one such length$/m
	],
	[
		'a long prompt for less',
		(t) => t.replace(',6,0.6,7.5,9,', ',2,0.2,7.5,9,'),
		/:2: a longer prompt would cost less: input \(2\) is below the ordinary price \(3\)$/m
	],
	[
		'a long answer for less',
		(t) => t.replace(',6,0.6,7.5,9,', ',6,0.6,7.5,5,'),
		/:2: a longer prompt would cost less: output \(5\) is below/
	],
	[
		'a cache that is cheaper above',
		(t) => t.replace(',6,0.6,7.5,9,', ',6,0.2,7.5,9,'),
		/:2: a longer prompt would cost less: cachedInput \(0\.2\)/
	],
	[
		'a still longer prompt for less',
		(t) => t.replace(',9,0.9,9,12,', ',5,0.9,9,12,'),
		/:3: a longer prompt would cost less: input \(5\) is below those above 200000 \(6\)$/m
	],
	[
		'hours and lengths at once',
		(t) => t + 'acme,night,2024-03-01,prompt > 5,,,9,,,9,https://example.org/price,\n',
		/:5: a price has conditions of length or of hours, not both$/m
	],
	[
		'hours that overlap',
		(t) => t + 'acme,night,2024-03-01,09:59-11:00 UTC,,,9,,,9,https://example.org/price,\n',
		/:5: these hours overlap with others of the price$/m
	],
	[
		'another price for the answer where only the part above counts',
		(t) => t.replace('prompt > 200000', 'prompt part > 200000').replace(/^.*500000.*\n/m, ''),
		/:2: the part above is of the prompt: the output price must stay$/m
	]
];

test.each(wrongConditions)(
	'price-conditions.csv with %s is refused with its line',
	(_, change, message) => {
		const changed = change(soundConditions);
		expect(changed).not.toBe(soundConditions);
		expect(read(sound, changed).said).toMatch(message);
	}
);

test('hours may go over midnight, and touch', () => {
	const row = (when: string) =>
		`acme,night,2024-03-01,${when},,,9,,,9,https://example.org/price,\n`;
	const heading = `${conditionColumns.join(',')}\n`;
	expect(read(sound, heading + row('16:30-00:30 UTC')).said).toBe('');
	expect(read(sound, heading + row('16:30-00:30 UTC') + row('00:30-16:30 UTC')).said).toBe('');
	expect(
		read(sound, heading + row('Sat 23:00-01:00 UTC') + row('Sun 00:59-02:00 UTC')).said
	).toMatch('overlap');
	expect(read(sound, heading + row('Fri-Mon 10:00-11:00 UTC')).found[2].conditions).toMatchObject([
		{ windows: [{ days: [5, 6, 0, 1] }] }
	]);
});

describe('the history of this repository', () => {
	const { prices, cards } = readLedger('.');

	test('says of every price a day it took effect or was read, and keeps the three days apart', () => {
		expect(prices.length).toBeGreaterThan(165);
		for (const { from, effective, checked, announced } of prices) {
			expect(effective ?? checked).toBe(from);
			if (announced && effective) expect(announced <= effective).toBe(true);
		}
		expect(prices.filter(({ announced }) => announced).length).toBeGreaterThan(60);
		expect(prices.filter(({ until }) => until).length).toBeGreaterThanOrEqual(5);
		expect(prices.flatMap(({ conditions = [] }) => conditions).length).toBeGreaterThanOrEqual(14);
	});

	test('DeepSeek asks twice as much at its busy hours', () => {
		const model = prices.find(({ model }) => model === 'deepseek-flash (V4.1)')!;
		const [peak] = model.conditions!;
		expect([Number(peak.input), Number(peak.output)]).toEqual([
			2 * Number(model.input),
			2 * Number(model.output)
		]);
	});

	test('a card is found again among the prices by what it says', () => {
		for (const { key, from, source, input, output } of cards) {
			const rows = prices.filter(
				(price) =>
					price.from === from &&
					price.source === source &&
					price.input === input &&
					price.output === output
			);
			expect(rows, key).toHaveLength(1);
		}
	});
});
