/**
 * @file What the page costs while text streams: main-thread time a token, at 200 tokens/s over 10,000 tokens. The engine
 * is scripted in the place of the worker; everything from its messages to the pixels is the site's own.
 */
import type { Browser, CDPSession, Page } from 'playwright';
import { stretches } from './busy.ts';
import { median, type Line } from './line.ts';
import { launch, open, site } from './site.ts';

const RATE = 200; // tokens/s
const PARTS = 5;
const PART = 2000; // tokens
const FRAME = 16; // ms

/**
 * Makes a token whenever one is due, while one is asked for: what protocol.ts says of pulls and
 * bursts, at the speed that is wanted.
 */
const scripted = `
const words = ' the boat lay by the mill and nobody came to ask'.split(/(?= )/);
const spent = { prefillMs: 1, decodeMs: 1 };
let run = 0, index = 0, due = 0, until = 0, made = [], timer;
const work = () => {
	for (;;) {
		const now = performance.now();
		if (now < due) return (timer = setTimeout(work, due - now));
		due += ${1000 / RATE};
		const text = words[index % words.length];
		const alternatives = words.slice(0, 5).map((text) => ({ text, logprob: -1 }));
		made.push({ token: { index, text, id: index % 700, logprob: -1, alternatives }, at: now });
		if (index++ === 0 || now >= until) return send();
	}
};
const send = () => {
	const now = performance.now();
	const tokens = made.map(({ token, at }) => ({ token, ago: now - at, spent }));
	made = [];
	postMessage({ type: 'tokens', run, tokens });
};
onmessage = ({ data }) => {
	if (data.type === 'ping') postMessage({ type: 'pong' });
	if (data.type === 'load') postMessage({ type: 'ready', backend: 'wasm' });
	if (data.type === 'run') {
		({ run } = data);
		index = 0;
		due = performance.now();
		postMessage({ type: 'started', run, promptTokens: 9, cachedTokens: 0, forgotten: false, cuts: ['a', ' b'] });
	}
	if (data.type === 'pull') {
		until = performance.now() + data.burst;
		work();
	}
	if (data.type === 'stop') clearTimeout(timer);
};
postMessage({ type: 'hello' });
`;

/** Seconds of the main thread so far: all of its tasks, and what they did. */
async function spent(session: CDPSession) {
	const { metrics } = await session.send('Performance.getMetrics');
	const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
	return {
		all: of('TaskDuration'),
		script: of('ScriptDuration'),
		style: of('RecalcStyleDuration'),
		layout: of('LayoutDuration')
	};
}

async function tokensOf(page: Page): Promise<number> {
	return Number(await page.locator('[data-tokens]').first().getAttribute('data-tokens'));
}

/** Opens the page and has text stream on it. */
async function streaming(browser: Browser, url: string): Promise<Page> {
	const page = await open(browser, `${url}#spike.pace=fast`);
	await page.getByRole('button', { name: /^Run/ }).first().click();
	while ((await tokensOf(page)) < 100) await page.waitForTimeout(50);
	return page;
}

export async function stream(): Promise<Line[]> {
	const host = await site((path, _, response) => {
		if (!path.startsWith('/_app/immutable/workers/')) return;
		response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(scripted);
		return true;
	});
	const browser = await launch();
	const costs: number[] = [];
	let rate: number;
	let parts: string;
	const bare: number[] = [];
	const longest: number[] = [];
	const late: number[] = [];
	try {
		const page = await streaming(browser, host.url);
		const session = await page.context().newCDPSession(page);
		// CPU time of the thread: what else the machine does is left out.
		await session.send('Performance.enable', { timeDomain: 'threadTicks' });

		const start = {
			at: performance.now(),
			tokens: await tokensOf(page),
			...(await spent(session))
		};
		for (let part = 0; part < PARTS; part++) {
			const before = { ...(await spent(session)), tokens: await tokensOf(page) };
			while ((await tokensOf(page)) < before.tokens + PART) await page.waitForTimeout(200);
			const after = await spent(session);
			costs.push(((after.all - before.all) * 1000) / ((await tokensOf(page)) - before.tokens));
		}
		const count = (await tokensOf(page)) - start.tokens;
		rate = count / ((performance.now() - start.at) / 1000);
		const end = await spent(session);
		parts = (['script', 'style', 'layout'] as const)
			.map((name) => `${name} ${(((end[name] - start[name]) * 1000) / count).toFixed(2)}`)
			.join(', ');
		await page.context().close();

		// Again, this time watched task by task, which costs time of its own.
		const watched = await streaming(browser, host.url);
		for (let part = 0; part < PARTS; part++) {
			const before = await tokensOf(watched);
			await browser.startTracing(watched, { categories: ['toplevel', '__metadata'] });
			while ((await tokensOf(watched)) < before + PART) await watched.waitForTimeout(200);
			const busy = stretches(await browser.stopTracing());
			longest.push(Math.max(...busy));
			late.push(busy.filter((ms) => ms > FRAME).length);
		}
		await watched.context().close();

		// The least a page can do: one text node, set once a frame.
		const plain = await open(browser, host.url);
		const other = await plain.context().newCDPSession(plain);
		await other.send('Performance.enable', { timeDomain: 'threadTicks' });
		for (let time = 0; time < PARTS; time++) {
			const before = await spent(other);
			await plain.evaluate(
				({ rate, count }) =>
					new Promise<void>((done) => {
						const box = document.body.appendChild(document.createElement('p'));
						const text = box.appendChild(document.createTextNode(''));
						const start = performance.now();
						const frame = () => {
							const due = Math.min(count, ((performance.now() - start) / 1000) * rate);
							text.data = ' boat'.repeat(due).slice(-600);
							if (due < count) requestAnimationFrame(frame);
							else done(box.remove());
						};
						frame();
					}),
				{ rate: RATE, count: 1000 }
			);
			bare.push((((await spent(other)).all - before.all) * 1000) / 1000);
		}
	} finally {
		await browser.close();
		await host.close();
	}
	return [
		{
			what: `main thread a token, ${PARTS * PART} tokens at ${RATE}/s`,
			unit: 'ms',
			ours: median(costs),
			rival: { name: 'bound: one text node, set once a frame', value: median(bare) },
			note: `of it ${parts} ms; arrived at ${rate.toFixed(0)}/s; the last part costs ${(costs[PARTS - 1] / costs[0]).toFixed(2)} × the first; quoted: llama.cpp's page 0.62 to 11.6 ms for its Markdown`,
			runs: costs
		},
		{
			what: 'main thread: longest time without a pause, while they stream',
			unit: 'ms',
			ours: median(longest),
			rival: { name: 'bound: a frame', value: FRAME },
			note: `longer than a frame: ${late.join(', ')} times in each ${PART} tokens`,
			runs: longest
		}
	];
}
