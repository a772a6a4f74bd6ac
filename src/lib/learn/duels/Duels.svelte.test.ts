import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import Three from './Three.svelte';

let page: ReturnType<typeof mount> | undefined;

beforeEach(() => localStorage.clear());
afterEach(async () => {
	if (page) await unmount(page);
	document.body.replaceChildren();
});

async function open() {
	page = mount(Three, { target: document.body });
	await new Promise((resolve) => setTimeout(resolve, 50));
	return document.querySelector<HTMLElement>('.predict')!;
}

const guess = async (duel: HTMLElement, index: number) => {
	duel.querySelectorAll<HTMLInputElement>('input[type=radio]')[index].click();
	await new Promise((resolve) => setTimeout(resolve, 20));
	[...duel.querySelectorAll('button')]
		.find(({ textContent }) => textContent?.includes('guess'))!
		.click();
	await new Promise((resolve) => setTimeout(resolve, 50));
};

test('what the sources say is covered until a guess is made, and then the truth stands beside it', async () => {
	const duel = await open();
	expect(duel.querySelector('.dots')!.classList).toContain('covered');
	expect(duel.querySelectorAll('label.true')).toHaveLength(0);
	await guess(duel, 1);
	expect(duel.querySelector('.dots')!.classList).not.toContain('covered');
	const [, chosen, , neither] = duel.querySelectorAll('label');
	expect(chosen.textContent).toContain('you, before');
	expect(neither.classList).toContain('true');
	expect(neither.textContent).toContain('so it is');
});

test('until then its table cannot be reached, and after it the guess cannot be changed', async () => {
	const duel = await open();
	const table = duel.querySelector<HTMLElement>('.table')!;
	const choice = duel.querySelector('fieldset')!;
	expect([table.inert, choice.disabled]).toEqual([true, false]);
	await guess(duel, 1);
	expect([table.inert, choice.disabled]).toEqual([false, true]);
});

/** As if a guess of an earlier visit lay in storage. */
function keep(value: unknown) {
	const guesses = { 'duel-question': { value } };
	localStorage.setItem('running-tab.memory', JSON.stringify({ version: 1, lessons: {}, guesses }));
}

test('a guess of an earlier visit is taken up', async () => {
	keep(1);
	const duel = await open();
	expect(duel.querySelectorAll('label')[1].textContent).toContain('you, before');
});

test.each([4, -1, 1.5, 1e300, [0], [], 'length', null])(
	'a stored guess of %j is none of these answers: it is still to be made',
	async (value) => {
		keep(value);
		const duel = await open();
		expect(duel.textContent).not.toContain('you, before');
		expect(duel.querySelectorAll('label.true')).toHaveLength(0);
		expect(duel.querySelector('fieldset')!.disabled).toBe(false);
	}
);

test('a guess is kept under a name by which the page looks for it', async () => {
	await guess(await open(), 0);
	expect(localStorage.getItem('running-tab.memory')).toContain('"duel-question"');
});

test('each duel has one answer that is true, and they differ', async () => {
	await open();
	const truths: number[] = [];
	for (const duel of document.querySelectorAll<HTMLElement>('.predict')) {
		await guess(duel, 0);
		truths.push(
			[...duel.querySelectorAll('label')].findIndex((label) => label.classList.contains('true'))
		);
	}
	expect(truths).toEqual([3, 0, 2]);
});
