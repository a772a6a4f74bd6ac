import { describe, expect, test } from 'vitest';
import recorded from './recorded.json';
import {
	afresh,
	clock,
	river,
	moon,
	SENT,
	even,
	exhibit,
	find,
	text,
	button,
	label,
	written,
	pin,
	tokens,
	counts,
	show,
	one
} from './testing/page.ts';
import { ToldLooker, type Likely } from './testing/told.ts';

afresh();

describe('before it is touched', () => {
	test('it shows a recorded pass whole, and what was drawn on it', async () => {
		await show(new ToldLooker([even]));
		expect(text('.head p')).toContain('recorded');
		expect(tokens()).toBe(0);
		expect(written()).toEqual([' clock']);
		expect(label()).toMatch(
			/^Candidates: “ school” 32\s%, “ clock” 26\s%, .* 1,019 others 19\s%\. Drawn 0\.4318: “ clock”\.$/
		);
		expect(parseFloat(pin())).toBeCloseTo(100 * recorded.steps[0].number, 2);
		expect(text('.counts')).toContain('5 tokens for 3 words, 15 characters.');
	});

	test('both first questions are answered by one press each', async () => {
		await show(new ToldLooker([even]));
		const [number, why] = exhibit().querySelectorAll('.asked summary');
		(number as HTMLElement).click();
		(why as HTMLElement).click();
		const [one, other] = exhibit().querySelectorAll<HTMLElement>('.asked p');
		expect(one.checkVisibility() && other.checkVisibility()).toBe(true);
		expect(one.textContent).toMatch(/^26\s% is how likely the model takes “ clock”/);
		expect(other.textContent).toContain('lies between 0.3217 and 0.5801');
	});
});

describe('one token', () => {
	test('is a pass that reads what is written, and its counts are the tab’s', async () => {
		const looker = new ToldLooker([even]);
		const { tab } = await show(looker);
		await one(3);
		expect(looker.read).toHaveLength(3);
		expect(looker.read[0]).toEqual([clock]);
		expect(looker.read[2]).toHaveLength(3);
		expect(tokens()).toBe(3);
		await expect.poll(() => counts(tab)).toEqual([SENT + 1, 3]);
		expect(tab.runs).toBe(1);
	});

	test('waits for whoever looks: nothing is computed ahead', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one();
		await new Promise((wait) => setTimeout(wait, 200));
		expect(looker.read).toHaveLength(1);
		expect(text('.head button')).toBe('Run on');
	});

	test('drawing again writes another token, and uses no model', async () => {
		const looker = new ToldLooker([even]);
		const { tab } = await show(looker);
		await one();
		const seen = new Set<string>();
		for (let i = 0; i < 25; i++) {
			button('Draw again').click();
			await new Promise(requestAnimationFrame);
			seen.add(label().split('Drawn')[1]);
			expect(written()).toHaveLength(2);
		}
		expect(seen.size).toBe(25);
		expect(looker.read).toHaveLength(1);
		await expect.poll(() => counts(tab)).toEqual([SENT + 1, 1]);
	});

	test('a token that was written can be looked at again', async () => {
		await show(new ToldLooker([even]));
		const first = label();
		await one(2);
		expect(label()).not.toBe(first);
		find('.came.token').click();
		await expect.poll(label).toBe(first);
		expect(written()).toHaveLength(3);
		find('.back').click();
		await expect.poll(label).not.toBe(first);
	});
});

describe('labels', () => {
	const lopsided: Likely = { [river]: 0.97, [moon]: 0.004, [clock]: 0.003, 97: 0.002, 98: 0.001 };
	const boxes = () =>
		[...exhibit().querySelectorAll('.labels li')].map((one) => one.getBoundingClientRect());

	test.each([
		['816px', even],
		['816px', lopsided],
		['660px', lopsided],
		['390px', lopsided],
		['280px', even]
	])('at %s never stand over one another, nor beyond the line', async (width, likely) => {
		await show(new ToldLooker([likely]), { width });
		await one();
		button('100 draws').click();
		await new Promise(requestAnimationFrame);
		const strip = find('.strip').getBoundingClientRect();
		const all = boxes();
		expect(all).toHaveLength(6);
		all.forEach((a, i) => {
			expect(a.left).toBeGreaterThanOrEqual(strip.left - 1);
			expect(a.right).toBeLessThanOrEqual(strip.right + 1);
			for (const b of all.slice(i + 1)) {
				const apart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5;
				expect(apart, JSON.stringify([a, b])).toBe(true);
			}
		});
		const drawn = find('.drawn').getBoundingClientRect();
		expect(drawn.left).toBeGreaterThanOrEqual(strip.left - 1);
		expect(drawn.right).toBeLessThanOrEqual(strip.right + 1);
	});
});
