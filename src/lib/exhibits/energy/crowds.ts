/** @file How many answers one may be multiplied by, where a reader asks for more than one. */
import prompts from 'virtual:ledger/figure/chatgpt-prompts-per-day';
import { lowest } from '#lib/ledger/figure.ts';
import { count, many } from '../words.ts';

export type Crowd = {
	key: 'day' | 'class' | 'company' | 'everyone';
	name: string;
	/** How many people; nothing where answers themselves were counted. */
	people?: number;
};

export const crowds: readonly Crowd[] = [
	{ key: 'day', name: 'a day of mine', people: 1 },
	{ key: 'class', name: 'a class of 30', people: 30 },
	{ key: 'company', name: 'a company of 10,000', people: 10_000 },
	{ key: 'everyone', name: 'everyone at ChatGPT' }
];

/** Prompts that one service got in a day. */
export const everyones = prompts;

/** Answers of a crowd in a day, each person asking for `aDay`. */
export function answersOf({ people }: Crowd, aDay: number): number {
	return people === undefined ? lowest(prompts) : people * aDay;
}

/** "Times 300: a class of 30, 10 answers each, for a day." */
export function crowdWords(crowd: Crowd, aDay: number): string {
	const times = answersOf(crowd, aDay);
	const each = `${count(aDay)} ${aDay === 1 ? 'answer' : 'answers'}`;
	if (crowd.people === undefined) {
		return `Times ${many(times)}, the prompts that ChatGPT got in a day, as if each of them were like this one, which they are not:`;
	}
	if (crowd.people === 1) return `Times ${count(times)}, a day of yours:`;
	return `Times ${count(times)}, ${crowd.name} for a day, ${each} each:`;
}
