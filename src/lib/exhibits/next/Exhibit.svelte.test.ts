import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/prose.css';
import '#lib/ui/controls.css';
import { Tab } from '#lib/meter/tab.svelte.ts';
import Page from './Exhibit.fixture.svelte';
import recorded from './recorded.json';
import { writer } from '../run/writer.svelte.ts';
import { GPU_END, ToldGpu, ToldLooker, type Likely } from './testing.ts';
import { cut } from './tokens.ts';

const END = 256;
const [clock] = cut(' clock');
const [river] = cut(' river');
const [moon] = cut(' moon');
const SENT = recorded.ids.length;

const even: Likely = { [river]: 0.5, [moon]: 0.3, [clock]: 0.1 };
const over: Likely = { [END]: 0.999 };

const exhibit = () => document.querySelector<HTMLElement>('.next')!;
const find = <E extends Element = HTMLElement>(selector: string) =>
	exhibit().querySelector<E>(selector)!;
const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, ' ').trim();
const button = (name: string) =>
	[...exhibit().querySelectorAll('button')].find((one) => one.textContent!.trim() === name)!;
const label = () => find('[role=img]').getAttribute('aria-label')!;
const sent = () => [...exhibit().querySelectorAll('.sent')].map((one) => one.textContent);
const written = () => [...exhibit().querySelectorAll('.came.token')].map((one) => one.textContent);
const pin = () => find('.pin')?.style.insetInlineStart;
const tokens = () => Number(exhibit().dataset.tokens);
const busy = () => exhibit().getAttribute('aria-busy');
const counts = ({ usage }: Tab) => [usage.promptTokens, usage.outputTokens];

async function show(looker: ToldLooker, props: { width?: string; rate?: number } = {}) {
	const tab = new Tab();
	const page = await render(Page, { tab, looker: async () => looker, ...props });
	return { tab, page };
}

async function one(times = 1) {
	for (let i = 0; i < times; i++) {
		const before = exhibit().querySelectorAll('.came.token').length;
		button('One token').click();
		await expect
			.poll(() => exhibit().querySelectorAll('.came.token').length)
			.toBeGreaterThan(before);
		await expect.poll(busy).toBe('false');
	}
}

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	history.replaceState(null, '', location.pathname + location.search);
});
afterEach(() => {
	vi.restoreAllMocks();
	writer.use(undefined);
});

describe('before it is touched', () => {
	test('it shows a recorded pass whole, and what was drawn on it', async () => {
		await show(new ToldLooker([even]));
		expect(text('.head p')).toContain('recorded');
		expect(tokens()).toBe(0);
		expect(written()).toEqual([' clock']);
		expect(label()).toMatch(
			/^Candidates: “ school” 32\s%, “ clock” 26\s%, .* 1,019 others 19\s%\. Drawn 0\.4318: “ clock”\.$/
		);
		expect(parseFloat(pin())).toBeCloseTo(100 * recorded.steps[0].number, 2);
		expect(text('.counts')).toContain('5 tokens for 3 words, 15 characters.');
	});

	test('both first questions are answered by one press each', async () => {
		await show(new ToldLooker([even]));
		const [number, why] = exhibit().querySelectorAll('.asked summary');
		(number as HTMLElement).click();
		(why as HTMLElement).click();
		const [one, other] = exhibit().querySelectorAll<HTMLElement>('.asked p');
		expect(one.checkVisibility() && other.checkVisibility()).toBe(true);
		expect(one.textContent).toMatch(/^26\s% is how likely the model takes “ clock”/);
		expect(other.textContent).toContain('lies between 0.3217 and 0.5801');
	});
});

describe('one token', () => {
	test('is a pass that reads what is written, and its counts are the tab’s', async () => {
		const looker = new ToldLooker([even]);
		const { tab } = await show(looker);
		await one(3);
		expect(looker.read).toHaveLength(3);
		expect(looker.read[0]).toEqual([clock]);
		expect(looker.read[2]).toHaveLength(3);
		expect(tokens()).toBe(3);
		await expect.poll(() => counts(tab)).toEqual([SENT + 1, 3]);
		expect(tab.runs).toBe(1);
	});

	test('waits for whoever looks: nothing is computed ahead', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one();
		await new Promise((wait) => setTimeout(wait, 200));
		expect(looker.read).toHaveLength(1);
		expect(text('.head button')).toBe('Run on');
	});

	test('drawing again writes another token, and uses no model', async () => {
		const looker = new ToldLooker([even]);
		const { tab } = await show(looker);
		await one();
		const seen = new Set<string>();
		for (let i = 0; i < 25; i++) {
			button('Draw again').click();
			await new Promise(requestAnimationFrame);
			seen.add(label().split('Drawn')[1]);
			expect(written()).toHaveLength(2);
		}
		expect(seen.size).toBe(25);
		expect(looker.read).toHaveLength(1);
		await expect.poll(() => counts(tab)).toEqual([SENT + 1, 1]);
	});

	test('a token that was written can be looked at again', async () => {
		await show(new ToldLooker([even]));
		const first = label();
		await one(2);
		expect(label()).not.toBe(first);
		find('.came.token').click();
		await expect.poll(label).toBe(first);
		expect(written()).toHaveLength(3);
		find('.back').click();
		await expect.poll(label).not.toBe(first);
	});
});

