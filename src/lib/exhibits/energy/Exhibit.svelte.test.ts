import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import type { RunEvent } from '#lib/events.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';

const plain = (text: string) => text.replace(/[\s\u00a0]+/g, ' ').trim();
const all = (selector: string) =>
	[...document.querySelectorAll<HTMLElement>(selector)].map((element) =>
		plain(element.textContent!)
	);
/** Without the cards that numbers open to. */
const shown = (selector: string) =>
	[...document.querySelectorAll<HTMLElement>(selector)].map((element) => {
		const copy = element.cloneNode(true) as HTMLElement;
		for (const card of copy.querySelectorAll('[popover], .printed')) card.remove();
		return plain(copy.textContent!);
	});
const bold = () => all('.caption strong')[0];
/** Where the dots stand on the axis, as a share of it. */
const dots = () =>
	[...document.querySelectorAll<HTMLElement>('.dot')].map((dot) => {
		const track = dot.parentElement!.getBoundingClientRect();
		const { left, width } = dot.getBoundingClientRect();
		return (left + width / 2 - track.left) / track.width;
	});
const said = () => shown('.beside .said');

async function show(hash = '', tab = new Tab(), width = '816px') {
	history.replaceState(null, '', hash || '#');
	return { tab, ...(await render(Page, { tab, width })) };
}

async function run(tab: Tab, ms: number, model = 'Pocket model') {
	async function* events(): AsyncGenerator<RunEvent, void, void> {
		yield { type: 'started', at: 0, promptTokens: 12, cachedTokens: 0 };
		const usage = { promptTokens: 12, cachedTokens: 0, outputTokens: 0 };
		yield {
			type: 'settled',
			at: ms,
			usage: { ...usage, prefillMs: 0, decodeMs: ms },
			reason: 'finished'
		};
	}
	for await (const event of tab.watch(events(), { model })) void event;
}

beforeEach(() => sessionStorage.clear());
afterEach(() => page.viewport(1280, 800));

describe('before anyone touches it', () => {
	test('one answer: a factor of 400, from the least to the most', async () => {
		await show();
		expect(bold()).toBe('One answer, from 0.1 to 40 watt-hours: a factor of 400.');
		expect(shown('.much')).toHaveLength(14);
		const places = dots();
		expect(places).toHaveLength(9);
		expect(places).toEqual([...places].sort((a, b) => a - b));
		// 0.1 and 40 watt-hours, between a hundred-thousandth and a hundred
		expect(places[0]).toBeCloseTo(4 / 7, 2);
		expect(places[8]).toBeCloseTo((Math.log10(40) + 5) / 7, 2);
	});

	test('one of them beside two things, and no word of anybody else', async () => {
		await show();
		expect(said()).toEqual([
			'One answer (Google, Gemini, measured): 0.24 Wh is 86 seconds of a 10-watt lamp, or 1.6 percent of a full phone battery.',
			''
		]);
		expect(document.querySelector('.energy')!.textContent).not.toContain('2.5 billion');
	});

	test('an estimate is called one, in the place of the reader’s own', async () => {
		await show();
		const [row] = all('.how').slice(-1);
		expect(row).toMatch(/^seconds × watts: 0\.066 seconds of one core at 4 to 20 watts/);
		expect(row).toMatch(/estimated$/);
	});
});

describe('the reader', () => {
	test('makes the text longer: the methods that count it move, and the axis makes room', async () => {
		await show();
		await page.getByLabelText('Answer, tokens').fill('50000');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => location.hash).toBe('#energy.out=50000');
		expect(shown('.group')[1]).toBe(
			'Worked out here, for 100 tokens in the prompt and 50,000 in the answer'
		);
		// 50,000 × 2.06 and 13.98 joules
		expect(shown('.much')).toContain('29 to 190 Wh');
		expect(shown('.steps span').at(-1)).toBe('1 kWh');
		expect(shown('.open')[0]).toContain('8.5 to 230 Wh');
	});

	test('has run the pocket model: then it is this device, at watts to change', async () => {
		const { tab } = await show();
		await run(tab, 1800, 'Another model');
		expect(shown('.who').at(-1)).toBe('Pocket model, recorded 2026');
		await run(tab, 1800);
		await expect.poll(() => shown('.who').at(-1)).toBe('This device, your last run now');
		// 1.8 s × 4 to 20 W
		expect(shown('.much').at(-1)).toBe('0.002 to 0.01 Wh');
		await page.getByLabelText('Watts, at most').fill('8');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => shown('.much').at(-1)).toBe('0.002 to 0.004 Wh');
		await page.getByLabelText('Watts, at least').fill('9');
		await userEvent.keyboard('{Enter}');
		expect(shown('.much').at(-1)).toBe('0.002 to 0.004 Wh');
		expect(location.hash).toBe('#energy.most=8');
	});

	test('picks another dot', async () => {
		await show();
		await page.getByLabelText('Beside something you know').selectOptions('energy-epoch-100k');
		expect(said()[0]).toBe(
			'One answer (Epoch AI, a book to read, estimated): 40 Wh is 2.7 full phone batteries, or 40 percent of a litre of water brought to the boil.'
		);
		expect(all('li.chosen b')[0]).toBe('Epoch AI, a book to read');
		expect(location.hash).toBe('#energy.row=energy-epoch-100k');
	});

	test('asks for more than one, and takes it back', async () => {
		await show();
		await page.getByRole('button', { name: 'a class of 30' }).click();
		// 30 × 10 × 0.24
		expect(said()[1]).toBe(
			'Times 300, a class of 30 for a day, 10 answers each: 72 Wh is 4.8 full phone batteries, or 72 percent of a litre of water brought to the boil.'
		);
		await page.getByRole('button', { name: 'everyone at ChatGPT' }).click();
		expect(said()[1]).toContain(
			'which they are not: 600 MWh is 57 years of a US home’s electricity.'
		);
		expect(location.hash).toBe('#energy.times=everyone');
		await page.getByRole('button', { name: 'everyone at ChatGPT' }).click();
		expect([said()[1], location.hash]).toEqual(['', '']);
	});

	test('looks at trainings: no multiplying there', async () => {
		await show();
		await page.getByRole('radio', { name: 'A training' }).click({ force: true });
		expect(plain(bold())).toBe('One training, from 86 MWh to 310 GWh: a factor of 3,600.');
		expect(shown('.steps')[0]).toContain('1 kWh');
		expect(said()).toEqual([
			'One training (Google, of GPT-3, estimated): 1.29 GWh is 123 years of a US home’s electricity.'
		]);
		expect(page.getByRole('button', { name: 'a class of 30' }).elements()).toEqual([]);
		expect(location.hash).toBe('#energy.of=training');
	});
});

