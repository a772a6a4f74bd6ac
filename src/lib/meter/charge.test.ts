import { describe, expect, test } from 'vitest';
import type { Condition } from '#lib/ledger/price.ts';
import { readLedger } from '#lib/ledger/server/read.ts';
import { charge, within, type ChargeCard, type ChargedUsage } from './charge.ts';
import { bill, billLines, compare, dollars, money, nothing, plus, times } from './money.ts';
import { numbers } from './numbers.fixture.ts';

const source = 'https://example.org/price';
const usage = (promptTokens: number, outputTokens = 0, cachedTokens = 0, writtenTokens = 0) => ({
	promptTokens,
	cachedTokens,
	writtenTokens,
	outputTokens
});
const sum = (...of: Parameters<typeof charge>) => dollars(charge(...of).sum);

const { prices } = readLedger('.');
const listed = (model: string) => prices.filter((price) => price.model === model).at(-1)!;
const astra = listed('gpt-6-astra');
const flash = listed('deepseek-flash (V4.1)');

const night: Condition = {
	when: 'hours',
	windows: [{ from: 16 * 60 + 30, to: 30 }],
	input: '0.135',
	cachedInput: '0.035',
	output: '0.55',
	source
};
const part: ChargeCard = {
	input: '1',
	cachedInput: '0.1',
	output: '5',
	conditions: [
		{ when: 'long', over: 100, whole: false, input: '2', cachedInput: '0.2', output: '5', source }
	]
};

test('DeepSeek’s own bill for a day: 562,027 dollars at its prices, with 342 of 608 billion tokens cached', () => {
	const r1 = listed('deepseek-reasoner (R1)');
	const { sum, lines } = charge(usage(608e9, 168e9, 342e9), r1);
	expect(dollars(sum)).toBe('$562,100.00');
	// The counts are published to a billion: within a part in a thousand.
	expect(Math.abs(562_100 / 562_027 - 1)).toBeLessThan(0.001);
	expect(lines.map(({ amount }) => dollars(amount))).toEqual([
		'$146,300.00',
		'$47,880.00',
		'$367,920.00'
	]);
});

test('a question and an answer of 500 tokens at GPT-4 in 2023: 4.5 cents, as published', () => {
	expect(sum(usage(500, 500), listed('gpt-4 (8K)'))).toBe('$0.045');
	expect(sum(usage(500, 500), listed('gpt-4-32k'))).toBe('$0.09');
	expect(sum(usage(500, 500), listed('gpt-6-luna'))).toBe('$0.0003');
	expect(sum(usage(500, 500), astra)).toBe('$0.03');
});

describe('a long prompt', () => {
	test('has another price for the whole request, from one token above the length', () => {
		expect(sum(usage(272_000, 1000), astra)).toBe('$2.77');
		const above = charge(usage(272_001, 1000), astra);
		expect(dollars(above.sum)).toBe('$5.51502');
		expect(above.held.condition).toMatchObject({ when: 'long', over: 272_000 });
		expect(charge(usage(272_000), astra).held).toEqual({});
	});

	test('counts what is read from a cache to its length', () => {
		expect(sum(usage(300_000, 0, 299_999), astra)).toBe('$0.600018');
	});

	test('or for the part above alone', () => {
		const { lines, sum } = charge(usage(150, 10), part);
		expect(lines).toMatchObject([
			{ what: 'sent', tokens: 100, price: '1' },
			{ what: 'sent', above: 100, tokens: 50, price: '2' },
			{ what: 'came back', tokens: 10, price: '5' }
		]);
		expect(dollars(sum)).toBe('$0.00025');
	});

	test('what is cached is its beginning, so that the part above is fresh first', () => {
		expect(charge(usage(150, 0, 60, 20), part).lines).toMatchObject([
			{ what: 'sent', tokens: 20 },
			{ what: 'sent', above: 100, tokens: 50 },
			{ what: 'cached', tokens: 60, price: '0.1' },
			{ what: 'written', tokens: 20, price: '1' },
			{ what: 'came back', tokens: 0 }
		]);
		expect(charge(usage(150, 0, 140), part).lines).toMatchObject([
			{ what: 'sent', tokens: 0 },
			{ what: 'sent', above: 100, tokens: 10 },
			{ what: 'cached', tokens: 100, price: '0.1' },
			{ what: 'cached', above: 100, tokens: 40, price: '0.2' },
			{ what: 'came back', tokens: 0 }
		]);
	});

	test('of several lengths the longest that it exceeds holds', () => {
		const [first] = part.conditions!;
		const two: ChargeCard = {
			...part,
			conditions: [
				{ ...first, when: 'long', whole: true, over: 500, input: '9' },
				{ ...first, when: 'long', whole: true, over: 100, input: '3' }
			]
		};
		expect([100, 101, 500, 501].map((sent) => sum(usage(sent), two))).toEqual([
			'$0.0001',
			'$0.000303',
			'$0.0015',
			'$0.004509'
		]);
	});
});

