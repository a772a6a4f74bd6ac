import { describe, expect, it } from 'vitest';
import type { BilledAs } from '#lib/ledger/card.ts';
import { inDollars, inTime, inWork } from '#lib/meter/basis.ts';
import { caption, crossingWords, finding, pixelPart, slipHeading, slipsInBar } from './captions.ts';
import { drawn, scene, type Setting } from './scene.ts';
import { stopKeys } from './stops.ts';

const counts = { sent: 23, came: 140 };
const everyone = 2.5e9;
const court = { name: 'a tennis court', squareMetres: 261 };

const gpt4 = {
	key: 'gpt-4',
	label: 'GPT-4, March 2023',
	card: { input: '30', output: '60' },
	training: { id: 'cost', low: 37_300_000, high: 82_000_000 }
} as BilledAs;
const billed = { model: 'GPT-4', label: gpt4.label };

const work = (at: Setting['at'], more: Partial<Setting> = {}) =>
	scene({
		basis: inWork(20e6),
		counts,
		reference: counts,
		at,
		everyone,
		running: false,
		...more
	});
const dollars = (at: Setting['at'], more: Partial<Setting> = {}) =>
	work(at, { basis: inDollars(gpt4), billed, ...more });

describe('the scene', () => {
	it('puts one answer under the lens, at its true height', () => {
		const { lens, columnPixels, frame } = work('you');
		expect(frame.top).toBe(60e6);
		expect(lens).toMatchObject({ over: 'column', unit: 1, full: 0, fill: counts });
		expect(pixelPart(columnPixels)).toBe('1/1,187');
	});

	it('takes a coarser square for a class', () => {
		expect(work('class').lens).toMatchObject({
			unit: 10,
			fill: { sent: 69, came: 420 },
			inBar: { low: 6000, high: 6000 }
		});
	});

	it('needs no lens where the column can be seen', () => {
		const company = work('company');
		expect(company.lens).toBeUndefined();
		expect(company.share.high).toBeCloseTo(0.0272, 4);
	});

	it('has the column at the bar at the crossing', () => {
		const { use, basis, crossing, frame } = work('crossing');
		expect(use.total).toBeCloseTo(basis.bar.high, 3);
		expect(crossing.high).toBeCloseTo(368_098.2, 1);
		expect(frame.top).toBeCloseTo(60e6, 3);
	});

	it('moves the lens to the bar when that is too small to see', () => {
		const all = work('everyone');
		expect(all.lens).toMatchObject({ over: 'bar' });
		expect(all.frame.top).toBe(163 * everyone);
		expect(drawn(all, all.frame).bar.high).toBeCloseTo(1 / 6791.67, 8);
	});

	it('keeps frame and bar where they are while tokens stream', () => {
		const before = work('everyone');
		for (const came of [0, 1, 70, 139]) {
			const now = work('everyone', {
				counts: { sent: 23, came },
				reference: counts,
				running: true
			});
			expect(now.frame.top).toBe(before.frame.top);
			expect(now.stops).toEqual(before.stops);
		}
	});

	it('counts dollars in squares of a hundredth of a thousandth', () => {
		const { lens, crossing } = dollars('you');
		expect(lens).toMatchObject({ over: 'column', fill: { sent: 69, came: 840 } });
		expect(crossing.low / 1e9).toBeCloseTo(4.1, 1);
		expect(crossing.high / 1e9).toBeCloseTo(9.02, 1);
	});

	it('stands at no number of askings that is not a number', () => {
		const nothing = { sent: 0, came: 0 };
		for (const at of stopKeys) {
			if (at === 'crossing') continue;
			const empty = work(at, { counts: nothing, running: true });
			expect(empty.frame.top).toBeGreaterThan(0);
			expect(finding(empty)).not.toMatch(/NaN|Infinity/);
			expect(caption(empty, []).rest).not.toMatch(/NaN|Infinity/);
		}
	});
});

describe('the words', () => {
	it('of one answer name a place as large as the bar in slips', () => {
		expect(caption(work('you'), [court])).toEqual({
			finding: 'Your answer is too small to see.',
			rest: 'It took 163 tokens of work; training took as much as 60,000,000. One slip, a bank card wide, is 1,000 tokens. To lay out the bar in slips you would need a tennis court.'
		});
		expect(caption(work('you'), []).rest).toContain('270 square metres');
	});

	it('of a day of everyone', () => {
		expect(caption(work('everyone'), [])).toEqual({
			finding: 'Now training is too small to see.',
			rest: 'If as many people asked this model as ask ChatGPT in a day, use would come to 6,792 trainings by midnight; the crossing came 13 seconds into the day. The bar has not moved: we stepped back.'
		});
	});

	it('of the slip', () => {
		expect(slipHeading(work('you')).full).toBe('one slip of paper: 1,000 squares, a token each');
		expect(slipHeading(work('class')).full).toBe('one slip: 1,000 squares, ten tokens each');
		expect(slipHeading(dollars('you')).full).toBe(
			'one slip: 1,000 squares of $0.00001, 3 a token sent, 6 a token back'
		);
		const { lens } = dollars('you');
		expect(lens?.over === 'column' && slipsInBar(lens)).toBe('3.7 to 8.2 billion');
	});

	it('of the crossing speak of reaching, by a named method, and never of profit', () => {
		const bases = [inDollars(gpt4), inWork(20e6), inTime(4100, 0.07, 0.17)];
		for (const basis of bases) {
			for (const at of stopKeys) {
				const now = work(at, { basis, billed });
				const { finding: bold, rest } = caption(now, []);
				const { name, after, short } = crossingWords(now);
				const all = [bold, rest, name, after, short, finding(now)].join(' ');
				expect(all).not.toMatch(/break.?even|pays? for itself|profit/i);
				expect(all.replace('Nothing is paid off', '')).not.toMatch(/paid off/i);
			}
		}
	});

	it('of the finding hold its present value', () => {
		expect(finding(work('you'))).toBe(
			'Training this model took as much work as 60,000,000 tokens. This answer took 163 tokens, which is 1 part in 368,098; on the drawing it would be 1/1,187 of a pixel tall. Column of use: 140 tokens came back, 23 were sent. Scale: just you.'
		);
		expect(finding(dollars('everyone'))).toContain(
			'2.5 billion answers like this one, billed as GPT-4, March 2023, came to $22.7 million, which is 28\u00a0% to 61\u00a0% of it.'
		);
	});
});
