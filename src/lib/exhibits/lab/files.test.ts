import { describe, expect, test } from 'vitest';
import { readRecord } from '#lib/engine/record.ts';
import type { Token } from '#lib/events.ts';
import { csvOf, textOf } from './files.ts';
import recorded from './recorded.json';

/** As RFC 4180 is read: rows of cells. */
function parse(csv: string): string[][] {
	const rows: string[][] = [[]];
	let cell = '';
	let quoted = false;
	for (let i = 0; i < csv.length; i++) {
		const sign = csv[i];
		if (quoted && sign === '"' && csv[i + 1] === '"') cell += csv[++i];
		else if (sign === '"') quoted = !quoted;
		else if (!quoted && sign === ',') {
			rows.at(-1)!.push(cell);
			cell = '';
		} else if (!quoted && sign === '\r' && csv[i + 1] === '\n') {
			rows.at(-1)!.push(cell);
			cell = '';
			rows.push([]);
			i++;
		} else cell += sign;
	}
	return rows.slice(0, -1);
}

const of = (...texts: string[]) =>
	csvOf({ tokens: texts.map((text, index): Token => ({ index, at: index, text })) });

describe('the table of tokens', () => {
	test('has a line for each token of the shipped run, with all its candidates', () => {
		const record = readRecord(recorded);
		const csv = csvOf(record);
		expect(csv.startsWith('\ufeffindex,at_ms,id,text,')).toBe(true);
		const [head, ...rows] = parse(csv.slice(1));
		expect(rows).toHaveLength(record.tokens.length);
		for (const [index, row] of rows.entries()) {
			const token = record.tokens[index];
			expect(row).toHaveLength(head.length);
			const at = (name: string) => row[head.indexOf(name)];
			expect(at('index')).toBe(String(index));
			expect(Number(at('at_ms'))).toBe(token.at);
			expect(at('id')).toBe(String(token.id));
			expect(at('text')).toBe(token.text);
			expect(Number(at('probability'))).toBeCloseTo(Math.exp(token.logprob!), 5);
			expect(at('candidate_5')).toBe(token.alternatives![4].text);
		}
	});

	test('keeps commas, quotes and line breaks inside their cells', () => {
		const texts = ['a,b', 'say "x"', 'line\r\nbreak', ' space ', '🛶'];
		const [, ...rows] = parse(of(...texts).slice(1));
		expect(rows.map((row) => row[3])).toEqual(texts);
	});

	test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =cmd|x', '\r=1', '＝1', "'quoted"])(
		'%j is no formula, and comes back when the apostrophe is taken off',
		(text) => {
			const [, [, , , cell]] = parse(of(text).slice(1));
			expect(cell).toBe(`'${text}`);
			expect(of(text)).toContain(`"'${text}"`);
		}
	);

	test('ordinary texts are left as they are', () => {
		const [, ...rows] = parse(of('a=b', ' - no', 'x-y').slice(1));
		expect(rows[0][3]).toBe('a=b');
		expect(rows[2][3]).toBe('x-y');
	});

	test('guards the candidates as well', () => {
		const token: Token = {
			index: 0,
			at: 0,
			text: 'a',
			alternatives: [{ text: '=HYPERLINK("x")', logprob: -1 }]
		};
		expect(csvOf({ tokens: [token] })).toContain(`"'=HYPERLINK(""x"")"`);
	});

	test('never writes a number as a power of ten', () => {
		const csv = csvOf({ tokens: [{ index: 0, at: 0, text: 'a', logprob: -40 }] });
		expect(parse(csv.slice(1))[1][6]).toBe('0.000000');
	});
});

test('the text has question, answer, and what wrote it', () => {
	const text = textOf(readRecord(recorded));
	expect(text).toMatch(/^Tell me what a token is\.\n\nTake a word cut into pieces/);
	expect(text).toMatch(/\n\n\(Pocket model, \d+ \w+ \d{4}; seed 6, temperature 0\.7\)\n$/);
});
