/** @file What the picture of the crossing says, in words. */
import type { Range } from '#lib/meter/crossing.ts';
import { count, duration, many, rounded } from '../words.ts';
import { YEAR, type Crowd, type Way } from './line.ts';
import type { Model } from './models.ts';

const DAY = 24 * 60 * 60;

/** "33 million people", "you alone", "30 people". */
export function crowdWords(people: number): string {
	return people === 1 ? 'you alone' : `${many(people)} people`;
}

/** "182 days", "1.8 to 4.2 years". */
export function timeWords({ low, high }: Range): string {
	const [a, b] = [low, high].map((days) => duration(days * DAY));
	if (a === b) return a;
	const unit = /[a-z]+$/;
	return unit.exec(a)?.[0] === unit.exec(b)?.[0]
		? `${a.replace(/ [a-z]+$/, '')} to ${b}`
		: `${a} to ${b}`;
}

/** "day 182", "day 65 to 153", for the year of the picture. */
export function dayWords({ low, high }: Range): string {
	const [from, to] = [low, high].map((days) => Math.max(Math.ceil(days - 1e-9), 1));
	return from === to ? `day ${count(to)}` : `day ${count(from)} to ${count(to)}`;
}

/** "Just you and a class of 30 lie on the axis." */
export function flatWords(crowds: readonly Crowd[]): string {
	const names = crowds.map(({ name }) => name);
	const last = names.pop() ?? '';
	const all = names.length
		? `${names.join(', ')} and ${last} ${names.length > 1 ? 'all' : 'both'} lie`
		: `${last} lies`;
	return `${all[0].toUpperCase()}${all.slice(1)} on the axis.`;
}

type Said = { people: number; tokensADay: number; model: Model; way: Way; days: Range };

/** The finding in bold, and what it means. */
export function caption({ people, tokensADay, model, way, days }: Said): {
	finding: string;
	rest: string;
} {
	const alone = people === 1;
	const who = alone ? 'You alone' : `${many(people)} people`;
	const finding = `${who} need ${timeWords(days)}.`;
	const each = `${alone ? 'With' : 'If each has'} ${many(tokensADay)} tokens computed a day`;
	const then =
		days.low > YEAR
			? 'The orange line is too flat to get there within the year that is drawn.'
			: 'Nothing is paid off on that day, and nothing stops: the line simply goes on.';
	return {
		finding,
		rest: `${each}, using ${model.name} has then taken ${way.took}. ${then}`
	};
}

/** The picture in one sentence, for whoever does not see it. */
export function finding(said: Said, top: number, line: Range): string {
	const { finding, rest } = caption(said);
	const height =
		line.low === line.high ? many(line.high, 3) : `${many(line.low, 3)} to ${many(line.high, 3)}`;
	return `A year from left to right, tokens of use from 0 to ${many(top, 2)} upwards. The training of ${said.model.name} is a level line at ${height} tokens’ worth. ${finding} ${rest}`;
}

/** What a crowd has used by the end of the year, of the training. */
export function shareWords(use: number, line: Range): string {
	const share = use / line.high;
	if (share >= 1) return `${rounded(use / line.high, 2)} times`;
	if (share >= 0.001) return `${rounded(share * 100, 2)}\u00a0%`;
	return `1 part in ${many(line.high / use)}`;
}
