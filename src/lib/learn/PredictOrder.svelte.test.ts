import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { memory } from './memory.svelte.ts';
import PredictOrder from './PredictOrder.svelte';

const told = createRawSnippet(() => ({ render: () => '<p>School, by far.</p>' }));
const asked = {
	id: 'order',
	question: 'One morning the … what?',
	how: 'Put them in order.',
	paper: 'Write them down.',
	items: ['clock', 'moon', 'school'],
	top: 'likeliest first',
	truth: [2, 0, 1],
	sure: { question: 'How often will it come?', truth: 32 },
	children: told
};
const { sure: _, ...unsure } = asked;

const yours = (container: Element) =>
	[...container.querySelectorAll('.yours .item')].map(({ textContent }) => textContent);
const kept = () => JSON.parse(localStorage.getItem('running-tab.memory') ?? '{}').guesses?.order;

beforeEach(() => {
	localStorage.clear();
	memory.read(true);
});

describe('a guess at an order', () => {
	test('is made with keys alone, and told on the same rows', async () => {
		const screen = await render(PredictOrder, asked);
		const commit = screen.getByRole('button', { name: 'That is my guess' });
		const down = screen.getByRole('button', { name: 'Move clock down' });
		await expect.element(down).toBeEnabled();
		await expect.element(screen.getByText('so it is', { exact: true })).not.toBeVisible();
		(down.element() as HTMLElement).focus();
		await userEvent.keyboard('{Enter}');
		// The focus goes with the clock.
		await expect.element(screen.getByRole('button', { name: 'Move clock down' })).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		expect(yours(screen.container)).toEqual(['moon', 'school', 'clock']);
		await expect.element(screen.getByRole('status')).toHaveTextContent('clock: 3 of 3');
		await userEvent.keyboard('{Enter}');
		expect(yours(screen.container)).toEqual(['moon', 'school', 'clock']);
		await expect.element(commit).toBeDisabled();
		(screen.getByRole('slider').element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
		await expect.element(screen.getByText('you, before: 52 in 100')).toBeVisible();
		await expect.element(screen.getByText('so it is: 32 in 100')).toBeVisible();
		await expect.element(screen.getByText('School, by far.')).toBeVisible();
		expect(
			[...screen.container.querySelectorAll('ol.truth li')].map(({ textContent }) => textContent)
		).toEqual(['school', 'clock', 'moon']);
		expect(
			[...screen.container.querySelectorAll('.lines path')].map((path) => path.getAttribute('d'))
		).toEqual(['M0 0.5L100 2.5', 'M0 1.5L100 0.5', 'M0 2.5L100 1.5']);
		expect(kept()).toEqual({
			value: [1, 2, 0, 52],
			question: asked.question,
			yours: 'moon, school, clock; the first with 52 in 100',
			truth: 'school, clock, moon; the first with 32 in 100'
		});
	});

	test('is made by dragging', async () => {
		const screen = await render(PredictOrder, unsure);
		await expect.element(screen.getByRole('button', { name: 'Move moon up' })).toBeEnabled();
		const list = screen.container.querySelector<HTMLElement>('.yours')!;
		vi.spyOn(list, 'setPointerCapture').mockImplementation(() => {});
		const { top, height, left } = list.getBoundingClientRect();
		const at = (target: Element, type: string, place: number) =>
			target.dispatchEvent(
				new PointerEvent(type, {
					bubbles: true,
					pointerId: 1,
					clientX: left + 5,
					clientY: top + (height * (place + 0.5)) / 3
				})
			);
		at(list.querySelectorAll('.item')[2], 'pointerdown', 2);
		at(list, 'pointermove', 1);
		at(list, 'pointermove', -4);
		at(list, 'pointerup', -4);
		at(list, 'pointermove', 2);
		await expect.poll(() => yours(screen.container)).toEqual(['school', 'clock', 'moon']);
		await screen.getByRole('button', { name: 'That is my guess' }).click();
		expect(kept()).toMatchObject({ value: [2, 0, 1], yours: 'school, clock, moon' });
	});

	test('is there again next time, and can be forgotten', async () => {
		localStorage.setItem(
			'running-tab.memory',
			'{"version":1,"guesses":{"order":{"value":[1,0,2,70]}}}'
		);
		const screen = await render(PredictOrder, asked);
		await expect.element(screen.getByText('you, before: 70 in 100')).toBeVisible();
		expect(yours(screen.container)).toEqual(['moon', 'clock', 'school']);
		await screen.getByRole('button', { name: 'Forget my guess' }).click();
		await expect.element(screen.getByText('pull it')).toBeVisible();
		expect(yours(screen.container)).toEqual(asked.items);
		await expect.element(screen.getByRole('button', { name: 'That is my guess' })).toBeDisabled();
	});

	test.each(['1', '[0,1]', '[0,1,1,50]', '[0,1,2,101]', '[0,1,2]', '[0,1,2,50,1]', '[0,1,2.5,50]'])(
		'does not believe a kept %s',
		async (value) => {
			localStorage.setItem(
				'running-tab.memory',
				`{"version":1,"guesses":{"order":{"value":${value}}}}`
			);
			const screen = await render(PredictOrder, asked);
			await expect.element(screen.getByRole('slider')).toBeEnabled();
			await expect.element(screen.getByText('pull it')).toBeVisible();
		}
	);

	test('moves nothing below it when it is committed', async () => {
		const screen = await render(PredictOrder, asked);
		await expect.element(screen.getByRole('slider')).toBeEnabled();
		const section = screen.container.querySelector('section')!;
		const before = section.getBoundingClientRect().height;
		(screen.getByRole('slider').element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowUp}{Enter}');
		await expect.element(screen.getByText('you, before: 51 in 100')).toBeVisible();
		expect(section.getBoundingClientRect().height).toBe(before);
	});
});
