import { beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { models } from '#lib/engine/webllm/catalogue.ts';
import type { Device } from '#lib/engine/webllm/device.ts';
import { Gpu } from '#lib/exhibits/gpu/gpu.svelte.ts';
import { laptop, ToldDoor } from '#lib/exhibits/gpu/testing/told.ts';
import { writer } from '#lib/exhibits/run/writer.svelte.ts';
import { ownTraining } from '#lib/meter/own.ts';
import { chips, serving, trainingEntry } from '#lib/meter/training-entries.ts';
import Models from './Models.svelte';

const props = {
	training: Object.fromEntries(
		models.map(({ id, name, parameters, trainingTokens }) => [
			id,
			ownTraining(name, parameters, { ...chips, serving, tokens: trainingEntry(trainingTokens) })
		])
	)
};
const [first] = models;

const page = () => document.querySelector<HTMLElement>('article.prose')!;
const text = () => page().innerText.replace(/\s+/g, ' ');
const button = (name: string | RegExp) =>
	[...page().querySelectorAll<HTMLButtonElement>('button')].find((one) =>
		typeof name === 'string' ? one.textContent!.trim() === name : name.test(one.textContent!.trim())
	);
const press = async (name: string | RegExp) => {
	await expect.poll(() => button(name)).toBeTruthy();
	button(name)!.click();
};
const status = (words: string | RegExp) => expect.poll(text).toMatch(words);

async function show(device: Partial<Device> = {}) {
	const door = new ToldDoor();
	door.device = { ...laptop, ...device };
	await render(Models, { gpu: new Gpu(async () => door), ...props });
	expect(text()).toContain('Does one of them fit?');
	await press('Look at this device');
	await expect.poll(text).not.toContain('Does one of them fit?');
	return door;
}

/** As far as a download that goes on. */
async function downloading() {
	const door = await show();
	await press('See what would be fetched');
	await press(/^Download/);
	await expect.poll(() => door.stage.at).toBe('downloading');
	return door;
}

/** As far as a model that is being put on the GPU. */
async function loaded() {
	const door = await downloading();
	door.finish({ state: 'complete', verified: 'published', kept: 'cache', renewed: [] });
	await press('Load it onto the GPU');
	await expect.poll(() => door.stage.at).toBe('loading');
	return door;
}

beforeEach(() => {
	localStorage.clear();
	writer.use(undefined);
});

test('nothing is fetched before the reader has seen what, how much and from where, and agreed', async () => {
	const door = await show();
	await status(/This device can run SmolLM2 360M\./);
	await press('See what would be fetched');
	await status(/huggingface\.co and raw\.githubusercontent\.com/);
	const consent = page().querySelector<HTMLElement>('.consent')!;
	expect(consent.innerText).toContain('SmolLM2 360M by Hugging Face, 211 MB in all');
	expect(consent.innerText).toMatch(/Not verified/);
	expect(consent.innerText).toMatch(/until you delete it/);
	expect(document.activeElement).toBe(consent);
	expect(door.asked).toEqual([]);
	await press('Not now');
	await expect.poll(() => page().querySelector('.consent')).toBeNull();
	expect(door.asked).toEqual([]);
	await press('See what would be fetched');
	await press('Download 211 MB');
	await expect.poll(() => door.asked).toEqual([`download ${first.id}`]);
});

test('a download is seen to arrive, held, taken up again and stopped; no second one beside it', async () => {
	const door = await downloading();
	const progress = { bytes: 61e6, total: 204e6, file: 'params_shard_1.bin' };
	const at = (state: 'downloading' | 'paused') =>
		door.at({ at: 'downloading', model: first.id, progress: { ...progress, state, speed: 3e6 } });
	at('downloading');
	await status(/61 MB of 204 MB, 3 MB a second/);
	expect(page().querySelector('progress')!.value).toBeCloseTo(61 / 204);
	expect(button('See what would be fetched')!.getAttribute('aria-disabled')).toBe('true');
	button('See what would be fetched')!.click();
	expect(page().querySelector('.consent')).toBeNull();
	await press('Hold it');
	at('paused');
	await press('Go on');
	await press('Stop');
	await expect
		.poll(() => door.asked)
		.toEqual([`download ${first.id}`, 'pause', 'resume', 'cancel']);
	door.finish({ state: 'cancelled' });
	await status(/Stopped\. What has arrived is kept/);
});

test('a download that fails says why, and can be begun again', async () => {
	const door = await downloading();
	door.finish({ state: 'failed', sentence: 'The network answered with a web page.', file: 'a' });
	await status('The network answered with a web page.');
	expect(button('See what would be fetched')).toBeTruthy();
});

test('a stored model goes onto the GPU, and from then on writes in the exhibits', async () => {
	const door = await loaded();
	door.at({ at: 'loading', model: first.id, phase: 'weights', part: 0.4 });
	await status(/Step 3 of 5: Bringing the weights to the GPU, 40 %/);
	expect(writer.engine).toBeUndefined();
	door.loaded();
	await status(/on the GPU and has passed a first try/);
	expect(writer.engine?.model.name).toBe('SmolLM2 360M');
	expect(writer.trained({ name: 'SmolLM2 360M' })?.trained.tokens.high).toBe(4e12);
	expect(writer.trained({ name: 'Pocket model' })).toBeUndefined();
	await status(/In this visit SmolLM2 360M writes/);

	const choices = page().querySelectorAll<HTMLInputElement>('fieldset input');
	choices[0].click();
	await status('In this visit the pocket model writes.');
	expect(writer.engine).toBeUndefined();
	choices[1].click();
	await status(/In this visit SmolLM2 360M writes/);

	await press('Take it off the GPU');
	await status('In this visit the pocket model writes.');
	expect(writer.engine).toBeUndefined();
	expect(door.asked.at(-1)).toBe('unload');
});

test('loading that fails says why, and the pocket model writes on', async () => {
	const door = await loaded();
	door.loaded('This device computes wrongly.');
	await status('This device computes wrongly.');
	expect(writer.engine).toBeUndefined();
	await press('Load it onto the GPU');
	await expect.poll(() => door.stage.at).toBe('loading');
	door.loaded();
	await status(/passed a first try/);
	// the GPU is given up in the middle of a visit
	door.at({ at: 'given-up', model: first.id, sentence: 'It was lost twice.' });
	await status('It was lost twice.');
	expect(writer.engine).toBeUndefined();
});

test('what is stored is listed with its size and date, and goes one by one or all at once', async () => {
	const door = new ToldDoor();
	door.here = models
		.slice(0, 2)
		.map(({ id }) => ({ model: id, bytes: 2e8, date: '2026-11-26T10:00:00Z' }));
	await render(Models, { gpu: new Gpu(async () => door), ...props });
	await press('Look at this device');
	await status(/200 MB, since 26 Nov 2026/);
	const remove = page().querySelector<HTMLButtonElement>('[aria-label="Delete SmolLM2 360M"]')!;
	remove.click();
	await expect.poll(() => page().querySelectorAll('[aria-label^="Delete "]').length).toBe(1);
	door.here.push({ model: first.id, bytes: 2e8, date: '' });
	await press('Delete');
	await expect.poll(() => door.asked.length).toBe(2);
	await expect.poll(() => page().querySelectorAll('[aria-label^="Delete "]').length).toBe(1);
});

test('a deletion that is refused is told, and the list shows what it left', async () => {
	const door = new ToldDoor();
	door.here = models.slice(0, 2).map(({ id }) => ({ model: id, bytes: 2e8, date: '' }));
	door.refusals[first.id] = 'Another tab is at it.';
	await render(Models, { gpu: new Gpu(async () => door), ...props });
	await press('Look at this device');
	await expect.poll(() => page().querySelectorAll('[aria-label^="Delete "]').length).toBe(2);
	await press(/^Delete all/);
	await expect.poll(() => page().querySelector('[role=alert]')?.textContent).toBe('Another tab is at it.'); // prettier-ignore
	expect(page().querySelectorAll('[aria-label^="Delete "]').length).toBe(1);
});

test('without WebGPU no model is offered, and the reason stands there', async () => {
	await show({
		webgpu: false,
		asked: 'not-asked',
		taken: 'not-asked',
		adapter: undefined
	} as never);
	await status(/No real model runs here\. This browser does not let pages compute/);
	expect(button('See what would be fetched')).toBeUndefined();
	await status(/6 models that cannot run here, and why/);
});

test('a software adapter is advised against, and can be tried all the same', async () => {
	const door = await show({ adapter: { ...laptop.adapter!, software: true } });
	await status(/A real model is not advised here\. This browser found no graphics chip/);
	// said once, and again before anything is fetched
	expect(text().match(/would compute its work on the processor/g)?.length).toBe(1);
	await press('Try anyway (very slow)');
	await press(/^Download/);
	await expect.poll(() => door.asked.length).toBe(1);
});

test('a GPU without 16-bit numbers is offered the twin', async () => {
	const door = await show({ adapter: { ...laptop.adapter!, f16: false } });
	await press('See what would be fetched');
	await press(/^Download/);
	await expect.poll(() => door.asked).toEqual([`download ${first.twin}`]);
});

test('another source is taken when it is an address, and told in a sentence when it is none', async () => {
	await show();
	const input = page().querySelector<HTMLInputElement>('#source')!;
	const put = async (value: string) => {
		input.value = value;
		input.dispatchEvent(new Event('input', { bubbles: true }));
		await press('Use it');
	};
	await put('ftp://example.org/');
	await status(/begin with https:\/\/ or http:\/\//);
	expect(localStorage.getItem('running-tab.models')).toBeNull();
	await put('https://models.example.org/tab');
	await status('They come from https://models.example.org/tab/');
	expect(localStorage.getItem('running-tab.models')).toBe('https://models.example.org/tab');
	await press('See what would be fetched');
	await status(/models\.example\.org\. Its operators/);
	await put('');
	await status('They come from the usual place: Hugging Face');
});

test('when its program cannot be fetched, the page says so and can look again', async () => {
	const door = new ToldDoor();
	let tries = 0;
	const gpu = new Gpu(async () => {
		if (tries++ === 0) throw new Error('404');
		return door;
	});
	await render(Models, { gpu, ...props });
	await press('Look at this device');
	await status(/could not be loaded/);
	await press('Look again');
	await status(/This device can run SmolLM2 360M\./);
});

test('nothing is wider than a phone of 320 pixels', async () => {
	await show();
	await press('See what would be fetched');
	page().style.inlineSize = '288px';
	for (const element of page().querySelectorAll('section *, form *, .consent *')) {
		const { right } = element.getBoundingClientRect();
		expect(right, element.outerHTML.slice(0, 80)).toBeLessThanOrEqual(
			page().getBoundingClientRect().right + 1
		);
	}
});

test('what its training took is worked out, with the readers it takes for as much use', async () => {
	await show();
	const fold = page().querySelector<HTMLElement>('article details')!;
	fold.querySelector('summary')!.click();
	await expect.poll(() => fold.innerText).toContain('How many readers');
	const words = fold.innerText.replace(/\s+/g, ' ');
	// 6 · 361,821,120 · 4e12, 3 · 4e12, and 12e12 over 20 a second
	expect(words).toContain('6 × 362 million × 4 trillion = 8.7 × 1021 for the final run');
	expect(words).toContain('after 12 trillion tokens of use');
	expect(words).toContain('In dollars it comes after 5.4 to 30 trillion tokens');
	expect(words).toContain(
		'19,000 readers in a year, 6.9 million in a day or 10 billion in a minute'
	);
});
