import { expect, it } from 'vitest';
import { answers, stops } from './stops.ts';

it('stand in the order of how many ask', () => {
	const names = stops({ low: 368_098, high: 368_098 }, 2.5e9).map(({ key }) => key);
	expect(names).toEqual(['you', 'class', 'company', 'crossing', 'everyone']);
});

it('have the crossing after everyone where it takes more than a day of everyone', () => {
	const all = stops({ low: 4.1e9, high: 9.02e9 }, 2.5e9);
	expect(all.map(({ key }) => key)).toEqual(['you', 'class', 'company', 'everyone', 'crossing']);
	expect(all[4]).toMatchObject({ who: '4.1 to 9 billion ask', askings: 9.02e9 });
});

it('say who asks', () => {
	const all = stops({ low: 368_098.2, high: 368_098.2 }, 2.5e9);
	expect(all.map(({ who }) => who)).toEqual([
		'this answer',
		'30 ask once',
		'10,000 ask',
		'368,098 ask',
		'2.5 billion, a day'
	]);
});

it('label the column with its answers', () => {
	const crossing = { low: 4.1e9, high: 9.02e9 };
	expect(stops(crossing, 2.5e9).map((stop) => answers(stop, crossing))).toEqual([
		'your answer',
		'30 answers',
		'10,000 answers',
		'2.5 billion answers',
		'4.1 to 9 billion answers'
	]);
});
