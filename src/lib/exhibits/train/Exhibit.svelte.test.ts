import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { GOLDEN } from '#lib/engine/training/testing/golden.ts';
import Page from './Exhibit.fixture.svelte';
import type { Frozen } from './frozen.ts';
import type { Store, Unfinished } from './store.ts';

/** A small model and few steps: a second or two. */
const SHORT = '#train.size=small&train.steps=40';

const exhibit = () => document.querySelector<HTMLElement>('.train')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const button = (name: RegExp) =>
	[...exhibit().querySelectorAll('button')].find((one) => name.test(one.textContent!.trim()))!;
const main = () => find<HTMLButtonElement>('.main');
const steps = () => Number(exhibit().dataset.steps);
const hash = () => text('.face code');
const patient = { timeout: 20_000 };

function memory(): Store & { kept: Unfinished | undefined } {
	return {
		kept: undefined,
		async load() {
			return this.kept;
		},
		async save(unfinished) {
			this.kept = unfinished;
		},
		async forget() {
			this.kept = undefined;
		}
	};
}

/** On the processor: the GPU of this browser is an imitation, and takes long to be measured. */
async function show(fragment: string, props: object = {}) {
	const there = `${fragment || '#'}&train.on=processor`;
	history.replaceState(null, '', location.pathname + location.search + there);
	const store = memory();
	const frozen: Frozen[] = [];
	await render(Page, { store, onfrozen: (one: Frozen) => frozen.push(one), ...props });
	return { store, frozen };
}

beforeEach(() => history.replaceState(null, '', location.pathname + location.search));

