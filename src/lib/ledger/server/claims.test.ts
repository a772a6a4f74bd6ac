import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainly, verdicts } from '../claim.ts';
import type { Figure } from '../figure.ts';
import { readClaims, readSaid } from './claims.ts';
import { readLedger } from './read.ts';

const { claims, figures } = readLedger(process.cwd());

describe('what the five articles claim', () => {
	test('is 117 claims, each with its verdict', () => {
		const count = (of: string) => claims.claims.filter(({ verdict }) => verdict === of).length;
		expect(Object.keys(verdicts).map((verdict) => [verdict, count(verdict)])).toEqual([
			['supported', 38],
			['roughly', 53],
			['outdated', 4],
			['unsupported', 13],
			['wrong', 9]
		]);
	});

	test('is numbered without a gap in each article', () => {
		const of = (article: number) => claims.claims.filter(({ id }) => id[1] === String(article));
		expect([0, 1, 2, 3, 4].map((article) => of(article).length)).toEqual([15, 13, 15, 20, 54]);
		for (const article of [0, 1, 2, 3, 4]) {
			expect(of(article).map(({ id }) => Number(id.slice(3)))).toEqual(
				of(article).map((_, index) => index + 1)
			);
		}
	});

	test('rests on entries of the ledger, and every topic has claims', () => {
		for (const { figures: ids } of claims.claims) {
			for (const id of ids) expect(figures.has(id), id).toBe(true);
		}
		for (const { id } of claims.topics) {
			expect(claims.claims.some(({ topics }) => topics.includes(id))).toBe(true);
		}
	});

	test('prints the numbers of the ledger', () => {
		const said = claims.claims.find(({ id }) => id === 'S4-06')!;
		expect(plainly(said.evidence)).toContain('A buyer did pay 4.5 cents');
		expect(said.figures).toContain('query-price-gpt4-launch');
	});
});

describe('lessons and claims', () => {
	const folder = 'content/lessons';
	const written = readdirSync(folder)
		.filter((name) => name.endsWith('.md'))
		.map((name) => ({
			slug: name.replace(/^\d\d-|\.md$/g, ''),
			text: [`${folder}/${name}`, `${folder}/also/${name}`]
				.filter((file) => existsSync(file))
				.map((file) => readFileSync(file, 'utf8'))
				.join('\n')
		}));

	test.each(written)('$slug answers the claims that name it', ({ slug, text }) => {
		const named = /^claims: \[(.*)\]$/m.exec(text)?.[1].split(', ');
		const naming = claims.claims.filter(({ lessons }) => lessons.includes(slug));
		expect(claims.lessons).toContain(slug);
		expect(naming.map(({ id }) => id)).toEqual(named?.toSorted());
	});

	test.each(written)('$slug gives each claim the verdict it has here', ({ text }) => {
		for (const [, ids, said] of text.matchAll(/<Claim\s+ids="([^"]+)"\s+verdict="([^"]+)"/g)) {
			for (const id of ids.split(' ')) {
				const claim = claims.claims.find((claim) => claim.id === id);
				expect([id, claim?.verdict]).toEqual([id, said]);
			}
		}
	});
});

const cost: Figure = {
	id: 'cost',
	statement: 'x',
	low: 2,
	high: 5,
	unit: 'USD',
	asOf: '2024',
	source: { title: 't', publisher: 'p', url: 'https://example.org/' },
	kind: 'measured',
	confidence: 'high',
	check: 'primary'
};
const known = new Map([['cost', cost]]);

describe('a text that names numbers', () => {
	const read = (text: string) => {
		const wrong: string[] = [];
		return { said: readSaid(text, known, (message) => wrong.push(message)), wrong };
	};

	test.each([
		['It is {cost}.', 'It is 2 to 5 dollars.'],
		['{cost low} at least', '2 dollars at least'],
		['{cost high alone} is much', '5 is much'],
		['from {cost|a few} on', 'from a few on'],
		['In 2024 GPT-4 and Llama 3.1 405B', 'In 2024 GPT-4 and Llama 3.1 405B']
	])('%s', (text, words) => {
		const { said, wrong } = read(text);
		expect(wrong).toEqual([]);
		expect(plainly(said)).toBe(words);
	});

	test.each([
		['It is {price}.', 'figures.yaml has no entry "price"'],
		['It is 7 dollars.', 'bare number 7'],
		['It is {cost lowest}.', 'a brace that names no entry'],
		['It is {cost', 'a brace that names no entry'],
		['It is {constructor}.', 'figures.yaml has no entry "constructor"']
	])('%s is wrong', (text, why) => {
		expect(read(text).wrong.join('\n')).toContain(why);
	});
});

describe('a file of claims', () => {
	const head =
		'lessons: [two-jobs, the-meter]\ntopics:\n  - { id: cost, name: What it costs }\nclaims:\n';
	const claim = (changed: Record<string, string> = {}) =>
		Object.entries({
			id: 'S0-01',
			claim: 'It costs a lot.',
			verdict: 'wrong',
			topics: '[cost]',
			evidence: "'It is {cost}.'",
			say: 'It costs something.',
			lessons: '[two-jobs]',
			...changed
		})
			.map(([key, value], index) => `${index ? '    ' : '  - '}${key}: ${value}\n`)
			.join('');
	const faults = (text: string) => {
		const found: string[] = [];
		readClaims(text, (line, message) => found.push(`${line}: ${message}`), known);
		return found;
	};

	test('is read', () => {
		expect(faults(head + claim())).toEqual([]);
		expect(readClaims(head + claim(), () => {}, known).claims[0]).toEqual({
			id: 'S0-01',
			claim: 'It costs a lot.',
			verdict: 'wrong',
			topics: ['cost'],
			evidence: ['It is ', { id: 'cost', words: '2 to 5 dollars' }, '.'],
			say: ['It costs something.'],
			figures: ['cost'],
			lessons: ['two-jobs']
		});
	});

	test.each([
		[{ id: 'S5-01' }, '5: id must be like S0-01'],
		[{ verdict: 'false' }, '7: verdict must be one of supported, roughly'],
		[{ topics: '[money]' }, '8: there is no "money" among the topics'],
		[{ topics: '[cost, cost]' }, '8: topics names "cost" twice'],
		[{ lessons: '[]' }, '11: lessons must be a list of one or more'],
		[{ lessons: '[the-crossing]' }, '11: there is no "the-crossing" among the lessons'],
		[{ lessons: 'two-jobs' }, '11: lessons must be a list of one or more'],
		[{ lessons: '[[two-jobs]]' }, '11: lessons must be a list of single values'],
		[{ figures: '[price]' }, '12: figures.yaml has no entry "price"'],
		[{ figures: '[cost]' }, '12: "cost" stands in the text already'],
		[{ evidence: 'No.' }, '7: "S0-01" is called wrong, so it must name an entry of the ledger'],
		[{ evidence: "''" }, '9: evidence is empty'],
		[{ ['__proto__']: 'x' }, '12: unknown field "__proto__"']
	])('%o is refused with its line', (changed, why) => {
		expect(faults(head + claim(changed)).join('\n')).toContain(why);
	});

	test('refuses a claim out of order or twice', () => {
		expect(faults(head + claim() + claim())).toEqual(['12: "S0-01" must not stand after "S0-01"']);
	});

	test('refuses an unknown part, and lessons that are missing', () => {
		expect(faults(`${head}${claim()}more: 1\n`).join()).toContain('unknown field "more"');
		expect(faults(head.replace(/^lessons.*\n/, '') + claim()).join()).toContain(
			'lessons must be a list'
		);
	});
});