describe('the number', () => {
	async function throwDice(dice: string) {
		await userEvent.fill(find('.throw input'), dice);
	}

	test('is the reader’s own when two dice are thrown', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await expect.poll(() => text('.caption')).toContain('waits for a number');
		expect(written()).toEqual([]);
		await throwDice('05');
		await expect.poll(written).toEqual([' school']);
		expect(pin()).toBe('5%');
		await throwDice('37');
		await expect.poll(written).toEqual([' clock']);
		expect(label()).toContain('Drawn 0.37: “ clock”');
		expect(location.hash).toContain('next.dice=1');
	});

	test('is waited for on every line, with the field ready', async () => {
		const looker = new ToldLooker([even]);
		const { tab } = await show(looker);
		find('.mine input').click();
		await throwDice('05');
		button('One token').focus();
		button('One token').click();
		await expect.poll(() => looker.read.length).toBe(1);
		await expect.poll(() => document.activeElement).toBe(find('.throw input'));
		// pressed once more, it is still one
		button('One token').click();
		expect(busy()).toBe('false');
		expect(tokens()).toBe(0);
		expect(button('One token').getAttribute('aria-disabled')).toBe('true');
		await throwDice('60');
		await expect.poll(tokens).toBe(1);
		expect(written()).toEqual([' school', ' moon']);
		await expect.poll(() => counts(tab)).toEqual([SENT + 1, 1]);
		await new Promise((wait) => setTimeout(wait, 50));
		expect(looker.read.length).toBe(1);
	});

	test('may be typed digit by digit, and one digit is one once it stands', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await throwDice('5');
		expect(written()).toEqual([]);
		find('.throw input').dispatchEvent(new Event('change', { bubbles: true }));
		await expect.poll(written).toEqual([' school']);
		expect(pin()).toBe('5%');
	});

	test('is waited for again after Start over, and drawn where the dice are put down', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await throwDice('05');
		await expect.poll(written).toEqual([' school']);
		button('Start over').click();
		await expect.poll(written).toEqual([]);
		find('.mine input').click();
		await expect.poll(() => written().length).toBe(1);
		expect(find('.pin')).not.toBeNull();
	});

	test('that a run has drawn is not taken back by taking up the dice', async () => {
		await show(new ToldLooker([even]));
		await one(2);
		const before = written();
		find('.mine input').click();
		await new Promise(requestAnimationFrame);
		expect(written()).toEqual(before);
	});

	test('thrown where there is no line yet moves nothing', async () => {
		await show(new ToldLooker([even]));
		await userEvent.fill(find('.cut input'), 'Elsewhere');
		find('.mine input').click();
		await throwDice('05');
		await new Promise(requestAnimationFrame);
		expect(written()).toEqual([]);
		expect(label()).toContain('is empty');
	});

	test('that is no throw is said to be none, and moves nothing', async () => {
		await show(new ToldLooker([even]));
		find('.mine input').click();
		await throwDice('137');
		expect(text('.said')).toContain('from 0 to 99');
		expect(find('.pin')).toBeNull();
	});

	test('stays where it is while temperature bends the line under it', async () => {
		await show(new ToldLooker([even]));
		const before = pin();
		const slider = find<HTMLInputElement>('input[type=range]');
		slider.value = '0';
		slider.dispatchEvent(new Event('input', { bubbles: true }));
		await expect.poll(written).toEqual([' school']);
		expect(pin()).toBe(before);
		expect(label()).toBe('Candidates: “ school” 100\u00a0%. Drawn 0.4318: “ school”.');
	});

	test('bends no line that is written', async () => {
		await show(new ToldLooker([even]));
		await one();
		const slider = find<HTMLInputElement>('input[type=range]');
		slider.value = '0';
		slider.dispatchEvent(new Event('input', { bubbles: true }));
		await expect.poll(() => written()[1]).toBe(' river');
		expect(written()[0]).toBe(' clock'); // school is likelier
	});

	test('a hundred of them are counted beside the widths', async () => {
		await show(new ToldLooker([even]));
		button('100 draws').click();
		await expect.poll(() => exhibit().querySelectorAll('.labels .came').length).toBe(6);
		const came = [...exhibit().querySelectorAll('.labels .came')].map((one) =>
			Number(/^\d+/.exec(one.textContent!)![0])
		);
		expect(came.reduce((a, b) => a + b)).toBe(100);
		expect(find('.rug path').getAttribute('d')!.match(/M/g)).toHaveLength(100);
		await one();
		expect(find('.rug')).toBeNull();
	});
});