test('an address that says all of it is taken', async () => {
	await show(
		'#energy.in=0&energy.out=1000&energy.row=tokens-llama&energy.times=company&energy.day=2'
	);
	expect(shown('.group')[1]).toContain('0 tokens in the prompt and 1,000');
	// 20,000 × 1,000 × 2.06 and 13.98 joules
	expect(said()[1]).toContain(
		'Times 20,000, a company of 10,000 for a day, 2 answers each: 11 to 78 kWh'
	);
});

test.each([
	'#energy.in=NaN&energy.out=-5&energy.least=1e309&energy.most=0x10',
	'#energy.in=99999999&energy.out=0&energy.day=0&energy.least=30',
	'#energy.of=__proto__&energy.row=constructor&energy.times=toString',
	'#energy.row=%3Cb%3E&energy.in=%E0%A4%A&energy.times=%00'
])('what is wrong in the address changes nothing: %s', async (hash) => {
	await show(hash);
	expect(bold()).toBe('One answer, from 0.1 to 40 watt-hours: a factor of 400.');
	expect(shown('.group')[1]).toContain('for 100 tokens in the prompt and 500 in the answer');
	expect(all('.how').at(-1)).toContain('at 4 to 20 watts');
	expect(said()[1]).toBe('');
	expect(all('li.chosen .how')[0]).toMatch(/^measured by its maker: chips, machines/);
	// and is not carried on
	await page.getByLabelText('Answer, tokens').fill('501');
	await userEvent.keyboard('{Enter}');
	await expect.poll(() => location.hash).toBe('#energy.out=501');
});

test('has a table of both', async () => {
	await show();
	const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
		[...row.children].map((cell) => plain(cell.textContent!)).join(' | ')
	);
	expect(rows).toHaveLength(24);
	expect(rows[3]).toBe(
		'Microsoft, of large models | 2026 | 0.31 Wh, estimated | 0.16 to 0.6 Wh | chips × watts × hours | machines and building; half of all cases lie on the line'
	);
	expect(rows[23]).toContain('Pocket model | 2026 | 3 to 20 Wh, estimated');
});

test('in a page from right to left the chart still runs from left to right', async () => {
	document.documentElement.dir = 'rtl';
	try {
		await show();
		const places = dots();
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(places[0]).toBeCloseTo(4 / 7, 2);
	} finally {
		document.documentElement.removeAttribute('dir');
	}
});

test.each([288, 358, 816])('in %d pixels nothing sticks out', async (width) => {
	await show('', new Tab(), `${width}px`);
	for (const hash of ['', '#energy.of=training', '#energy.times=everyone&energy.out=100000']) {
		location.hash = hash;
		await new Promise((done) => setTimeout(done, 60));
		const frame = document.querySelector('.energy')!.getBoundingClientRect();
		for (const element of document.querySelectorAll(
			'.energy p, .energy b, .energy i, .energy span, .energy input, .energy select, .energy button'
		)) {
			if (element.closest('[popover], .scroll, .visually-hidden, .segments')) continue;
			const box = element.getBoundingClientRect();
			const what = `${hash} ${element.className} ${element.textContent!.slice(0, 40)}`;
			expect(box.right, what).toBeLessThanOrEqual(frame.right + 0.5);
			expect(box.left, what).toBeGreaterThanOrEqual(frame.left - 0.5);
		}
	}
});
