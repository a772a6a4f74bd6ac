import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Tab } from '#lib/meter/tab.svelte.ts';
import { writer } from '../run/writer.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import {
	afresh,
	exhibit,
	find,
	text,
	button,
	label,
	sent,
	written,
	tokens,
	counts,
	one
} from './testing/page.ts';
import { GPU_END, ToldGpu, type Likely } from './testing/told.ts';

afresh();

describe('a model on the reader’s GPU', () => {
	const wide: Likely = { [140_000]: 0.5, [12]: 0.3, [149_000]: 0.1 };

	async function showGpu(gpu: ToldGpu, props: { width?: string } = {}) {
		writer.use(gpu);
		const tab = new Tab();
		await render(Page, { tab, ...props });
		return { tab };
	}

	test('cuts the text in its own way, and its line is empty until a pass is made', async () => {
		await showGpu(new ToldGpu([wide]));
		await expect.poll(() => text('.counts')).toBe('3 tokens for 3 words, 15 characters. With what marks whose turn it is, 5 are sent. Show their numbers'); // prettier-ignore
		expect([...exhibit().querySelectorAll('.sent')].map((one) => one.textContent)).toEqual(['<|im_end|>', ' w149999', ' w0', ' w1', ' w2']); // prettier-ignore
		expect(text('.head p')).toBe('SmolLM2 360M, 362 million weights on your GPU, ready');
		expect(label()).toContain('is empty');
		await userEvent.fill(find('.cut input'), 'a b c d');
		await expect.poll(() => text('.counts')).toContain('4 tokens for 4 words');
	});

	test('shares its line out among all its tokens, and its counts are the tab’s', async () => {
		const gpu = new ToldGpu([wide]);
		const { tab } = await showGpu(gpu);
		await one(3);
		expect(gpu.read[0]).toEqual([]);
		expect(gpu.read[2]).toHaveLength(2);
		expect(label()).toMatch(/^Candidates: “ w140000” 50\s%, “ w12” 30\s%, “ w149000” 10\s%, .* 151,931 others 10\s%\./); // prettier-ignore
		expect(exhibit().textContent).toContain('one line for all 151,936 tokens');
		expect(text('.head p')).toMatch(/live, waits for you$/);
		expect(tokens()).toBe(3);
		await expect.poll(() => counts(tab)).toEqual([5, 3]);
		expect(exhibit().querySelectorAll('*').length).toBeLessThan(500);
		expect(exhibit().textContent).toContain('SmolLM2 360M works on your GPU and hands over only what comes out'); // prettier-ignore
	});

	test('is run to its end, bent and drawn from as any other', async () => {
		await showGpu(new ToldGpu([wide, wide, { [GPU_END]: 0.9999 }]));
		button('Run it live').click();
		await expect.poll(() => text('.head p')).toContain('live, finished');
		expect(written().at(-1)).toBe('<|im_end|>');
		find('.came.token').click();
		await expect.poll(label).toContain('151,931 others');
		button('100 draws').click();
		await expect.poll(() => find('.rug')).not.toBeNull();
	});

	test('gives way to the pocket model when that is chosen, and comes back', async () => {
		const gpu = new ToldGpu([wide]);
		await showGpu(gpu);
		await one();
		expect(exhibit().querySelectorAll('.writers input').length).toBe(2);
		writer.pocket = true;
		await expect.poll(written).toEqual([' clock']);
		expect(text('.head p')).toContain('recorded');
		expect(text('.counts')).toContain('5 tokens for 3 words');
		writer.pocket = false;
		await expect.poll(() => text('.counts')).toContain('3 tokens for 3 words');
		expect(written()).toEqual([]);
	});

	test('that cannot cut the text says so, and nothing wrong is shown', async () => {
		const gpu = new ToldGpu([wide]);
		gpu.fault = 'It is writing elsewhere.';
		await showGpu(gpu);
		await expect.poll(() => text('.trouble')).toBe('It is writing elsewhere.');
		expect(exhibit().querySelector('.sent')).toBeNull();
		expect(text('.counts')).toContain('It is not cut into tokens yet.');
		gpu.fault = undefined;
		await one();
		expect(exhibit().querySelectorAll('.sent').length).toBe(5);
		expect(text('.trouble')).toBe('');
	});

	test('that has not cut the text yet shows none, and not how another cut it', async () => {
		const gpu = new ToldGpu([wide]);
		let go = () => {};
		gpu.hold = new Promise((resolve) => (go = resolve));
		writer.use(gpu);
		writer.pocket = true;
		await render(Page, { tab: new Tab() });
		await expect.poll(sent).toContain('<you>');
		writer.pocket = false;
		await expect.poll(() => text('.head p')).toContain('SmolLM2 360M');
		expect(sent()).toEqual([]);
		expect(text('.counts')).toContain('It is not cut into tokens yet.');
		go();
		await expect.poll(sent).toEqual(['<|im_end|>', ' w149999', ' w0', ' w1', ' w2']);
	});

	test.each([undefined, 'It is writing elsewhere.'])(
		'whose answer comes late says nothing of what is on show by then: %s',
		async (fault) => {
			const gpu = new ToldGpu([wide]);
			await showGpu(gpu);
			await expect.poll(sent).toContain(' w0');
			let go = () => {};
			gpu.hold = new Promise((resolve) => (go = resolve));
			await userEvent.fill(find('.cut input'), 'a b c d');
			writer.pocket = true;
			await expect.poll(sent).toContain('<you>');
			const before = sent();
			gpu.fault = fault;
			go();
			await new Promise((wait) => setTimeout(wait, 100));
			expect(sent()).toEqual(before);
			expect(text('.trouble')).toBe('');
		}
	);

	test('that cannot cut the next text shows none, and not how it cut the last one', async () => {
		const gpu = new ToldGpu([wide]);
		await showGpu(gpu);
		await expect.poll(sent).toContain(' w0');
		gpu.fault = 'It is writing elsewhere.';
		await userEvent.fill(find('.cut input'), 'a b c d');
		await expect.poll(() => text('.trouble')).toBe('It is writing elsewhere.');
		expect(sent()).toEqual([]);
	});

	test('is not wider than a phone', async () => {
		await showGpu(new ToldGpu([wide]), { width: '288px' });
		await one();
		const { right } = exhibit().getBoundingClientRect();
		for (const element of exhibit().querySelectorAll('.line *, .ruler *, .writers *')) {
			expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(right + 1);
		}
	});
});
