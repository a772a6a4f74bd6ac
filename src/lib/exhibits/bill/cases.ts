/**
 * @file What is put on the bill: the run on screen, or a job counted out of words. Every count is
 * shown as the sum it came from, and every number in it is the reader's to change.
 */
import { count } from '../words.ts';

/** The tokens of one asking. */
export type Counted = {
	sent: number;
	came: number;
	/** How many of those sent an earlier request had sent already, or the next one would: a vendor may keep them. */
	again: number;
	/** The sums, a sentence each. */
	working: string[];
	/** Tokens of its longest prompt, where it is more than one request. */
	longest?: number;
	/** Its requests one by one, where they differ: a long prompt may have a price of its own. */
	requests?: () => One[];
};

/** Requests that are alike: the tokens of each, and how many there are. */
export type One = Pick<Counted, 'sent' | 'came' | 'again'> & { count: number };

export type Field = { label: string; first: number; min: number; max: number; step: number };

export type Case = {
	key: string;
	name: string;
	/** What the counts are of, in a headline: "a page read". */
	what: string;
	/** What the numbers are: ours, until the reader sets them. */
	ours?: string;
	fields: readonly Field[];
	/** @param values one for each field; @param run the counts of the run on screen */
	count: (values: readonly number[], run: Pick<Counted, 'sent' | 'came'>) => Counted;
};

const field = (label: string, first: number, max: number): Field => ({
	label,
	first,
	min: 1,
	max,
	step: Math.max(1, first / 10)
});

/** Tokens of so many words; a part of a token is billed as one. */
export function tokensOf(words: number, wordsPerToken: number): number {
	return Math.ceil(words / wordsPerToken - 1e-9);
}

/** @param ratio words per token; @param page words on a page: both from the ledger */
export function casesAt(ratio: number, page: number): readonly Case[] {
	const tokens = (n: number) => tokensOf(n, ratio);
	const sum = (n: number) => `${count(n)} words ÷ ${ratio} = ${count(tokens(n))} tokens`;

	/** Something read whole and answered. */
	const read = ([reads, writes]: readonly number[]): Counted => ({
		sent: tokens(reads),
		came: tokens(writes),
		again: tokens(reads),
		working: [`Sent: ${sum(reads)}.`, `Came back: ${sum(writes)}.`]
	});

	return [
		{
			key: 'run',
			name: 'The run above',
			what: 'the run above',
			fields: [],
			count: (_, { sent, came }) => ({
				sent,
				came,
				again: sent,
				working: [
					`Counted: ${count(sent)} tokens sent, ${count(came)} came back. What is sent holds the question, what was said before it, and the marks of who speaks.`
				]
			})
		},
		{
			key: 'page',
			name: 'A page',
			what: 'a page read and summed up',
			ours: 'How many words a page has is our assumption.',
			fields: [field('Words read', page, 1e6), field('Words written', 100, 1e6)],
			count: read
		},
		{
			key: 'book',
			name: 'A book',
			what: 'a book read for one question',
			ours: 'A novel of middling length is our assumption. Not every model can take a book at once.',
			fields: [field('Words read', 90_000, 1e7), field('Words written', 300, 1e6)],
			count: read
		},
		{
			key: 'calls',
			name: 'A day of calls',
			what: 'a call centre’s day: a note on every call',
			ours: 'All four are our assumptions. Writing down what was said is a bill of its own and not in this one.',
			fields: [
				field('Calls', 1000, 50_000),
				field('Words of one call', 900, 10_000),
				field('Words of instructions, each time', 1200, 10_000),
				field('Words of the note', 120, 10_000)
			],
			count: ([calls, call, instructions, note]) => ({
				sent: calls * (tokens(call) + tokens(instructions)),
				came: calls * tokens(note),
				again: (calls - 1) * tokens(instructions),
				longest: tokens(call) + tokens(instructions),
				requests: () => {
					const one = { sent: tokens(call) + tokens(instructions), came: tokens(note) };
					return [
						{ ...one, again: 0, count: 1 },
						{ ...one, again: tokens(instructions), count: calls - 1 }
					];
				},
				working: [
					`A call: ${sum(call)}. Its instructions: ${sum(instructions)}. Its note: ${sum(note)}.`,
					`Sent: ${count(calls)} × (${count(tokens(call))} + ${count(tokens(instructions))}) = ${count(calls * (tokens(call) + tokens(instructions)))} tokens.`,
					`Came back: ${count(calls)} × ${count(tokens(note))} = ${count(calls * tokens(note))}.`
				]
			})
		},
		{
			key: 'chat',
			name: 'A chat',
			what: 'a chat, its history sent again with every turn',
			ours: 'The lengths are our assumption.',
			fields: [
				field('Turns', 10, 200),
				field('Words you type in a turn', 40, 2000),
				field('Words of an answer', 150, 2000)
			],
			count: ([turns, asks, answers]) =>
				chat(turns, tokens(asks), tokens(answers), `${sum(asks)}; an answer, ${sum(answers)}`)
		},
		{
			key: 'think',
			name: 'A short question, thought over',
			what: 'a short question to a model that writes to itself first',
			ours: 'How long it writes to itself is our assumption; nobody knows beforehand.',
			fields: [
				field('Words you ask', 20, 1e5),
				field('Words you read', 120, 1e5),
				{ label: 'Tokens it writes to itself', first: 3000, min: 0, max: 1e6, step: 500 }
			],
			count: ([asks, answers, hidden]) => ({
				sent: tokens(asks),
				came: tokens(answers) + hidden,
				again: tokens(asks),
				working: [
					`Sent: ${sum(asks)}.`,
					`Came back: ${sum(answers)} that you see, and ${count(hidden)} that you do not, billed like them: ${count(tokens(answers) + hidden)}.`
				]
			})
		},
		{
			key: 'own',
			name: 'Your own counts',
			what: 'your own counts',
			fields: [
				{ label: 'Tokens sent', first: 1000, min: 0, max: 1e9, step: 100 },
				{ label: 'Tokens that came back', first: 1000, min: 0, max: 1e9, step: 100 }
			],
			count: ([sent, came]) => ({ sent, came, again: sent, working: ['As you typed them.'] })
		}
	];
}

/**
 * A chat of `turns` turns of equal length. Turn k sends k questions and k - 1 answers; what turn k - 1
 * had sent is sent again.
 */
function chat(turns: number, asks: number, answers: number, each: string): Counted {
	const lastSends = turns * asks + (turns - 1) * answers;
	const sent = (turns * (turns + 1) * asks + turns * (turns - 1) * answers) / 2;
	const typed = turns * asks;
	return {
		sent,
		came: turns * answers,
		again: sent - lastSends,
		longest: lastSends,
		requests: () =>
			Array.from({ length: turns }, (_, k) => ({
				sent: (k + 1) * asks + k * answers,
				came: answers,
				again: k ? k * asks + (k - 1) * answers : 0,
				count: 1
			})),
		working: [
			`A turn: ${each}.`,
			`The first turn sends ${count(asks)} tokens, the last ${count(lastSends)}: ${count(turns)} × ${count(asks)} you typed and ${count(turns - 1)} × ${count(answers)} it had answered. All turns together send ${count(sent)}.`,
			`You typed ${count(typed)} of them. ${count(sent - lastSends)} had been sent by an earlier turn.`
		]
	};
}