describe('hours of the day', () => {
	const at = (time: string) => Date.parse(`2026-11-${time}Z`);

	// 23 November 2026 is a Monday; the 28th and 29th are a weekend.
	test.each([
		['23T00:59:59.999', false],
		['23T01:00', true],
		['23T03:59:59.999', true],
		['23T04:00', false],
		['23T06:00', true],
		['23T10:00', false],
		['27T09:59', true],
		['28T02:00', false],
		['29T08:00', false]
	])('DeepSeek at %s: busy %s', (time, busy) => {
		const { held, sum } = charge(usage(1e6, 1e6), flash, { at: at(time) });
		expect(held.condition?.when === 'hours').toBe(busy);
		expect(dollars(sum)).toBe(busy ? '$1.50' : '$0.75');
	});

	test('over midnight: what began yesterday goes on', () => {
		const [window] = night.when === 'hours' ? night.windows : [];
		const on = (time: string, days?: number[]) =>
			within(days ? { days, ...window } : window, at(time));
		expect(['23T16:29', '23T16:30', '23T23:59', '24T00:29', '24T00:30'].map((t) => on(t))).toEqual([
			false,
			true,
			true,
			true,
			false
		]);
		// On Mondays only: Tuesday's first half hour belongs to it, Monday's own does not.
		expect(['23T00:10', '23T17:00', '24T00:10', '24T17:00'].map((t) => on(t, [1]))).toEqual([
			false,
			true,
			true,
			false
		]);
	});

	test('only on days on which the condition held', () => {
		const card = { input: '1', output: '2', conditions: [{ ...night, since: '2026-11-24' }] };
		expect(charge(usage(1), card, { at: at('23T17:00') }).held).toEqual({});
		expect(charge(usage(1), card, { at: at('24T17:00') }).held.condition).toBeDefined();
	});

	test('without a moment the ordinary hours hold', () => {
		expect(sum(usage(1e6), flash)).toBe('$0.15');
	});

	test.each([NaN, Infinity, 1e300, -1e300])('a moment of %d is refused', (moment) => {
		expect(() => charge(usage(1), flash, { at: moment })).toThrow(RangeError);
	});

	test('a clock fifty years off, and any time zone of the reader, changes no price but by the hour', () => {
		const zone = process.env.TZ;
		try {
			for (const name of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu']) {
				process.env.TZ = name;
				for (const year of [1976, 2026, 2076]) {
					// The first Monday of December.
					const monday = [1, 2, 3, 4, 5, 6, 7].find(
						(day) => new Date(Date.UTC(year, 11, day)).getUTCDay() === 1
					)!;
					expect(sum(usage(1e6), flash, { at: Date.UTC(year, 11, monday, 2) })).toBe('$0.30');
					expect(sum(usage(1e6), flash, { at: Date.UTC(year, 11, monday, 5) })).toBe('$0.15');
				}
			}
		} finally {
			if (zone === undefined) delete process.env.TZ;
			else process.env.TZ = zone;
		}
	});
});

describe('a batch', () => {
	test('costs its share, exactly, of every line', () => {
		expect(
			sum(usage(1, 1), { input: '0.1', output: '0.5', batchShare: '0.5' }, { batch: true })
		).toBe('$0.0000003');
		expect(charge(usage(272_001, 1000, 1), astra, { batch: true }).lines).toMatchObject([
			{ what: 'sent', price: '10' },
			{ what: 'cached', price: '1' },
			{ what: 'came back', price: '37.5' }
		]);
	});

	test('costs what it would anyway where the card has no such price', () => {
		const { held, sum } = charge(usage(10, 10), flash, { batch: true });
		expect(held).toEqual({});
		expect(sum).toEqual(charge(usage(10, 10), flash).sum);
	});
});