describe('a run', () => {
	test('begins anew, writes to the end, and the same seed writes the same', async () => {
		const looker = new ToldLooker([even, even, even, over]);
		const { tab } = await show(looker);
		button('Run it live').click();
		await expect.poll(busy).toBe('true');
		await expect.poll(busy).toBe('false');
		expect(written().at(-1)).toBe('<end>');
		expect(tokens()).toBe(4);
		await expect.poll(() => counts(tab)).toEqual([SENT, 4]);
		const before = written();
		button('Run again').click();
		await expect.poll(busy).toBe('true');
		await expect.poll(busy).toBe('false');
		expect(written()).toEqual(before);
		await expect.poll(() => counts(tab)).toEqual([2 * SENT, 8]);
	});

	test('is stopped by Stop, keeps its text, and goes on token by token', async () => {
		const { tab } = await show(new ToldLooker([even]), { rate: 20 });
		button('Run it live').click();
		await expect.poll(tokens).toBeGreaterThan(3);
		button('Stop').click();
		await expect.poll(busy).toBe('false');
		const before = written();
		expect(before.length).toBe(tokens());
		await one();
		expect(written().slice(0, before.length)).toEqual(before);
		// a new request sends all of it again
		await expect.poll(() => counts(tab)).toEqual([2 * SENT + before.length, before.length + 1]);
	});

	test('that cannot be is shown as recorded, with the reason, step by step', async () => {
		const more = { ...recorded.steps[0], number: 0.1, id: 1 };
		const steps = [...recorded.steps, more, more];
		const body = JSON.stringify({ ...recorded, steps });
		vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(body));
		const looker = new ToldLooker([even]);
		looker.fault = 'No model can run here.';
		const { tab } = await show(looker);
		button('One token').click();
		await expect.poll(written).toEqual([' clock', ' school']);
		expect(text('.trouble')).toBe('No model can run here. What you see is recorded.');
		expect(tokens()).toBe(0);
		button('Draw again').click();
		await new Promise((wait) => setTimeout(wait, 50));
		expect(written()).toHaveLength(2);
		expect(counts(tab)).toEqual([0, 0]);
	});

	test.each([
		['is not there', () => new Response('{}', { status: 404 })],
		['does not come', () => Promise.reject(new TypeError('offline'))]
	])('that cannot be, and whose recording %s, is told', async (_, answer) => {
		vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
		const looker = new ToldLooker([even]);
		looker.fault = 'No model can run here.';
		await show(looker);
		button('One token').click();
		await expect.poll(() => text('.trouble')).toContain('No model can run here.');
		await expect.poll(busy).toBe('false');
		expect(written()).toEqual([' clock']);
	});

	test('that is stopped while its recording comes shows none of it', async () => {
		let come = (_: Response) => {};
		vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise((resolve) => (come = resolve)));
		const looker = new ToldLooker([even]);
		looker.fault = 'No model can run here.';
		await show(looker);
		button('One token').click();
		await expect.poll(() => vi.mocked(fetch).mock.calls.length).toBe(1);
		const shown = written();
		button('Stop').click();
		const more = { ...recorded.steps[0], number: 0.1, id: 1 };
		come(new Response(JSON.stringify({ ...recorded, steps: [...recorded.steps, more] })));
		await expect.poll(busy).toBe('false');
		expect(written()).toEqual(shown);
	});

	test('token by token goes on by itself when that is wanted, in the same run', async () => {
		const looker = new ToldLooker([even, even, even, even, over]);
		const { tab } = await show(looker);
		await one(2);
		const before = written();
		button('Run on').click();
		await expect.poll(() => written().at(-1)).toBe('<end>');
		expect(written().slice(0, before.length)).toEqual(before);
		expect(tab.runs).toBe(1);
	});

	test('that waits for the dice goes on by itself when that is wanted', async () => {
		const looker = new ToldLooker([even, even, even, over]);
		await show(looker);
		find('.mine input').click();
		await userEvent.fill(find('.throw input'), '05');
		button('One token').click();
		await expect.poll(() => looker.read.length).toBe(1);
		button('Run on').click();
		await expect.poll(() => written().at(-1)).toBe('<end>');
	});

	test('is begun over from the first line of its own text', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await userEvent.fill(find('.cut input'), 'Elsewhere');
		await one(2);
		const first = written()[0];
		button('Start over').click();
		await expect.poll(() => written().length).toBe(1);
		expect(written()).toEqual([first]);
		expect(looker.read).toHaveLength(2);
	});

	test('that was stopped does not end the next one', async () => {
		const looker = new ToldLooker([even]);
		let go = () => {};
		looker.hold = new Promise((resolve) => (go = resolve));
		await show(looker, { rate: 20 });
		for (const name of ['Run it live', 'Stop', 'Run it live']) {
			await expect.poll(() => button(name)).toBeDefined();
			button(name).click();
		}
		looker.hold = undefined;
		go();
		await expect.poll(tokens).toBeGreaterThan(2);
		expect(busy()).toBe('true');
		button('Stop').click();
		await expect.poll(busy).toBe('false');
	});

	test('shows that it computes, also token by token', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one();
		let go = () => {};
		looker.hold = new Promise((resolve) => (go = resolve));
		button('One token').click();
		await expect.poll(busy).toBe('true');
		go();
		await expect.poll(busy).toBe('false');
	});

	test('is not held by Enter in the text, nor begun again by it at its end', async () => {
		const looker = new ToldLooker([...Array<Likely>(12).fill(even), over]);
		await show(looker, { rate: 20 });
		const enter = () => find<HTMLFormElement>('.cut').requestSubmit();
		button('Run it live').click();
		await expect.poll(tokens).toBeGreaterThan(2);
		enter();
		await expect.poll(() => written().at(-1), { timeout: 3000 }).toBe('<end>');
		await expect.poll(busy).toBe('false');
		enter();
		await new Promise((wait) => setTimeout(wait, 50));
		expect(tokens()).toBe(13);
	});

	test('keeps the last token in sight', async () => {
		await show(new ToldLooker([...Array<Likely>(60).fill(even), over]), { width: '288px' });
		button('Run it live').click();
		await expect.poll(() => written().at(-1), { timeout: 5000 }).toBe('<end>');
		const line = find('.line');
		expect(line.scrollHeight).toBeGreaterThan(line.clientHeight);
		await expect.poll(() => line.scrollTop + line.clientHeight).toBeGreaterThan(line.scrollHeight - 2); // prettier-ignore
	});

	test('that breaks keeps what it wrote, and says so', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one(2);
		looker.fault = 'It broke.';
		button('One token').click();
		await expect.poll(() => text('.trouble')).toContain('It broke.');
		expect(written()).toHaveLength(3);
		expect(busy()).toBe('false');
	});
});

