import { expect, test } from 'vitest';
import type { Price } from '../price.ts';
import { readPriceLines } from './price-lines.ts';

const prices = [
	{ vendor: 'acme', model: 'large', from: '2024-01-01' },
	{ vendor: 'acme', model: 'large', from: '2023-03-14' },
	{ vendor: 'acme', model: 'small', from: '2023-05-01' }
] as Price[];

const TOPS = 'vendor,model,since,name,why,source_url\n';
const SCORES = 'vendor,model,name,mmlu,listed_as,source_url\n';
const large = 'acme,large,2023-03-14,Large,The only one.,https://example.org/price\n';
const score = 'acme,large,Large,64.8,Large-1,https://example.org/scores\n';

function read(tops: string, scores: string) {
	const faults: string[] = [];
	const fault = (line: number, message: string) => faults.push(`${line}: ${message}`);
	const lines = readPriceLines([TOPS + tops, fault], [SCORES + scores, fault], prices);
	return { lines, faults };
}

test('both tables are read, without the names the source uses', () => {
	expect(read(large, score)).toEqual({
		faults: [],
		lines: {
			tops: [
				{
					vendor: 'acme',
					model: 'large',
					since: '2023-03-14',
					name: 'Large',
					why: 'The only one.',
					source: 'https://example.org/price'
				}
			],
			scores: [
				{
					vendor: 'acme',
					model: 'large',
					name: 'Large',
					mmlu: 64.8,
					source: 'https://example.org/scores'
				}
			]
		}
	});
});

test.each([
	['a model without a price', large.replace('large', 'huge'), '', '2: prices.csv has no model'],
	['a day before its first price', large.replace('03-14', '03-13'), '', '2: since (2023-03-13)'],
	['a row out of its order', large + large, '', '3: since (2023-03-14) does not lie after'],
	['no reason', large.replace('The only one.', ''), '', '2: why is empty'],
	['no day', large.replace('2023-03-14', '2023'), '', '2: since must be a full day'],
	['a scored model without a price', '', score.replace('large', 'huge'), '2: prices.csv has no'],
	['a model scored twice', '', score + score, '3: acme, large already stands in line 2'],
	['a score of a hundred and one', '', score.replace('64.8', '101'), '2: mmlu must be a percent'],
	['a score of none', '', score.replace('64.8', '0'), '2: mmlu must be a percentage'],
	['a score without a source', '', score.replace(/https.*/, ''), '2: source_url is empty']
])('%s is refused with its line', (_, tops, scores, message) => {
	expect(read(tops, scores).faults.join('\n')).toContain(message);
});