test('before it is touched it shows a recorded training, whole, and says that it is recorded', async () => {
	await show('');
	expect(text('.status')).toMatch(/^recorded \d/);
	expect(exhibit().getAttribute('aria-busy')).toBe('false');
	expect(exhibit().querySelectorAll('.pictures li').length).toBe(5);
	expect(exhibit().querySelectorAll('.pictures li.empty').length).toBe(0);
	expect(main().textContent!.trim()).toBe('Train it');
	expect(text('.after')).toBe('then nothing');
	expect(find('[role=img]').getAttribute('aria-label')).toBe(text('.caption'));
	expect(exhibit().textContent).not.toMatch(/NaN|Infinity|undefined|\[object/);
});

test('a model learns: measured first, then loss, pictures and bill grow, and then it stands for good', async () => {
	const { frozen } = await show(SHORT);
	main().dispatchEvent(new PointerEvent('pointerenter'));
	await expect.poll(() => main().textContent!.trim(), patient).toMatch(/^Train it, about .* here$/);
	expect(text('.status')).toMatch(/^recorded/);
	expect(steps()).toBe(0);

	main().click();
	await expect.poll(() => text('.status'), patient).toBe('done: 40 steps, trained here');
	expect(steps()).toBe(40);
	expect(text('.head')).toContain('A model of 25,472 numbers, seed 1');
	expect(exhibit().querySelectorAll('.pictures li.empty').length).toBe(0);
	expect(text('dl')).toContain('steps 40');
	expect(text('dl')).toContain(`tokens read ${(40 * 16 * 64).toLocaleString('en')}`);
	expect(find('.bar').style.blockSize).toBe('100%');
	expect(exhibit().querySelector('.lid')).not.toBeNull();
	// the mosaic is of the very weights that the same seed comes to everywhere
	expect(hash()).toBe(`${GOLDEN.slice(0, 8)}…`);
	expect(frozen[0].sha256.slice(0, 8)).toBe(GOLDEN.slice(0, 8));
	expect(text('[role=status]:not(.refused)')).toMatch(
		/^Training is done, and the weights stand still\./
	);

	const still = exhibit().innerHTML;
	await new Promise((done) => setTimeout(done, 700));
	expect(exhibit().innerHTML).toBe(still);
});

test('what it came to can write, at once', async () => {
	const { frozen } = await show(SHORT);
	main().click();
	await expect.poll(() => frozen.length, patient).toBe(1);
	const request = {
		messages: [{ role: 'user' as const, content: 'The moon' }],
		temperature: 0.7,
		topK: 0,
		seed: 1,
		maxTokens: 5
	};
	let count = 0;
	for await (const event of frozen[0].engine.run(request, new AbortController().signal)) {
		if (event.type === 'token') count++;
	}
	expect(count).toBeGreaterThan(0);
});

test('one step at a time: each is another mosaic, with the place and the weight it moved', async () => {
	await show(SHORT);
	const one = button(/^One step$/);
	one.click();
	await expect.poll(() => text('.status'), patient).toBe('paused at step 1 of 40');
	const first = hash();
	expect(text('.place .name')).toBe('One place of one step: step 1');
	expect(text('.says')).toMatch(/had .* before this step, .* after/);
	one.click();
	await expect.poll(() => text('.status'), patient).toBe('paused at step 2 of 40');
	expect(hash()).not.toBe(first);
	expect(exhibit().textContent).toContain('Step 2, row 1, column 1 of');
	expect(find<HTMLFieldSetElement>('fieldset.text').disabled).toBe(true);
	main().click();
	await expect.poll(() => text('.status'), patient).toBe('done: 40 steps, trained here');
	expect(hash()).toBe(`${GOLDEN.slice(0, 8)}…`);
});

test('what is folded away stands still while it learns, and is right when it is opened or it stands', async () => {
	await show('#train.size=small&train.steps=1000');
	main().click();
	await expect.poll(steps, patient).toBeGreaterThan(2);
	const folds = [
		...exhibit().querySelectorAll<HTMLDetailsElement>('details:not(.choice *, .inspector *)')
	];
	const names = folds.map((fold) => fold.querySelector('summary')!.textContent);
	expect(names.length).toBe(3);
	// of the model that learns, not of the recorded one, which is larger
	expect(names.join()).toContain('One of its 25,472 numbers');

	const changes: MutationRecord[] = [];
	const seen = new MutationObserver((records) => changes.push(...records));
	const all = { subtree: true, childList: true, characterData: true, attributes: true };
	for (const fold of folds) seen.observe(fold, all);
	const look = hash();
	const from = steps();
	await expect.poll(() => hash() !== look && steps() > from + 5, patient).toBe(true);
	expect(changes.map(({ target }) => target.textContent)).toEqual([]);
	seen.disconnect();

	const content = (name: string) =>
		folds.find((_, i) => names[i]!.includes(name))!.textContent!.replace(/\s+/g, ' ');
	const read = () => text('dl').match(/tokens read ([\d,]+)/)![1];
	for (const fold of folds) fold.open = true;
	await expect.poll(() => content('counted').includes(` × ${read()} = `)).toBe(true);
	for (const fold of folds) fold.open = false;

	main().click();
	await expect.poll(() => text('.status'), patient).toMatch(/^paused/);
	expect(content('counted')).toContain(` × ${read()} = `);
	expect(content('by hand')).toContain(text('.place .name').replace(/.*: step/, 'Step'));
	expect(text('tbody tr:last-child th')).toBe(String(steps()));
});

test('Pause holds it, Start over puts it away and begins nothing', async () => {
	await show('#train.size=small&train.steps=1000');
	main().click();
	await expect.poll(steps, patient).toBeGreaterThan(2);
	expect(exhibit().getAttribute('aria-busy')).toBe('true');
	main().click();
	await expect.poll(() => text('.status'), patient).toMatch(/^paused at step \d+ of 1,000$/);
	const before = steps();
	await new Promise((done) => setTimeout(done, 300));
	expect(steps()).toBe(before);
	button(/^Start over$/).click();
	await expect.poll(() => main().textContent!.trim(), patient).toMatch(/^Train it, about/);
	expect(text('.status')).toBe('nothing learnt yet');
	expect(steps()).toBe(0);
	expect(find<HTMLFieldSetElement>('fieldset.text').disabled).toBe(false);
});

test('too large a rate runs away: it is said, the curve stays, and one button halves it', async () => {
	await show('#train.steps=400&train.rate=1');
	main().click();
	await expect
		.poll(() => main().textContent!.trim(), patient)
		.toBe('Start over with half the learning rate');
	expect(text('.message')).toContain('with a learning rate of 1 ');
	expect(find('.curve .line').getAttribute('d')!.length).toBeGreaterThan(5);
	main().click();
	await expect.poll(() => location.hash).toContain('train.rate=0.5');
});

test('a text that is too short stays in its field, and a sentence says what is wrong', async () => {
	await show(SHORT);
	find<HTMLInputElement>('input[value=own]').click();
	await expect.poll(() => exhibit().querySelector('textarea')).not.toBeNull();
	const area = find<HTMLTextAreaElement>('textarea');
	area.value = 'hm';
	area.dispatchEvent(new Event('change', { bubbles: true }));
	await expect.poll(() => text('.message'), patient).toContain('too short');
	main().click();
	await expect.poll(() => text('.message'), patient).toContain('too short');
	expect(area.value).toBe('hm');
	expect(location.hash).not.toContain('hm');
	area.value = 'Anna sees Otto. '.repeat(60);
	area.dispatchEvent(new Event('change', { bubbles: true }));
	await expect.poll(() => main().textContent!.trim(), patient).toMatch(/^Train it, about/);
	expect(text('.counts')).toContain('960 bytes in 60 lines');
});

test('an unfinished training is offered, and goes on from where it was kept', async () => {
	const { store } = await show('#train.size=small&train.steps=60');
	const one = button(/^One step$/);
	one.click();
	await expect.poll(() => text('.status'), patient).toBe('paused at step 1 of 60');
	await expect.poll(() => store.kept?.kept.spent.steps).toBe(1);
	document.body.innerHTML = '';

	await show('', { store });
	await expect.poll(() => main().textContent!.trim()).toBe('Go on from step 1');
	expect(text('.message')).toMatch(/was kept in this browser at step 1 of 60\.$/);
	main().click();
	await expect.poll(() => text('.status'), patient).toBe('done: 60 steps, trained here');
	expect(location.hash).toContain('train.steps=60');
});

test('hostile values in the address are ignored', async () => {
	await show('');
	for (const bad of [
		'text=own&train.size=huge&train.steps=1e9',
		'steps=-5&train.seed=4294967296&train.rate=9',
		'text=__proto__&train.cut=toString&train.size=%3Cb%3E',
		'rate=0.000001&train.steps=9&train.seed=1.5'
	]) {
		location.hash = `#train.${bad}`;
		await new Promise((done) => setTimeout(done, 30));
		expect(find<HTMLInputElement>('input[value=sentences]').checked, bad).toBe(true);
		expect(find<HTMLInputElement>('input[value=middle]').checked, bad).toBe(true);
		expect(find<HTMLInputElement>('input[value=characters]').checked, bad).toBe(true);
		const fields = [...exhibit().querySelectorAll<HTMLInputElement>('.numbers input')];
		expect(
			fields.map(({ value }) => value),
			bad
		).toEqual(['1500', '1', '0.005']);
	}
	location.hash = '#train.text=sums&train.steps=200&train.seed=7&train.rate=0.002';
	await expect.poll(() => find<HTMLInputElement>('input[value=sums]').checked).toBe(true);
	const fields = [...exhibit().querySelectorAll<HTMLInputElement>('.numbers input')];
	expect(fields.map(({ value }) => value)).toEqual(['200', '7', '0.002']);
});

test('the reader says when the first word will appear, by keyboard as by hand, and finds it beside the truth', async () => {
	await show('', { everything: false });
	const range = find<HTMLInputElement>('.place input');
	range.focus();
	await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
	expect(document.querySelector('output')!.textContent).toBe('20');
	expect(text('.say')).toContain('at step 20');
	expect(text('.caption')).toContain('You said 20.');
	const place = find('.place').getBoundingClientRect();
	find('.place').dispatchEvent(
		new PointerEvent('pointerdown', {
			clientX: place.left + place.width / 3,
			clientY: place.top + 20,
			pointerId: 1,
			bubbles: true
		})
	);
	await expect.poll(() => document.querySelector('output')!.textContent).toBe('500');
});

test('a hidden tab pauses it, and that is said when one is back; who wants it goes on', async () => {
	await show('#train.size=small&train.steps=1000');
	const look = (hidden: boolean) => {
		Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
		document.dispatchEvent(new Event('visibilitychange'));
	};
	main().click();
	await expect.poll(steps, patient).toBeGreaterThan(2);
	look(true);
	await expect.poll(() => text('.status'), patient).toMatch(/^paused/);
	look(false);
	await expect
		.poll(() => text('.message'))
		.toMatch(/^It paused at step \d+ while this tab was out of sight\.$/);
	const onward = [...exhibit().querySelectorAll('label')].find((one) =>
		one.textContent!.includes('out of sight')
	)!;
	onward.querySelector('input')!.click();
	main().click();
	await expect.poll(() => exhibit().getAttribute('aria-busy')).toBe('true');
	look(true);
	await new Promise((done) => setTimeout(done, 400));
	expect(exhibit().getAttribute('aria-busy')).toBe('true');
	look(false);
});

test('nothing is wider than a phone of 320 pixels, and nothing moves when it begins', async () => {
	await show('', { width: '288px' });
	const { right, left } = exhibit().getBoundingClientRect();
	for (const element of exhibit().querySelectorAll(
		'.head *, .message, .parts *, .inspector *, figcaption *, .choice *, .one *'
	)) {
		if (element.closest('svg, .visually-hidden')) continue;
		const box = element.getBoundingClientRect();
		if (!box.width) continue;
		expect(box.right, element.outerHTML.slice(0, 80)).toBeLessThanOrEqual(right + 1);
		expect(box.left, element.outerHTML.slice(0, 80)).toBeGreaterThanOrEqual(left - 1);
	}
});

test('the picture keeps its height from nothing to the end', async () => {
	await show(SHORT, { everything: false });
	const height = () => find('figure').getBoundingClientRect().height;
	const before = height();
	const heights = new Set<number>();
	const seen = new ResizeObserver(() => heights.add(Math.round(height())));
	seen.observe(find('figure'));
	main().click();
	await expect.poll(() => text('.status'), patient).toBe('done: 40 steps, trained here');
	seen.disconnect();
	expect([...heights]).toEqual([Math.round(before)]);
});
