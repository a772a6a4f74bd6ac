import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import ledger from 'virtual:ledger/all';
import { readTable } from '#lib/ledger/server/csv.ts';
import { asCsv, asJson, cell, runsAsCsv } from './export.server.ts';

const bySchema = new Ajv2020({ strict: true, strictRequired: false }).compile(
	JSON.parse(readFileSync('static/schema/ledger.json', 'utf8'))
);

describe('the file to take away', () => {
	const file = JSON.parse(JSON.stringify(asJson(ledger.entries)));

	test('is as its schema says, and holds every number and the licence', () => {
		expect(bySchema(file), JSON.stringify(bySchema.errors?.[0])).toBe(true);
		expect(file.entries).toHaveLength(ledger.entries.length);
		expect(file.licence).toBe('CC BY 4.0');
		expect(file.credit).toContain('Epoch AI');
	});

	test.each([
		['a number in words', (entry: Record<string, unknown>) => (entry.low = '1')],
		['no source', (entry: Record<string, unknown>) => delete entry.source],
		[
			'no number',
			(entry: Record<string, unknown>) =>
				['value', 'low', 'high'].forEach((key) => delete entry[key])
		],
		['a field of its own', (entry: Record<string, unknown>) => (entry.colour = 'red')],
		['less than nothing', (entry: Record<string, unknown>) => (entry.high = -1)]
	])('%s is not as its schema says', (_, spoil) => {
		const spoilt = structuredClone(file);
		spoil(spoilt.entries[0]);
		expect(bySchema(spoilt)).toBe(false);
	});

	test('names what disagrees from both sides, and the claims of claims.yaml', () => {
		const of = (id: string) => file.entries.find((entry: { id: string }) => entry.id === id);
		expect(of('gpt4-cost-altman').disagrees).toEqual(['gpt4-cost-estimates']);
		expect(of('gpt4-cost-estimates').disagrees).toContain('gpt4-cost-altman');
		expect(of('gpt4-cost-estimates').claims).toContain('S0-07');
	});
});

describe('the table to take away', () => {
	test('reads back as what was written, row by row', () => {
		const csv = asCsv(ledger.entries);
		const columns = csv.slice(0, csv.indexOf('\r\n')).split(',');
		const rows = readTable(csv, columns, (line, message) => {
			throw new Error(`${line}: ${message}`);
		});
		expect(rows).toHaveLength(ledger.entries.length);
		for (const [i, { cells }] of rows.entries()) {
			const { figure } = ledger.entries[i];
			expect(cells.get('id')).toBe(figure.id);
			expect(cells.get('statement')).toBe(figure.statement.trim());
			expect(cells.get('low')).toBe(figure.low === undefined ? '' : String(figure.low));
			expect(cells.get('licence')).toContain('CC BY 4.0');
		}
	});

	test('that of the training runs reads back as the one it was made from', () => {
		const csv = runsAsCsv(ledger.runs);
		const throws = (line: number, message: string) => {
			throw new Error(`${line}: ${message}`);
		};
		const columns = csv.slice(0, csv.indexOf('\r\n')).split(',');
		expect(columns.slice(-2)).toEqual(['licence', 'credit']);
		const rows = readTable(csv, columns, throws);
		const own = readFileSync('content/ledger/training-runs.csv', 'utf8');
		const ours = readTable(own, columns.slice(0, -2), throws);
		expect(rows).toHaveLength(ours.length);
		for (const [i, { cells }] of rows.entries()) {
			for (const [name, value] of ours[i].cells) {
				const same = Number.isNaN(Number(value)) || value === '' ? value : String(Number(value));
				expect(cells.get(name), `${ours[i].cells.get('model')}, ${name}`).toBe(same);
			}
			expect(cells.get('licence')).toContain('CC BY 4.0');
			expect(cells.get('credit')).toContain('Epoch AI');
		}
	});

	test.each([
		['=1+1', "'=1+1"],
		['+1', "'+1"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', "'\t=1"],
		['=HYPERLINK("https://example.org","x")', '"\'=HYPERLINK(""https://example.org"",""x"")"'],
		['a, b', '"a, b"'],
		['say "no"', '"say ""no"""'],
		['two\nlines', '"two\nlines"'],
		['plain', 'plain']
	])('%j is written as %j: a spreadsheet takes no text for a formula', (text, written) => {
		expect(cell(text)).toBe(written);
	});

	test('numbers stay numbers, and what is missing is empty', () => {
		expect([cell(3.8e25), cell(0), cell(undefined)]).toEqual(['3.8e+25', '0', '']);
	});
});
