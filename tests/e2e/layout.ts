/** @file Measurements of a page as it is drawn. Each runs in the page and returns what is wrong. */
import type { Page } from '@playwright/test';

/** Text and controls that reach beyond the right or left edge, unless they stand in something that scrolls. */
export function overflows(page: Page) {
	return page.evaluate(() => {
		const wide: string[] = [];
		const edge = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth > edge) {
			wide.push(`the page is ${document.documentElement.scrollWidth} px wide, not ${edge}`);
		}
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const range = document.createRange();
		while (walker.nextNode()) {
			const node = walker.currentNode;
			const parent = node.parentElement;
			if (!parent || !node.textContent?.trim()) continue;
			range.selectNodeContents(node);
			const box = range.getBoundingClientRect();
			if (box.width === 0 || !parent.checkVisibility({ visibilityProperty: true })) continue;
			if (box.right <= edge + 1 && box.left >= -1) continue;
			let scrolls = false;
			for (let up: Element | null = parent; up && up !== document.body; up = up.parentElement) {
				const { overflowX, clip, clipPath, position } = getComputedStyle(up);
				if (/auto|scroll/.test(overflowX) || clip !== 'auto' || clipPath !== 'none') scrolls = true;
				// A skip link waits outside until it is focused.
				if (position === 'absolute' && up.matches('a[href^="#"]')) scrolls = true;
			}
			if (!scrolls) wide.push(`"${node.textContent.trim().slice(0, 40)}" reaches ${box.right} px`);
		}
		return wide;
	});
}

/** Controls that are less than 24 px high or wide; links within a line of text may be. */
export function smallTargets(page: Page) {
	return page.evaluate(() => {
		const small: string[] = [];
		for (const element of document.querySelectorAll<HTMLElement>(
			'button, input, select, summary, textarea, [role="button"], [tabindex="0"], nav a'
		)) {
			if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
			// A control in the middle of a sentence is as high as its line.
			const sentence = element.closest('p, li, td, dd, figcaption, blockquote');
			const inline = getComputedStyle(element).display.startsWith('inline');
			const alone = sentence?.textContent?.trim() === element.textContent?.trim();
			if (sentence && inline && !alone) continue;
			// A radio or box inside its label is pressed by the label.
			const target = element.closest('label') ?? element;
			const { width, height } = target.getBoundingClientRect();
			if (width < 24 || height < 24) {
				small.push(`${element.outerHTML.slice(0, 80)}: ${width.toFixed(0)} × ${height.toFixed(0)}`);
			}
		}
		return small;
	});
}

/**
 * Until all of the page's HTML has been drawn, in its own fonts. Its code need not be there.
 *
 * @returns when that was, on the page's clock
 */
export async function drawn(page: Page): Promise<number> {
	await page.waitForFunction(
		() =>
			document.readyState !== 'loading' &&
			document.fonts.status === 'loaded' &&
			performance.getEntriesByName('first-contentful-paint').length > 0
	);
	return page.evaluate(
		() =>
			new Promise((done) =>
				requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
			)
	);
}

/**
 * How much the page has moved by itself since then: the sum of its layout shifts. What a font moves that comes after the
 * first drawing, on a machine that is busy, is none of its code's doing; Lighthouse counts it.
 */
export function layoutShift(page: Page, since: number) {
	return page.evaluate(
		(since) =>
			new Promise<{ sum: number; moved: string[] }>((done) => {
				let sum = 0;
				const moved: string[] = [];
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries() as unknown as {
						value: number;
						startTime: number;
						sources: { node?: Element }[];
					}[]) {
						if (entry.startTime < since) continue;
						sum += entry.value;
						for (const { node } of entry.sources) {
							moved.push(
								`${entry.value.toFixed(4)} ${node?.parentElement?.outerHTML?.slice(0, 120)}`
							);
						}
					}
				}).observe({ type: 'layout-shift', buffered: true });
				// not before it has come to rest, however slow the machine
				requestIdleCallback(() => setTimeout(() => done({ sum, moved }), 300));
			}),
		since
	);
}