test('writing to a cache costs a quarter more at Anthropic, reading it a twentieth', () => {
	const opus = listed('claude-opus-5-5');
	expect(sum(usage(1e6, 0, 0, 1e6), opus)).toBe('$5.00');
	expect(sum(usage(1e6, 0, 1e6), opus)).toBe('$0.20');
	expect(sum(usage(1e6), opus)).toBe('$4.00');
});

describe('refuses', () => {
	test.each<[string, Partial<Record<keyof ChargedUsage, unknown>>]>([
		['no number', { promptTokens: NaN }],
		['infinity', { outputTokens: Infinity }],
		['beyond numbers', { promptTokens: Number('1e309') }],
		['a negative count', { writtenTokens: -1 }],
		['half a token', { outputTokens: 0.5 }],
		['text', { promptTokens: '12' }],
		['nothing at all', { promptTokens: null }],
		['a missing field', { outputTokens: undefined }],
		['an object', { cachedTokens: {} }],
		['a list', { cachedTokens: [1] }],
		['a function', { promptTokens: () => 1 }],
		['more cached than sent', { cachedTokens: 11 }],
		['more cached and written than sent', { cachedTokens: 6, writtenTokens: 5 }]
	])('%s', (_, wrong) => {
		expect(() => charge({ ...usage(10, 10), ...wrong } as ChargedUsage, part)).toThrow(RangeError);
	});

	test.each(['NaN', '-1', '1e3', '', '١', '1,5', 'Infinity', '__proto__'])(
		'a price of %j',
		(input) => {
			expect(() => charge(usage(1), { input, output: '1' })).toThrow(RangeError);
		}
	);
});

/** The same bill in whole numbers of 10^-24 dollars, worked out another way: token by token it would take too long. */
function plainly(
	{ promptTokens, cachedTokens, writtenTokens = 0, outputTokens }: ChargedUsage,
	card: ChargeCard,
	batch: boolean
): bigint {
	const nano = (decimal: string) => {
		const [whole, fraction = ''] = decimal.split('.');
		return BigInt(whole + fraction.padEnd(14, '0'));
	};
	const long = (card.conditions ?? [])
		.filter((one) => one.when === 'long' && promptTokens > one.over)
		.reduce<Condition | undefined>(
			(most, one) =>
				most && most.when === 'long' && one.when === 'long' && most.over > one.over ? most : one,
			undefined
		);
	const whole = long?.when === 'long' && long.whole;
	const low = whole ? long : card;
	const high = long ?? card;
	const limit = long?.when === 'long' && !whole ? long.over : promptTokens;
	const cost = (from: number, to: number, rate: 'input' | 'cachedInput' | 'cacheWrite') => {
		const below = Math.max(0, Math.min(to, limit) - from);
		const above = to - from - below;
		return (
			BigInt(below) * nano(low[rate] ?? low.input) + BigInt(above) * nano(high[rate] ?? high.input)
		);
	};
	const all =
		cost(0, cachedTokens, 'cachedInput') +
		cost(cachedTokens, cachedTokens + writtenTokens, 'cacheWrite') +
		cost(cachedTokens + writtenTokens, promptTokens, 'input') +
		BigInt(outputTokens) * nano(low.output);
	return all * (batch && card.batchShare ? nano(card.batchShare) / 10n ** 10n : 10_000n);
}

