import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import recorded from './recorded.json';
import {
	afresh,
	SENT,
	even,
	over,
	find,
	text,
	button,
	written,
	tokens,
	busy,
	counts,
	show,
	one
} from './testing/page.ts';
import { ToldLooker, type Likely } from './testing/told.ts';

afresh();

describe('a run', () => {
	test('begins anew, writes to the end, and the same seed writes the same', async () => {
		const looker = new ToldLooker([even, even, even, over]);
		const { tab } = await show(looker);
		button('Run it live').click();
		await expect.poll(busy).toBe('true');
		await expect.poll(busy).toBe('false');
		expect(written().at(-1)).toBe('<end>');
		expect(tokens()).toBe(4);
		await expect.poll(() => counts(tab)).toEqual([SENT, 4]);
		const before = written();
		button('Run again').click();
		await expect.poll(busy).toBe('true');
		await expect.poll(busy).toBe('false');
		expect(written()).toEqual(before);
		await expect.poll(() => counts(tab)).toEqual([2 * SENT, 8]);
	});

	test('is stopped by Stop, keeps its text, and goes on token by token', async () => {
		const { tab } = await show(new ToldLooker([even]), { rate: 20 });
		button('Run it live').click();
		await expect.poll(tokens).toBeGreaterThan(3);
		button('Stop').click();
		await expect.poll(busy).toBe('false');
		const before = written();
		expect(before.length).toBe(tokens());
		await one();
		expect(written().slice(0, before.length)).toEqual(before);
		// a new request sends all of it again
		await expect.poll(() => counts(tab)).toEqual([2 * SENT + before.length, before.length + 1]);
	});

	test('that cannot be is shown as recorded, with the reason, step by step', async () => {
		const more = { ...recorded.steps[0], number: 0.1, id: 1 };
		const steps = [...recorded.steps, more, more];
		const body = JSON.stringify({ ...recorded, steps });
		vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(body));
		const looker = new ToldLooker([even]);
		looker.fault = 'No model can run here.';
		const { tab } = await show(looker);
		button('One token').click();
		await expect.poll(written).toEqual([' clock', ' school']);
		expect(text('.trouble')).toBe('No model can run here. What you see is recorded.');
		expect(tokens()).toBe(0);
		button('Draw again').click();
		await new Promise((wait) => setTimeout(wait, 50));
		expect(written()).toHaveLength(2);
		expect(counts(tab)).toEqual([0, 0]);
	});

	test.each([
		['is not there', () => new Response('{}', { status: 404 })],
		['does not come', () => Promise.reject(new TypeError('offline'))]
	])('that cannot be, and whose recording %s, is told', async (_, answer) => {
		vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
		const looker = new ToldLooker([even]);
		looker.fault = 'No model can run here.';
		await show(looker);
		button('One token').click();
		await expect.poll(() => text('.trouble')).toContain('No model can run here.');
		await expect.poll(busy).toBe('false');
		expect(written()).toEqual([' clock']);
	});

	test('that is stopped while its recording comes shows none of it', async () => {
		let come = (_: Response) => {};
		vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise((resolve) => (come = resolve)));
		const looker = new ToldLooker([even]);
		looker.fault = 'No model can run here.';
		await show(looker);
		button('One token').click();
		await expect.poll(() => vi.mocked(fetch).mock.calls.length).toBe(1);
		const shown = written();
		button('Stop').click();
		const more = { ...recorded.steps[0], number: 0.1, id: 1 };
		come(new Response(JSON.stringify({ ...recorded, steps: [...recorded.steps, more] })));
		await expect.poll(busy).toBe('false');
		expect(written()).toEqual(shown);
	});

	test('token by token goes on by itself when that is wanted, in the same run', async () => {
		const looker = new ToldLooker([even, even, even, even, over]);
		const { tab } = await show(looker);
		await one(2);
		const before = written();
		button('Run on').click();
		await expect.poll(() => written().at(-1)).toBe('<end>');
		expect(written().slice(0, before.length)).toEqual(before);
		expect(tab.runs).toBe(1);
	});

	test('that waits for the dice goes on by itself when that is wanted', async () => {
		const looker = new ToldLooker([even, even, even, over]);
		await show(looker);
		find('.mine input').click();
		await userEvent.fill(find('.throw input'), '05');
		button('One token').click();
		await expect.poll(() => looker.read.length).toBe(1);
		button('Run on').click();
		await expect.poll(() => written().at(-1)).toBe('<end>');
	});

	test('is begun over from the first line of its own text', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await userEvent.fill(find('.cut input'), 'Elsewhere');
		await one(2);
		const first = written()[0];
		button('Start over').click();
		await expect.poll(() => written().length).toBe(1);
		expect(written()).toEqual([first]);
		expect(looker.read).toHaveLength(2);
	});

	test('that was stopped does not end the next one', async () => {
		const looker = new ToldLooker([even]);
		let go = () => {};
		looker.hold = new Promise((resolve) => (go = resolve));
		await show(looker, { rate: 20 });
		for (const name of ['Run it live', 'Stop', 'Run it live']) {
			await expect.poll(() => button(name)).toBeDefined();
			button(name).click();
		}
		looker.hold = undefined;
		go();
		await expect.poll(tokens).toBeGreaterThan(2);
		expect(busy()).toBe('true');
		button('Stop').click();
		await expect.poll(busy).toBe('false');
	});

	test('shows that it computes, also token by token', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one();
		let go = () => {};
		looker.hold = new Promise((resolve) => (go = resolve));
		button('One token').click();
		await expect.poll(busy).toBe('true');
		go();
		await expect.poll(busy).toBe('false');
	});

	test('is not held by Enter in the text, nor begun again by it at its end', async () => {
		const looker = new ToldLooker([...Array<Likely>(12).fill(even), over]);
		await show(looker, { rate: 20 });
		const enter = () => find<HTMLFormElement>('.cut').requestSubmit();
		button('Run it live').click();
		await expect.poll(tokens).toBeGreaterThan(2);
		enter();
		await expect.poll(() => written().at(-1), { timeout: 3000 }).toBe('<end>');
		await expect.poll(busy).toBe('false');
		enter();
		await new Promise((wait) => setTimeout(wait, 50));
		expect(tokens()).toBe(13);
	});

	test('keeps the last token in sight', async () => {
		await show(new ToldLooker([...Array<Likely>(60).fill(even), over]), { width: '288px' });
		button('Run it live').click();
		await expect.poll(() => written().at(-1), { timeout: 5000 }).toBe('<end>');
		const line = find('.line');
		expect(line.scrollHeight).toBeGreaterThan(line.clientHeight);
		await expect.poll(() => line.scrollTop + line.clientHeight).toBeGreaterThan(line.scrollHeight - 2); // prettier-ignore
	});

	test('that breaks keeps what it wrote, and says so', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one(2);
		looker.fault = 'It broke.';
		button('One token').click();
		await expect.poll(() => text('.trouble')).toContain('It broke.');
		expect(written()).toHaveLength(3);
		expect(busy()).toBe('false');
	});
});