/**
 * The words of the text as a reader sees them. Controls, and what folds them away, are left out: where they could do
 * nothing they are not shown.
 */
export function words(page: Page) {
	return page.evaluate(() => {
		const controls =
			'button, select, form, fieldset, details:has(input, select, textarea), label.visually-hidden, [role="group"]:has(button)';
		const shown = [...document.querySelectorAll<HTMLElement>(controls)].map((control) => {
			const { display } = control.style;
			control.style.display = 'none';
			return () => (control.style.display = display);
		});
		const words = document.querySelector('main')!.innerText.split(/\s+/).filter(Boolean);
		for (const showAgain of shown) showAgain();
		return words;
	});
}

/** What has the focus, whether that can be seen, and whether anything lies over it. */
export function focused(page: Page) {
	return page.evaluate(() => {
		const element = document.activeElement;
		if (!(element instanceof HTMLElement || element instanceof SVGElement)) return undefined;
		if (element === document.body) return undefined;
		const marks = window as unknown as { stops?: Map<Element, number> };
		marks.stops ??= new Map();
		const seen = marks.stops.get(element);
		if (seen === undefined) marks.stops.set(element, marks.stops.size);

		// The ring may stand on the element, on its label, or on what it lies in.
		const ringed = [
			element,
			element.closest('label'),
			element.nextElementSibling,
			element.parentElement
		];
		const ring = ringed.some((one) => {
			if (!one) return false;
			const { outlineStyle, outlineWidth } = getComputedStyle(one);
			return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
		});
		const box = (element.closest('label') ?? element).getBoundingClientRect();
		// What is higher than half the screen need not be seen whole.
		const tall = box.height > innerHeight / 2;
		const y = tall ? Math.max(box.top, 0) + 12 : box.top + box.height / 2;
		const x = box.left + box.width / 2;
		const inside = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
		const above = inside ? document.elementFromPoint(x, y) : null;
		const holder = element.closest('label') ?? element;
		// An inline link that breaks over two lines has its centre beside its text.
		const free =
			element.getClientRects().length > 1 ||
			(above !== null && (holder.contains(above) || above.contains(holder)));
		return { name: element.outerHTML.slice(0, 100), again: seen !== undefined, ring, inside, free };
	});
}

/** Pairs of texts of which one lies over the other, inside what is shown of an exhibit. */
export function overlaps(page: Page) {
	return page.evaluate(() => {
		const boxes: { text: string; holder: Element; box: DOMRect }[] = [];
		const range = document.createRange();
		for (const root of document.querySelectorAll('[data-tokens]')) {
			const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
			while (walker.nextNode()) {
				const { parentElement, textContent } = walker.currentNode;
				const text = textContent?.replace(/\s+/g, ' ').trim();
				if (!parentElement || !text) continue;
				if (!parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
					continue;
				// What is clipped away, and what scrolls out of its box, is not seen.
				if (parentElement.closest('[aria-label="Read out"], .stream, option, .visually-hidden'))
					continue;
				range.selectNodeContents(walker.currentNode);
				for (const box of range.getClientRects()) {
					if (box.width > 2 && box.height > 2) boxes.push({ text, holder: parentElement, box });
				}
			}
		}
		const found = new Set<string>();
		boxes.sort((a, b) => a.box.top - b.box.top);
		for (const [at, { text, holder, box }] of boxes.entries()) {
			for (let next = at + 1; next < boxes.length && boxes[next].box.top < box.bottom; next++) {
				const other = boxes[next];
				if (other.holder === holder) continue;
				const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
				const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
				// Lines are set a little closer than their boxes are high.
				if (width > 3 && height > box.height * 0.45) {
					found.add([text.slice(0, 40), other.text.slice(0, 40)].sort().join(' | '));
				}
			}
		}
		return [...found];
	});
}
