import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
	afresh,
	even,
	exhibit,
	find,
	text,
	button,
	label,
	written,
	sent,
	show,
	one
} from './testing/page.ts';
import { ToldLooker } from './testing/told.ts';

afresh();

describe('the text', () => {
	test('is cut at once, and its line is empty until a pass is made', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one();
		await userEvent.fill(find('.cut input'), '🦭 7');
		expect(sent()).toEqual([...['<you>', '<reply>', 'F0', '9F', 'A6', 'AD', ' ', '7']]);
		expect(label()).toContain('is empty');
		expect(written()).toEqual([]);
		await one();
		expect(looker.read.at(-1)).toEqual([]);
	});

	test('may be anything: it is shown as text, and cut to size', async () => {
		await show(new ToldLooker([even]));
		await userEvent.fill(find('.cut input'), `<img src=x onerror=alert(1)>${'🦭'.repeat(400)}`);
		expect(exhibit().querySelector('img')).toBeNull();
		expect(text('.off')).toMatch(/^Cut to the first 300 characters/);
		expect(exhibit().querySelectorAll('.sent').length).toBeLessThanOrEqual(160);
		expect(text('.counts')).toContain('the beginning falls out');
	});

	test('stands in the address with the rest, and comes back from it', async () => {
		history.replaceState(null, '', '#next.q=The%20moon&next.seed=7&next.t=0.5&next.k=3');
		await show(new ToldLooker([even]));
		await expect.poll(() => find<HTMLInputElement>('.cut input').value).toBe('The moon');
		await one();
		expect(text('.labels').match(/%/g)).toHaveLength(3);
		button('lumihiutale Finnish').click();
		expect(location.hash).toBe('#next.q=lumihiutale&next.seed=7&next.t=0.5&next.k=3');
	});

	test('stays where the address speaks of something else', async () => {
		await show(new ToldLooker([even]));
		await userEvent.fill(find('.cut input'), 'Mine');
		location.hash = '#other.q=Theirs';
		await new Promise((wait) => setTimeout(wait, 50));
		expect(find<HTMLInputElement>('.cut input').value).toBe('Mine');
	});

	test('of a hostile address is not believed', async () => {
		history.replaceState(null, '', '#next.seed=-1&next.t=99&next.k=1e9&next.dice=yes');
		await show(new ToldLooker([even]));
		expect(written()).toEqual([' clock']);
		expect(label()).toContain('Drawn 0.4318');
	});
});
