/** @file What axe finds wrong with a page, each with the element it is of and what to do about it. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules that colours alone can break: in the dark nothing else of a page is different (tokens.css). */
const ofColours = ['color-contrast', 'link-in-text-block'];

export function violations(page: Page): Promise<string[]> {
	return analysed(page, { type: 'tag', values: standards });
}

/** Of a page that was looked at whole in other colours. */
export function violationsOfColours(page: Page): Promise<string[]> {
	return analysed(page, { type: 'rule', values: ofColours });
}

async function analysed(page: Page, runOnly: { type: 'tag' | 'rule'; values: string[] }) {
	// In the page itself, and with no account of what is in order: that would be made, sent out and put together again in a
	// second page, in twice the time that the looking takes. What lies in frames is not seen so.
	expect(page.frames(), 'a page without frames').toHaveLength(1);
	const { violations } = await new AxeBuilder({ page })
		.setLegacyMode(true)
		.options({ runOnly, resultTypes: ['violations'] })
		.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`)
	);
}