describe('the text', () => {
	test('is cut at once, and its line is empty until a pass is made', async () => {
		const looker = new ToldLooker([even]);
		await show(looker);
		await one();
		await userEvent.fill(find('.cut input'), '🦭 7');
		expect([...exhibit().querySelectorAll('.sent')].map((one) => one.textContent)).toEqual([
			...['<you>', '<reply>', 'F0', '9F', 'A6', 'AD', ' ', '7']
		]);
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

describe('labels', () => {
	const lopsided: Likely = { [river]: 0.97, [moon]: 0.004, [clock]: 0.003, 97: 0.002, 98: 0.001 };
	const boxes = () =>
		[...exhibit().querySelectorAll('.labels li')].map((one) => one.getBoundingClientRect());

	test.each([
		['816px', even],
		['816px', lopsided],
		['660px', lopsided],
		['390px', lopsided],
		['280px', even]
	])('at %s never stand over one another, nor beyond the line', async (width, likely) => {
		await show(new ToldLooker([likely]), { width });
		await one();
		button('100 draws').click();
		await new Promise(requestAnimationFrame);
		const strip = find('.strip').getBoundingClientRect();
		const all = boxes();
		expect(all).toHaveLength(6);
		all.forEach((a, i) => {
			expect(a.left).toBeGreaterThanOrEqual(strip.left - 1);
			expect(a.right).toBeLessThanOrEqual(strip.right + 1);
			for (const b of all.slice(i + 1)) {
				const apart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5;
				expect(apart, JSON.stringify([a, b])).toBe(true);
			}
		});
		const drawn = find('.drawn').getBoundingClientRect();
		expect(drawn.left).toBeGreaterThanOrEqual(strip.left - 1);
		expect(drawn.right).toBeLessThanOrEqual(strip.right + 1);
	});
});

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
