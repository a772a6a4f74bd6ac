import { expect, test } from 'vitest';
import { money } from '#lib/meter/money.ts';
import { cheapestOn, topOn } from './line.ts';
import { LAST, levels, makers, prices, RUN, scores, tops } from './record.ts';
import { caption, changeWords, knownWords, tokensWords, vendorName } from './words.ts';

const said = (day: string, maker = makers[0], level = levels[0]) => {
	const top = (on: string) => topOn(prices, tops, maker.key, RUN, on);
	const cheap = (on: string) => cheapestOn(prices, scores, level.least, RUN, on);
	const { finding, rest } = caption({
		day,
		last: LAST,
		what: 'this run',
		maker,
		level,
		top: top(day),
		cheap: cheap(day),
		topNow: top(LAST)!,
		cheapNow: cheap(LAST)!
	});
	return `${finding} ${rest}`;
};

test('the caption says what it cost, and what became of it', () => {
	expect(said('2023-03-14')).toBe(
		'On 14 March 2023 this run cost $0.00558 with GPT-4. Good enough could be had for $0.000254, with GPT-3.5 Turbo. About three and a half years later OpenAI’s top model asks 65 percent of that, and the cheapest that is good enough asks 1 part in 31 of that.'
	);
	expect(said('2021-11-18')).toBe(
		'On 18 November 2021 this run cost $0.00762 with GPT-3. Nothing else was as good as GPT-3.5 yet. About five years later OpenAI’s top model asks about half of that.'
	);
	expect(said('2022-11-28')).toContain('It was also the cheapest that was good enough.');
	expect(said('2025-08-07')).toContain('OpenAI’s top model asks 5.4 times that');
	expect(said('2026-11-01')).toContain('A few weeks later');
	expect(said(LAST)).toContain('It is the last day on record.');
	expect(said('2022-12-01', makers[1])).toContain('Anthropic had nothing on record yet.');
	expect(said('2021-12-01', makers[1])).toContain('neither of the two was on sale');
});

test('a change, as one says it', () => {
	const change = (now: string, before: string) => changeWords(money(now), money(before));
	expect(change('1', '1')).toBe('as much');
	expect(change('1', '2')).toBe('about half of that');
	expect(change('1', '3')).toBe('about a third of that');
	expect(change('1', '280')).toBe('1 part in 280 of that');
	expect(change('8', '1')).toBe('8 times that');
});

test('how the day of a price is known', () => {
	const known = (vendor: string, model: string, from: string) =>
		knownWords(
			prices.find(
				(price) => price.vendor === vendor && price.model === model && price.from === from
			)!
		);
	expect(known('openai', 'gpt-4 (8K)', '2023-03-14')).toBe(
		'announced and charged from 14 March 2023'
	);
	expect(known('google', 'gemini-1.5-flash-8b', '2024-10-03')).toBe('first seen on 3 October 2024');
	expect(known('google', 'gemini-2.0-flash', '2025-02-05')).toBe(
		'model out on 5 February 2025, price first seen on 25 February 2025'
	);
	expect(known('openai', 'o3', '2025-06-10')).toBe('in force from 10 June 2025');
	expect(known('openai', 'davinci (GPT-3 175B)', '2021-11-18')).toBe(
		'reported later, for 18 November 2021'
	);
	expect(known('groq (host)', 'gpt-oss-20b', '2025-08-06')).toBe('read on 6 August 2025');
});

test('counts and sellers', () => {
	expect(tokensWords({ sent: 1, cached: 0, came: 2000 })).toBe('1 token in, 2,000 out');
	expect(tokensWords({ sent: 10, cached: 4, came: 1 })).toBe(
		'10 tokens in, 4 of them from a cache, 1 out'
	);
	expect(vendorName('groq (host)')).toBe('Groq');
	expect(vendorName('__proto__')).toBe('__proto__');
	for (const { vendor } of prices) expect(vendorName(vendor)).toMatch(/^([A-Z]|xAI)/);
});
