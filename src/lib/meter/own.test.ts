import { describe, expect, test } from 'vitest';
import smol from 'virtual:ledger/figure/smollm2-360m-tokens';
import day from 'virtual:ledger/figure/deepseek-serving-day';
import { models } from '#lib/engine/webllm/catalogue.ts';
import { inDollars, use } from './basis.ts';
import { crossing } from './crossing.ts';
import { bill, toNumber } from './money.ts';
import { ownTraining } from './own.ts';
import { chips, serving, trainingEntry } from './training-entries.ts';

const smol360 = ownTraining('SmolLM2 360M', 361_821_120, { ...chips, serving, tokens: smol });

test('the rate of use is a day of DeepSeek’s bill over the operations of that day', () => {
	const computed = (608 - 342 + 168) * 1e9;
	expect(serving.value).toBeCloseTo((day.value! / (computed * 2 * 37e9)) * 1e18, 2);
});

test('a million tokens of SmolLM2 360M are 724 million million operations: a fifth of a cent', () => {
	// 2 × 361,821,120 × 10⁶ operations, at 2.71 dollars for 10¹⁸
	expect(smol360.itself).toMatchObject({
		label: 'SmolLM2 360M, on rented chips',
		card: { input: '0.00196', output: '0.00196' }
	});
});

test('bar and column are of one model, and cross where the dollars of both are equal', () => {
	const basis = inDollars(smol360.itself);
	expect(basis.bar).toEqual(smol360.trained.dollars);
	expect(basis.atMost).toBe(false);
	const one = use(basis, { sent: 30, came: 70 }).total;
	const { low, high } = smol360.crossingInDollars;
	const answers = crossing(basis.bar, one);
	expect((answers.low * 100) / low).toBeCloseTo(1, 2);
	expect((answers.high * 100) / high).toBeCloseTo(1, 2);
	// between 1.3 and 7.4 times the tokens it was trained on; by operations it is 3 times
	expect(low / 4e12).toBeCloseTo(1.35, 1);
	expect(high / 4e12).toBeCloseTo(7.4, 1);
});

describe.each(models)('$id', ({ name, parameters, trainingTokens }) => {
	const training = ownTraining(name, parameters, {
		...chips,
		serving,
		tokens: trainingEntry(trainingTokens)
	});
	const { itself } = training;

	test('its price is a plain decimal number that a bill can be made of', () => {
		const usage = { promptTokens: 1e6, cachedTokens: 0, outputTokens: 0 };
		expect(toNumber(bill(usage, itself.card))).toBeCloseTo(
			(2 * parameters * 1e6 * serving.value!) / 1e18,
			4
		);
	});

	test('where only a ceiling of its tokens is known, its bar is one', () => {
		expect(inDollars(itself).atMost ?? false).toBe(
			trainingEntry(trainingTokens).value === undefined
		);
	});
});

test('a price far below a millionth of a dollar has no exponent', () => {
	const tiny = ownTraining('Tiny', 1000, { ...chips, serving, tokens: smol });
	expect(tiny.itself.card.input).toMatch(/^0\.0{8}542$/);
});
