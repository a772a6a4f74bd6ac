import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
	afresh,
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
	busy,
	counts,
	show,
	one
} from './testing/page.ts';
import { ToldLooker } from './testing/told.ts';

afresh();

describe('the number', () => {
	async function throwDice(dice: string) {
		await userEvent.fill(find('.throw input'), dice);
	}

	test('is the reader’s own when two dice are thrown', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await expect.poll(() => text('.caption')).toContain('waits for a number');
		expect(written()).toEqual([]);
		await throwDice('05');
		await expect.poll(written).toEqual([' school']);
		expect(pin()).toBe('5%');
		await throwDice('37');
		await expect.poll(written).toEqual([' clock']);
		expect(label()).toContain('Drawn 0.37: “ clock”');
		expect(location.hash).toContain('next.dice=1');
	});

	test('is waited for on every line, with the field ready', async () => {
		const looker = new ToldLooker([even]);
		const { tab } = await show(looker);
		find('.mine input').click();
		await throwDice('05');
		button('One token').focus();
		button('One token').click();
		await expect.poll(() => looker.read.length).toBe(1);
		await expect.poll(() => document.activeElement).toBe(find('.throw input'));
		// pressed once more, it is still one
		button('One token').click();
		expect(busy()).toBe('false');
		expect(tokens()).toBe(0);
		expect(button('One token').getAttribute('aria-disabled')).toBe('true');
		await throwDice('60');
		await expect.poll(tokens).toBe(1);
		expect(written()).toEqual([' school', ' moon']);
		await expect.poll(() => counts(tab)).toEqual([SENT + 1, 1]);
		await new Promise((wait) => setTimeout(wait, 50));
		expect(looker.read.length).toBe(1);
	});

	test('may be typed digit by digit, and one digit is one once it stands', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await throwDice('5');
		expect(written()).toEqual([]);
		find('.throw input').dispatchEvent(new Event('change', { bubbles: true }));
		await expect.poll(written).toEqual([' school']);
		expect(pin()).toBe('5%');
	});

	test('is waited for again after Start over, and drawn where the dice are put down', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await throwDice('05');
		await expect.poll(written).toEqual([' school']);
		button('Start over').click();
		await expect.poll(written).toEqual([]);
		find('.mine input').click();
		await expect.poll(() => written().length).toBe(1);
		expect(find('.pin')).not.toBeNull();
	});

	test('that a run has drawn is not taken back by taking up the dice', async () => {
		await show(new ToldLooker([even]));
		await one(2);
		const before = written();
		find('.mine input').click();
		await new Promise(requestAnimationFrame);
		expect(written()).toEqual(before);
	});

	test('thrown where there is no line yet moves nothing', async () => {
		await show(new ToldLooker([even]));
		await userEvent.fill(find('.cut input'), 'Elsewhere');
		find('.mine input').click();
		await throwDice('05');
		await new Promise(requestAnimationFrame);
		expect(written()).toEqual([]);
		expect(label()).toContain('is empty');
	});

	test('that is no throw is said to be none, and moves nothing', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await throwDice('137');
		expect(text('.said')).toContain('from 0 to 99');
		expect(find('.pin')).toBeNull();
	});

	test('stays where it is while temperature bends the line under it', async () => {
		await show(new ToldLooker([even]));
		const before = pin();
		const slider = find<HTMLInputElement>('input[type=range]');
		slider.value = '0';
		slider.dispatchEvent(new Event('input', { bubbles: true }));
		await expect.poll(written).toEqual([' school']);
		expect(pin()).toBe(before);
		expect(label()).toBe('Candidates: “ school” 100\u00a0%. Drawn 0.4318: “ school”.');
	});

	test('bends no line that is written', async () => {
		await show(new ToldLooker([even]));
		await one();
		const slider = find<HTMLInputElement>('input[type=range]');
		slider.value = '0';
		slider.dispatchEvent(new Event('input', { bubbles: true }));
		await expect.poll(() => written()[1]).toBe(' river');
		expect(written()[0]).toBe(' clock'); // school is likelier
	});

	test('a hundred of them are counted beside the widths', async () => {
		await show(new ToldLooker([even]));
		button('100 draws').click();
		await expect.poll(() => exhibit().querySelectorAll('.labels .came').length).toBe(6);
		const came = [...exhibit().querySelectorAll('.labels .came')].map((one) =>
			Number(/^\d+/.exec(one.textContent!)![0])
		);
		expect(came.reduce((a, b) => a + b)).toBe(100);
		expect(find('.rug path').getAttribute('d')!.match(/M/g)).toHaveLength(100);
		await one();
		expect(find('.rug')).toBeNull();
	});
});
