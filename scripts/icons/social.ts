/**
 * @file The picture that stands beside a link to the site: the claim, and training beside use at four
 * scales, as in the exhibit's strip. By work: both sides are operations of the pocket model itself.
 */
import { readFileSync } from 'node:fs';
import type { PocketRecord } from '#lib/engine/pocket/manifest.ts';
import type { RunRecord } from '#lib/events.ts';
import { readLedger } from '#lib/ledger/server/read.ts';
import { inWork, use } from '#lib/meter/basis.ts';

export const size = { width: 1200, height: 630 };

const HEIGHT = 190; // px, of the taller of the two
const WIDTH = 96; // px, of each

type Panel = { name: string; who: string; askings: number };

const json = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const compact = new Intl.NumberFormat('en', {
	notation: 'compact',
	compactDisplay: 'long',
	maximumSignificantDigits: 2
});
const grouped = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** "370,000", "2.5 billion". */
const about = (n: number) => (n < 1e6 ? grouped : compact).format(n);

/** The picture as a page of `size`. */
export function social(mark: string): string {
	const record = json<PocketRecord>('src/lib/engine/pocket/record.json');
	const run = json<RunRecord>('src/lib/exhibits/spike/recorded.json');
	const prompts = readLedger('.').figures.get('chatgpt-prompts-per-day')?.value;
	if (!prompts)
		throw new Error('content/ledger/figures.yaml: chatgpt-prompts-per-day has no value');

	const basis = inWork(record.tokens);
	const bar = basis.bar.high;
	const one = use(basis, { sent: run.usage.promptTokens, came: run.usage.outputTokens });
	const crossing = bar / one.total;

	const panels: Panel[] = [
		{ name: 'Just you', who: 'one answer', askings: 1 },
		{ name: 'A company', who: '10,000 ask', askings: 10_000 },
		{ name: 'The crossing', who: `${about(crossing)} ask`, askings: crossing },
		{ name: 'Everyone', who: `${about(prompts)}, a day`, askings: prompts }
	];

	return page(mark, panels.map((panel) => draw(panel, bar, one)).join(''));
}

function draw({ name, who, askings }: Panel, bar: number, one: { sent: number; total: number }) {
	const top = Math.max(bar, one.total * askings);
	const px = (amount: number) => (amount / top) * HEIGHT;
	const column = px(one.total * askings);
	const training = px(bar);
	// What cannot be drawn is marked, not faked.
	const mark = (height: number, fill: string, inner = '') =>
		height < 1
			? `<i class="dot" style="background:${fill}"></i>`
			: `<i style="height:${height}px;background:${fill}">${inner}</i>`;

	return `<section><div class="area">
		${mark(training, '#661752', askings === 1 ? '<em>training</em>' : '')}
		${askings === 1 ? '<u>use</u>' : ''}${mark(column, '#a6560a', `<b style="height:${px(one.sent * askings)}px"></b>`)}
	</div><h2>${name}</h2><p>${who}</p></section>`;
}

function page(mark: string, panels: string): string {
	const face = readFileSync(
		'node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'
	).toString('base64');

	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Running Tab</title><style>
		@font-face { font-family: S; src: url(data:font/woff2;base64,${face}); font-weight: 200 900 }
		* { box-sizing: border-box; margin: 0 }
		body { width: ${size.width}px; height: ${size.height}px; padding: 54px 70px 0; background: #fcfaf6; color: #231e19; overflow: hidden }
		header { display: flex; align-items: center; gap: 16px; font: 600 28px S }
		header svg { width: 40px; height: 40px }
		h1 { margin: 26px 0 34px; font: 600 57px/1.14 S; letter-spacing: -0.018em; white-space: nowrap }
		main { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0 28px }
		.area { display: flex; align-items: end; gap: 18px; height: ${HEIGHT}px; border-bottom: 2px solid #8a857e }
		i { display: flex; flex-direction: column; justify-content: end; width: ${WIDTH}px }
		.dot { align-self: end; width: 12px; height: 12px; margin: 0 ${(WIDTH - 12) / 2}px -7px; border-radius: 50% }
		b { background: #2c64d2 }
		.area { position: relative }
		em, u { font: 400 19px/1.3 system-ui, 'DejaVu Sans', sans-serif; text-decoration: none }
		em { padding: 0 0 8px; color: #fcfaf6; text-align: center }
		u { position: absolute; left: ${WIDTH + 18}px; bottom: 16px; width: ${WIDTH}px; color: #a6560a; text-align: center }
		h2 { margin-top: 16px; font: 600 25px/1.2 system-ui, 'DejaVu Sans', sans-serif }
		p { font: 400 21px/1.35 system-ui, 'DejaVu Sans', sans-serif; color: #605a53 }
	</style><header>${mark}Running Tab</header>
	<h1>Training is a bill paid once.<br>Using it is a tab that never closes.</h1>
	<main>${panels}</main></html>`;
}
