import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import cards from 'virtual:ledger/cards';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import Receipt from './Receipt.svelte';
import { linesOf, localDates, textOf } from './receipt-lines.ts';
import { fileOf, receiptOf } from './receipt.ts';
import ReceiptKeep from './ReceiptKeep.svelte';

const model = { name: 'Pocket model', sha256: '0123456789abcdef'.repeat(4), trainingTokens: 20e6 };
const now = Date.UTC(2026, 10, 26, 12);
const receipt = receiptOf(
	{
		usage: { promptTokens: 1068, cachedTokens: 0, outputTokens: 859 },
		reused: 0,
		runs: 2,
		lines: [{ at: now, model: 'A model with quite a long name', sent: 1068, came: 859 }],
		last: { prompt: 'What?', seed: 7, temperature: 0.7, topK: 0, maxTokens: 200 },
		card: cards[0]
	},
	model,
	now
);
const lines = linesOf(receipt, localDates('en-GB'));

describe('on the page', () => {
	test.each([256, 288, 400])('holds all that its text says, in %d px', async (width) => {
		const { container } = await render(Receipt, { lines });
		container.style.inlineSize = `${width}px`;
		const words = (text: string) =>
			text
				.toLowerCase()
				.replace(/[=\-░█\s]+/g, ' ')
				.trim();
		expect(words((container as HTMLElement).innerText)).toBe(words(textOf(lines)));
		const { right } = container.getBoundingClientRect();
		for (const element of container.querySelectorAll('*')) {
			expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(right + 1);
		}
		expect(container.querySelectorAll('svg[role=img]').length).toBe(1);
	});
});

describe('kept', () => {
	let blobs: Blob[];
	let names: string[];

	beforeEach(() => {
		blobs = [];
		names = [];
		vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
			blobs.push(blob as Blob);
			return 'blob:test';
		});
		vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
			this: HTMLAnchorElement
		) {
			names.push(this.download);
		});
		document.documentElement.dataset.hydrated = '';
	});

	afterEach(() => vi.restoreAllMocks());

	test('as text and as data, the very ones', async () => {
		await render(ReceiptKeep, { receipt, lines, narrow: false });
		await page.getByRole('button', { name: 'Text' }).click();
		await page.getByRole('button', { name: 'JSON' }).click();
		expect(names).toEqual([
			'running-tab-receipt-2026-11-26.txt',
			'running-tab-receipt-2026-11-26.json'
		]);
		expect(await blobs[0].text()).toBe(textOf(lines));
		expect(await blobs[1].text()).toBe(fileOf(receipt));
		expect(document.querySelector('.said')!.textContent).toContain('in your downloads');
	});

	test('as a picture of paper, whatever the theme', async () => {
		const means: number[] = [];
		for (const theme of ['light', 'dark']) {
			document.documentElement.dataset.theme = theme;
			const { unmount } = await render(ReceiptKeep, { receipt, lines, narrow: false });
			await page.getByRole('button', { name: 'Picture' }).click();
			await expect.poll(() => names.length).toBe(means.length + 1);
			const bitmap = await createImageBitmap(blobs[means.length]);
			expect(bitmap.width).toBe(768);
			expect(bitmap.height).toBeGreaterThan(1000);
			const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
			const pen = canvas.getContext('2d')!;
			pen.drawImage(bitmap, 0, 0);
			const { data } = pen.getImageData(0, 60, 768, bitmap.height - 120);
			means.push(
				data.filter((_, i) => i % 4 === 1).reduce((sum, g) => sum + g, 0) / (data.length / 4)
			);
			await unmount();
		}
		delete document.documentElement.dataset.theme;
		// Light paper with dark letters: mostly light, and not blank.
		expect(means[0]).toBeGreaterThan(200);
		expect(means[0]).toBeLessThan(249);
		expect(means[1]).toBeCloseTo(means[0], 0);
	});

	test('a picture that cannot be drawn is told in a sentence', async () => {
		vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
		await render(ReceiptKeep, { receipt, lines, narrow: false });
		await page.getByRole('button', { name: 'Picture' }).click();
		await expect
			.poll(() => document.querySelector('.said')!.textContent)
			.toBe('This browser cannot draw the picture.');
		expect(names).toEqual([]);
	});
});

describe('torn off', () => {
	beforeEach(() => (document.documentElement.dataset.hydrated = ''));

	test('only after it was asked once', async () => {
		const ontear = vi.fn();
		await render(ReceiptKeep, { receipt, lines, narrow: false, ontear });
		await page.getByRole('button', { name: 'Tear it off' }).click();
		expect(ontear).not.toHaveBeenCalled();
		await expect.poll(() => document.activeElement?.textContent?.trim()).toBe('Keep it');
		await page.getByRole('button', { name: 'Keep it' }).click();
		expect(ontear).not.toHaveBeenCalled();
		await page.getByRole('button', { name: 'Tear it off' }).click();
		await page.getByRole('button', { name: 'Yes, tear it off' }).click();
		expect(ontear).toHaveBeenCalledTimes(1);
	});

	test('is not offered where nothing stands on it', async () => {
		await render(ReceiptKeep, { receipt, lines, narrow: false });
		expect(document.body.textContent).not.toContain('Tear it off');
	});
});
