import { describe, expect, test } from 'vitest';
import cards from 'virtual:ledger/cards';
import special from 'virtual:ledger/card-conditions';
import { charge } from '#lib/meter/charge.ts';
import { compare, dollars, nothing, plus, times as multiplied } from '#lib/meter/money.ts';
import { casesAt, type Counted } from './cases.ts';
import { rowsOf, usageOf } from './tally.ts';
import { rowsBy, told } from './ways.ts';

const cases = casesAt(0.75, 500);
const job = (key: string, values: number[]): Counted =>
	cases.find((one) => one.key === key)!.count(values, { sent: 68, came: 59 });
const typed = (sent: number, came: number) => job('own', [sent, came]);
const card = (key: string) => cards.find((one) => one.key === key)!;
const sums = (...of: Parameters<typeof rowsBy>) => rowsBy(...of).map(({ sum }) => dollars(sum));

const short = [
	typed(68, 59),
	job('run', []),
	job('page', [500, 100]),
	job('calls', [1000, 900, 1200, 120]),
	job('chat', [10, 40, 150]),
	job('think', [20, 120, 3000])
];

test('no prompt of at most 100,000 tokens has a price of its own on any card', () => {
	for (const { conditions = [] } of Object.values(special)) {
		for (const one of conditions)
			if (one.when === 'long') expect(one.over).toBeGreaterThanOrEqual(100_000);
	}
});

test('at once, with short prompts, the bills are the ordinary ones', () => {
	for (const one of short) {
		for (const share of [0, 35, 100]) {
			expect(rowsBy('now', one, share, 50, cards)).toEqual(rowsOf(usageOf(one, share, 50), cards));
		}
	}
});

test('requests one by one are the whole job', () => {
	for (const one of [...short, job('chat', [200, 2000, 2000]), job('calls', [1, 10, 10, 1])]) {
		const all = one.requests?.() ?? [];
		if (!all.length) continue;
		for (const what of ['sent', 'came', 'again'] as const) {
			expect(all.reduce((sum, request) => sum + request[what] * request.count, 0)).toBe(one[what]);
		}
		expect(Math.max(...all.map(({ sent }) => sent))).toBe(one.longest);
	}
});

describe('as a batch', () => {
	test('cards that list it ask half of the ordinary bill, to the last digit, the others all of it', () => {
		for (const one of short) {
			const ordinary = rowsOf(usageOf(one, 40, 7), cards);
			for (const [i, row] of rowsBy('batch', one, 40, 7, cards).entries()) {
				const half = special[row.card.key]?.batchShare === '0.5';
				expect(half ? multiplied(row.sum, 2n) : row.sum, row.card.key).toEqual(ordinary[i].sum);
				expect(row.special ?? false).toBe(half);
			}
		}
		expect(
			Object.values(special).filter(({ batchShare }) => batchShare).length
		).toBeGreaterThanOrEqual(4);
	});

	test('the lines show the price of the batch and add up', () => {
		const [row] = rowsBy('batch', typed(1000, 100), 50, 3, [card('claude-opus-5-5')]);
		expect(row.lines.map(({ what, tokens, price }) => [what, tokens, price])).toEqual([
			['sent', 1500, '2'],
			['cached', 1500, '0.1'],
			['came back', 300, '10']
		]);
		expect(row.lines.reduce((all, { amount }) => plus(all, amount), nothing)).toEqual(row.sum);
		expect(compare(row.fresh!, row.sum)).toBe(1);
	});

	test('says who lists it', () => {
		const four = [card('gpt-4'), card('claude-opus-5-5'), card('gpt-6-luna'), card('gpt-6-luna')];
		expect(told('batch', typed(1, 1), four)).toBe(
			'As a batch Claude Opus 5.5, September 2026 and GPT-6 Luna, September 2026 cost half. The others list no such price.'
		);
		expect(told('batch', typed(1, 1), [card('gpt-4')])).toBe(
			'None of these cards lists a price for batches.'
		);
	});
});

describe('in quiet hours', () => {
	test('DeepSeek-V3 asked half, and the hours are said', () => {
		const four = [card('deepseek-v3'), card('gpt-4')];
		expect(sums('quiet', typed(1e6, 1e6), 0, 1, four)).toEqual(['$0.685', '$90.00']);
		expect(told('quiet', typed(1, 1), four)).toBe(
			'Cheaper in quiet hours: DeepSeek-V3, February 2025, 16:30 to 00:30 UTC. The others list no such price.'
		);
		expect(told('quiet', typed(1, 1), [card('gpt-4')])).toBe(
			'None of these cards lists a price for quiet hours.'
		);
	});
});

describe('a very long prompt', () => {
	const astra = card('gpt-6-astra');

	test('costs more as a whole, and it is said of which card', () => {
		expect(sums('now', typed(272_000, 0), 0, 1, [astra])).toEqual(['$2.72']);
		expect(sums('now', typed(272_001, 0), 0, 1, [astra, card('gpt-4')])).toEqual([
			'$5.44002',
			'$8.16003'
		]);
		expect(told('now', typed(272_001, 0), [astra, card('gpt-4')])).toBe(
			'GPT-6 Astra, September 2026 asks more for all of a prompt of more than 272,000 tokens; the longest here has 272,001.'
		);
		expect(told('now', typed(272_000, 0), [astra])).toBe('');
	});

	test('asked ten times it is ten long prompts, and short ones asked often are never long', () => {
		expect(sums('now', typed(272_001, 0), 0, 10, [astra])).toEqual(['$54.4002']);
		expect(sums('now', typed(1000, 0), 0, 1_000_000, [astra])).toEqual(['$10,000.00']);
	});

	test('in a chat only the turns that are long cost more, and both prices stand on the bill', () => {
		const chat = job('chat', [200, 2000, 2000]);
		const [row] = rowsBy('now', chat, 0, 1, [astra]);
		const apart = chat.requests!().reduce(
			(sum, { sent, came }) =>
				plus(
					sum,
					charge(
						{ promptTokens: sent, cachedTokens: 0, outputTokens: came },
						{ ...astra, ...special[astra.key] }
					).sum
				),
			nothing
		);
		expect(row.sum).toEqual(apart);
		expect(row.lines.map(({ what, price }) => `${what} ${price}`)).toEqual([
			'sent 10',
			'sent 20',
			'came back 50',
			'came back 75'
		]);
		expect(row.lines.reduce((all, { tokens }) => all + tokens, 0)).toBe(chat.sent + chat.came);
	});
});

test('a key that every object has is no card', () => {
	const odd = { ...card('gpt-4'), key: 'constructor' };
	expect(rowsBy('batch', typed(10, 10), 0, 1, [odd])[0].special).toBeUndefined();
});
