import { beforeAll, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import Page from '../SpikeAndStream.fixture.svelte';
import { discard, finish, finished, rename, SIGN, type Finished } from '../train/finished.ts';
import { modelOf } from '../train/after/model-of.ts';
import { trained } from './trained.svelte.ts';
import { trainedHere } from './testing/finished.ts';

const patient = { timeout: 20_000 };
let done: Finished;

beforeAll(async () => {
	done = await trainedHere(10, 'Owl');
}, 60_000);

beforeEach(async () => {
	await discard();
	sessionStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});

const picture = () => document.querySelector<HTMLElement>('section.spike');
const text = (selector: string) =>
	picture()?.querySelector(selector)?.textContent!.replace(/\s+/g, ' ').trim();
const choice = () => document.querySelector<HTMLSelectElement>('[aria-label="Which model writes"]');
const button = (name: string | RegExp) =>
	[...document.querySelectorAll('button')].find((one) =>
		typeof name === 'string' ? one.textContent!.trim() === name : name.test(one.textContent!.trim())
	);

async function show(fragment = '#writer.is=trained') {
	history.replaceState(null, '', location.pathname + location.search + fragment);
	await render(Page, { basis: 'dollars' });
}

const pocketWrites = () => picture()?.getAttribute('aria-label') === 'Spike and stream';

test('a model that is kept here can be chosen, by the name its reader gave it', async () => {
	await finish(done);
	await show('#spike.seed=4');
	await expect.poll(() => choice()?.options.length, patient).toBe(2);
	expect(pocketWrites()).toBe(true);
	expect(choice()!.options[1].text).toBe('Owl');
	await userEvent.selectOptions(choice()!, 'kept');
	await expect.poll(() => button('Run it live') && !pocketWrites(), patient).toBe(true);
	expect(location.hash).toContain('writer.is=trained');
	expect(document.activeElement).toBe(choice());

	await userEvent.selectOptions(choice()!, '');
	await expect.poll(pocketWrites, patient).toBe(true);
	expect(location.hash).not.toContain('writer');
});

test('its own training is the bar, and its last picture stands there until it writes', async () => {
	await finish(done);
	await show();
	// ten steps of 16 × 64 tokens: three times 10,240
	await expect.poll(() => text('.bar-label'), patient).toMatch(/^30,720 tokens’ worth/);
	expect(text('.stream')).toContain(done.pictures.at(-1)!.text.trim().split(/\s/)[0]);
	expect(text('.readout')).toMatch(/^How it went on when its training ended/);
	expect(button('Save this run')!.getAttribute('aria-disabled')).toBe('true');

	button('Run it live')!.click();
	await expect.poll(() => Number(picture()!.dataset.tokens), patient).toBeGreaterThan(0);
	await expect.poll(() => picture()!.getAttribute('aria-busy'), patient).toBe('false');
	expect(text('.note')).toMatch(/^For you alone it computed [\d,.]+ tokens a second just now/);
	expect(button('Save this run')!.getAttribute('aria-disabled')).toBe('false');
	await userEvent.selectOptions(document.querySelector('[aria-label="Counted in"]')!, 'time');
	await expect.poll(() => text('.bar-label')).toMatch(/second/);
});

test('a class of thirty reaches the crossing on screen; it is said, and nothing stops', async () => {
	await finish(done);
	await show('#writer.is=trained&spike.as=class');
	await expect.poll(() => button('Run the class'), patient).toBeTruthy();
	button('Run the class')!.click();
	await expect
		.poll(() => text('.crossing'), patient)
		.toMatch(/Crossed at 30,720 tokens, .* after you pressed Run/);
	expect(text('.announced')).toMatch(
		/^Crossed at 30,720 tokens, .* after you pressed Run\. Using this model has now taken as much work/
	);
	expect(text('.caption')).toMatch(/^Here it is\. After 30,720 tokens/);
	expect(picture()!.querySelectorAll('ol li')).toHaveLength(30);
	const crossed = Number(picture()!.dataset.tokens);
	await expect.poll(() => Number(picture()!.dataset.tokens), patient).toBeGreaterThan(crossed);
	button('Stop')!.click();
	await expect.poll(() => picture()!.getAttribute('aria-busy'), patient).toBe('false');
	expect(text('.note')).toMatch(/One reader alone gets .* Both were measured here\.$/);
	const { lines } = JSON.parse(sessionStorage['running-tab.visit']);
	expect(lines.map(({ model }: { model: string }) => model)).toEqual([
		'Owl, 30 at once, crossed at 30,720'
	]);
});

test('deleted in another tab, it is told, and the pocket model writes', async () => {
	await finish(done);
	await show();
	await expect.poll(() => button('Run it live') && !pocketWrites(), patient).toBe(true);
	localStorage.removeItem(SIGN);
	dispatchEvent(new StorageEvent('storage', { key: SIGN, newValue: null }));
	await expect.poll(pocketWrites, patient).toBe(true);
	await expect.poll(() => text('.why')).toMatch(/is not kept here any more, so the pocket model/);
});

test('asked for where none is kept, it is told, and the pocket model writes', async () => {
	await show();
	await expect.poll(() => text('.why'), patient).toMatch(/is not kept here any more/);
	expect(pocketWrites()).toBe(true);
	expect(choice()).toBe(null);
});

test('what is kept is read as a stranger’s file is: spoilt, it is told, and the pocket model writes', async () => {
	const bytes = new Uint8Array(await done.checkpoint!.arrayBuffer());
	bytes[bytes.length >> 2] ^= 1;
	await finish({ ...done, checkpoint: new Blob([bytes]) });
	await show();
	await expect.poll(() => text('.why'), patient).toMatch(/could not be read/);
	expect(pocketWrites()).toBe(true);
});

test('one that was opened from a file writes in this visit, and its seconds are not taken for this machine’s', async () => {
	trained.take((await modelOf(done, 'Wren'))!);
	await show();
	await expect.poll(() => choice()?.selectedOptions[0]?.text, patient).toBe('Wren, from a file');
	await expect.poll(() => text('.bar-label'), patient).toMatch(/^30,720 tokens’ worth/);
	expect(button('Delete it')).toBe(undefined);
	button('Run it live')!.click();
	await expect.poll(() => Number(picture()!.dataset.tokens), patient).toBeGreaterThan(0);
	await expect.poll(() => picture()!.getAttribute('aria-busy'), patient).toBe('false');
	const time = picture()!.querySelector<HTMLOptionElement>('option[value=time]')!;
	expect(time.disabled).toBe(true);
	trained.refuse();
});

test('its owner deletes it, after a second word', async () => {
	await finish(done);
	await show();
	await expect.poll(() => button('Delete it'), patient).toBeTruthy();
	button('Delete it')!.click();
	await expect.poll(() => button('Delete it now')).toBeTruthy();
	expect(await finished()).toBeTruthy();
	button('Delete it now')!.click();
	await expect.poll(pocketWrites, patient).toBe(true);
	expect(await finished()).toBe(undefined);
	expect(localStorage.getItem(SIGN)).toBe(null);
});

test('a name is given to the one that is meant, and to no other', async () => {
	await finish(done);
	await rename('0'.repeat(64), 'Crow');
	expect((await finished())!.name).toBe('Owl');
	await rename(done.sha256, 'Wren');
	expect((await finished())!.name).toBe('Wren');
	expect((await finished())!.checkpoint!.size).toBe(done.checkpoint!.size);
});