describe('against plain whole numbers, 3,000 requests drawn at random', () => {
	const draw = numbers(42);
	const below = (n: number) => draw() % n;
	const decimal = (least: number) => {
		const places = below(7);
		const whole = String(least + below(50));
		return places ? `${whole}.${String(below(10 ** places)).padStart(places, '0')}` : whole;
	};
	const cardOf = (): ChargeCard => {
		const whole = below(2) === 0;
		const output = decimal(0);
		const condition: Condition = {
			when: 'long',
			over: 1 + below(2000),
			whole,
			// Above the ordinary ones, as the ledger demands.
			input: decimal(60),
			cachedInput: decimal(60),
			cacheWrite: decimal(120),
			output: whole ? decimal(60) : output,
			source
		};
		return {
			input: decimal(0),
			...(below(2) && { cachedInput: decimal(0) }),
			...(below(2) && { cacheWrite: decimal(0) }),
			output,
			...(below(2) && { batchShare: ['0.5', '0.25', '1', '0.9999'][below(4)] }),
			...(below(3) && { conditions: [condition] })
		};
	};
	const usageOf = () => {
		const scale = below(4) ? 1 : 1_000_000;
		const [sent, cached, written] = [below(3000), below(1000), below(1000)];
		return usage(
			(sent + cached + written) * scale,
			below(3000) * scale,
			cached * scale,
			written * scale
		);
	};
	const cases = Array.from({ length: 3000 }, () => ({
		card: cardOf(),
		usage: usageOf(),
		batch: below(2) === 0
	}));

	test('the sum is the same to the last digit', () => {
		for (const { card, usage, batch } of cases) {
			const { sum } = charge(usage, card, { batch });
			expect(sum.units * 10n ** BigInt(24 - sum.scale)).toBe(plainly(usage, card, batch));
		}
	});

	test('the lines add up to it, to its tokens, and to the price that stands in them', () => {
		for (const { card, usage, batch } of cases) {
			const { lines, sum } = charge(usage, card, { batch });
			expect(lines.reduce((all, { amount }) => plus(all, amount), nothing)).toEqual(sum);
			expect(lines.reduce((all, { tokens }) => all + tokens, 0)).toBe(
				usage.promptTokens + usage.outputTokens
			);
			for (const { tokens, price, amount } of lines) {
				expect(times(money(price), BigInt(tokens))).toEqual(times(amount, 1_000_000n));
			}
		}
	});

	test('no tokens cost nothing, however they are asked for', () => {
		for (const { card, batch } of cases) {
			expect(charge(usage(0), card, { batch }).sum).toEqual(nothing);
		}
	});

	test('more of any kind of token never costs less', () => {
		for (const { card, usage: one, batch } of cases) {
			const { sum } = charge(one, card, { batch });
			const { promptTokens: sent, outputTokens: came, cachedTokens, writtenTokens } = one;
			for (const more of [1, 1 + below(5000)]) {
				for (const next of [
					usage(sent + more, came, cachedTokens, writtenTokens),
					usage(sent, came + more, cachedTokens, writtenTokens),
					usage(sent + more, came, cachedTokens + more, writtenTokens),
					usage(sent + more, came, cachedTokens, writtenTokens + more)
				]) {
					expect(compare(charge(next, card, { batch }).sum, sum)).not.toBe(-1);
				}
			}
		}
	});

	test('a batch never costs more', () => {
		for (const { card, usage } of cases) {
			const [waits, now] = [true, false].map((batch) => charge(usage, card, { batch }).sum);
			expect(compare(waits, now)).not.toBe(1);
		}
	});

	test('a card without conditions is billed as everywhere else', () => {
		for (const { card, usage } of cases) {
			const { conditions: _, ...plain } = card;
			const simple = { ...usage, writtenTokens: 0 };
			expect(charge(simple, plain).sum).toEqual(bill(simple, plain));
			expect(charge(simple, plain).lines.map(({ amount }) => amount)).toEqual(
				billLines(simple, plain).map(({ amount }) => amount)
			);
		}
	});
});

describe('on every price of the ledger', () => {
	test('more tokens never cost less, at any hour, in a batch or not', () => {
		const draw = numbers(5);
		for (const price of prices) {
			for (let i = 0; i < 20; i++) {
				const [sent, came, more] = [draw() % 600_000, draw() % 5000, 1 + (draw() % 400_000)];
				const how = { batch: i % 2 === 0, at: Date.UTC(2026, 10, 1 + (i % 30), draw() % 24) };
				const { sum } = charge(usage(sent, came), price, how);
				expect(compare(charge(usage(sent + more, came), price, how).sum, sum)).toBe(1);
				expect(compare(charge(usage(sent, came + more), price, how).sum, sum)).toBe(1);
			}
		}
	});
});

describe('what does not hold, and is said', () => {
	test('one token more may double a bill: a long prompt has another price as a whole', () => {
		const [one, more] = [272_000, 272_001].map((sent) => charge(usage(sent), astra).sum);
		expect(dollars(one)).toBe('$2.72');
		expect(dollars(more)).toBe('$5.44002');
	});

	test('two requests may cost less than one with all their tokens: bills of requests are added, not their tokens', () => {
		const half = charge(usage(200_000), astra).sum;
		expect(dollars(plus(half, half))).toBe('$4.00');
		expect(sum(usage(400_000), astra)).toBe('$8.00');
	});

	test('with a length above which all is cheaper, more would cost less: the ledger refuses such a price', () => {
		const cheaper: ChargeCard = {
			input: '2',
			output: '2',
			conditions: [{ when: 'long', over: 100, whole: true, input: '1', output: '1', source }]
		};
		expect(compare(charge(usage(101), cheaper).sum, charge(usage(100), cheaper).sum)).toBe(-1);
	});
});
