/** @file Where the three factors are from: each of them an entry of the ledger, or an assumption that says so. */
import type { Figure } from '#lib/ledger/figure.ts';
import { lowest } from '#lib/ledger/figure.ts';
import fall from 'virtual:ledger/figure/ai-index-280x';
import google from 'virtual:ledger/figure/google-tokens-growth';
import long from 'virtual:ledger/figure/long-reasoning-length';
import page from 'virtual:ledger/figure/words-per-page';
import perToken from 'virtual:ledger/figure/token-word-ratio';
import top from 'virtual:ledger/figure/top-price-fall';
import { casesAt } from '../../bill/cases.ts';
import { count } from '../../words.ts';
import type { Factors } from './walk.ts';

/** One factor: where it is from, and in words what it says. */
export type From = { says: string; figure?: Figure };

export type Case = {
	key: 'thought' | 'chat' | 'top' | 'google';
	name: string;
	factors: Factors;
	from: { price: From; tokens: From; tasks: From };
	/** Tokens in a task and tasks are known only together: they are one step. */
	together?: boolean;
};

const valueOf = ({ id, value }: Figure): number => {
	if (value === undefined) throw new RangeError(`${id} has no value`);
	return value;
};

const cheapest: From = {
	says: 'The cheapest model that is good enough for one modest test, over two years.',
	figure: fall
};
const same: From = { says: 'As many tasks as before.' };

const chat = casesAt(valueOf(perToken), valueOf(page)).find(({ key }) => key === 'chat')!;

/** Tokens of a chat of so many turns, all of them sent and come back. */
function chatTokens(turns: number): number {
	const [, asks, answers] = chat.fields.map(({ first }) => first);
	const { sent, came } = chat.count([turns, asks, answers], { sent: 0, came: 0 });
	return sent + came;
}

const TURNS = chat.fields[0].first;
const [one, ten] = [chatTokens(1), chatTokens(TURNS)];

export const cases: readonly Case[] = [
	{
		key: 'thought',
		name: 'Answers thought over',
		factors: { price: valueOf(fall), tokens: valueOf(long), tasks: 20 },
		from: {
			price: cheapest,
			tokens: { says: 'An answer reasoned out at length against an ordinary one.', figure: long },
			tasks: {
				says: 'Our assumption: what used to be too dear to ask for is now asked for.'
			}
		}
	},
	{
		key: 'chat',
		name: 'A chat for a question',
		factors: { price: valueOf(fall), tokens: ten / one, tasks: 1 },
		from: {
			price: cheapest,
			tokens: {
				says: `A chat of ${TURNS} turns sends its beginning again and again: ${count(ten)} tokens ÷ ${count(one)} for one question. The lengths are our assumption.`
			},
			tasks: same
		}
	},
	{
		key: 'top',
		name: 'Always the best model',
		factors: { price: lowest(top), tokens: valueOf(long), tasks: 1 },
		from: {
			price: { says: 'What comes back from the dearest general model, since GPT-4.', figure: top },
			tokens: { says: 'An answer reasoned out at length against an ordinary one.', figure: long },
			tasks: same
		}
	},
	{
		key: 'google',
		name: 'All of Google',
		factors: { price: valueOf(fall), tokens: valueOf(google), tasks: 1 },
		from: {
			price: {
				says: 'Suppose that every single token had become cheaper like the cheapest good enough one. It had not.',
				figure: fall
			},
			tokens: {
				says: 'Tokens in all that it processes in a month, over two years.',
				figure: google
			},
			tasks: { says: 'How much of it is more tasks was not said.' }
		},
		together: true
	}
];

/** What is said of factors that the reader has set. */
export const OWN: From = { says: 'Your own assumption.' };
