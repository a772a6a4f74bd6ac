import { afterEach, expect, test } from 'vitest';
import type { Token } from '#lib/events.ts';
import { GrowingText as Growing } from './growing-text.ts';

/** As it is used: lines are set after every show, and looked at. */
class GrowingText extends Growing {
	override show(...parameters: Parameters<Growing['show']>): void {
		super.show(...parameters);
		this.look();
	}
}

const boxes: HTMLElement[] = [];

/** A box of so many pixels, with the styles of Stream.svelte that lines depend on. */
function box(width: number) {
	const root = document.createElement('p');
	root.style.cssText = `inline-size: ${width}px; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/26px monospace`;
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(
		'.token { unicode-bidi: isolate; margin-inline-end: 2px; border-block-end: 2px solid } .lines { display: block }'
	);
	document.adoptedStyleSheets = [sheet];
	document.body.append(root);
	boxes.push(root);
	return { root, text: new GrowingText(root) };
}

afterEach(() => {
	for (const root of boxes.splice(0)) root.remove();
	document.adoptedStyleSheets = [];
});

const none: string[] = [];
const prompt = ['You', ' ask'];
const words =
	' the boat lay by the mill, and no body came to ask; extra ordinarily long winded'.split(
		/(?= )|(?<=bo)|(?=ordin)|(?=,)/
	);
const tokensOf = (count: number, text = (i: number) => words[i % words.length]): Token[] =>
	Array.from({ length: count }, (_, index) => ({ index, at: index, text: text(index) }));

/** For each token still in the page, the line on which it ends, counted from the last one's. */
function lines(root: HTMLElement): Map<number, number> {
	const bottoms = new Map<number, number>();
	for (const span of root.querySelectorAll<HTMLElement>('.came')) {
		const rects = span.getClientRects();
		if (rects.length) bottoms.set(Number(span.dataset.index), rects[rects.length - 1].bottom);
	}
	const last = [...bottoms.values()].at(-1)!;
	return new Map([...bottoms].map(([index, at]) => [index, Math.round((last - at) / 26)]));
}

test.for([200, 331, 640])('lines break where those of one block do, %i pixels wide', (width) => {
	const tokens = tokensOf(600);
	const grown = (to: number) => {
		const { root, text } = box(width);
		for (let came = 0; came <= to; came += 7) text.show(prompt, tokens, came);
		return { root, text };
	};
	for (let came = 77; came <= 600; came += 77) {
		const { root, text } = grown(came);
		expect(root.querySelectorAll('.lines').length).toBeGreaterThan(1);
		const found = [...lines(root)];
		text.again();
		expect(root.querySelectorAll('.lines:not(.gone)').length).toBe(1);
		expect(found).toEqual([...lines(root)]);
	}
	expect(grown(600).text.start.index).toBeGreaterThan(300);
});

test('the text is all of it, and each token is one that can be pointed at', () => {
	const tokens = tokensOf(90);
	const { root, text } = box(300);
	for (let came = 0; came <= 90; came += 9) text.show(prompt, tokens, came);
	expect(root.textContent).toBe('You ask' + tokens.map(({ text }) => text).join(''));
	expect(root.querySelectorAll('.lines').length).toBeGreaterThan(1);

	text.mark({ active: 50, parting: 3 });
	const marked = () =>
		[...root.querySelectorAll<HTMLElement>('.active, .parting')].map(
			({ dataset, className }) => `${dataset.index} ${className}`
		);
	expect(marked()).toEqual(['3 token came parting', '50 token came active']);
	text.mark({ active: undefined, parting: undefined });
	expect(marked()).toEqual([]);
});

test('however long it gets, few tokens are in the page, and the last ones are', () => {
	const tokens = tokensOf(3000);
	const { root, text } = box(300);
	let most = 0;
	for (let came = 0; came <= 3000; came += 20) {
		text.show(prompt, tokens, came);
		most = Math.max(most, root.querySelectorAll('.came').length);
	}
	expect(most).toBeLessThan(220);
	expect(lines(root).size).toBeGreaterThanOrEqual(100);
	expect(root.textContent).toMatch(/^…/);
	expect(
		root.textContent?.endsWith(
			tokens
				.slice(-50)
				.map(({ text }) => text)
				.join('')
		)
	).toBe(true);
	expect(text.start.index).toBeGreaterThan(2700);
});

test('what has found its line is left alone; a word that is still written is set anew', () => {
	const { root, text } = box(300);
	const tokens = tokensOf(4, (i) => [' to', ' ask', ' extra', 'ordinary'][i]);
	text.show(none, tokens, 3);
	const before = [...root.querySelectorAll('.came')];
	text.show(none, tokens, 4);
	const after = [...root.querySelectorAll('.came')];
	expect(after.map((span) => before.includes(span))).toEqual([true, true, false, false]);
	expect(root.textContent).toBe(' to ask extraordinary');
});

test('the prompt may be cut into tokens later; another run begins anew', () => {
	const { root, text } = box(300);
	const tokens = tokensOf(5);
	text.show(['You ask'], tokens, 5);
	text.show(['<you>', 'You', ' ask'], tokens, 5);
	expect([...root.querySelectorAll('.sent')].map(({ className }) => className)).toEqual([
		'token sent marker',
		'token sent',
		'token sent'
	]);
	expect(root.querySelectorAll('.came').length).toBe(5);
	text.show(['Other'], tokensOf(3), 3);
	expect(root.textContent).toBe('Other the boat');
});

test('texts without any line to break at are closed all the same', () => {
	const { root, text } = box(300);
	const tokens = tokensOf(1000, () => '');
	for (let came = 0; came <= 1000; came += 20) text.show(none, tokens, came);
	expect(root.querySelectorAll('.came').length).toBeLessThan(400);
});

test('the end of the text is a sign of its own', () => {
	const { root, text } = box(300);
	text.show(none, [{ index: 0, at: 0, text: '', special: true }], 1);
	expect(root.innerHTML).toContain('<span class="token came special" data-index="0">■</span>');
});
