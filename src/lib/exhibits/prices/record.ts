/** @file What the time machine knows: the price history, the days it spans, the makers and the scores one may choose. */
import prices from 'virtual:ledger/price-history';
import lines from 'virtual:ledger/price-lines';
import record from '../bill/recorded.json';
import { firstDay, lastDay, type Tokens } from './line.ts';

export { prices };
export const { tops, scores } = lines;

export const FIRST = firstDay(prices);
/** The day of the newest reading. The reader's clock is never asked: what it says of today changes no price. */
export const LAST = lastDay(prices);

/** Where the machine stands before anyone moves it: the day GPT-4 opened. */
export const OPENED = '2023-03-14';

/** The day of the study that the scores are from: models that came later have a price here, and no score. */
export const SCORED = '2025-03-12';

export type Maker = { key: string; name: string };

/** Whose top model is drawn, the one with the longest record first. */
export const makers: readonly Maker[] = [
	{ key: 'openai', name: 'OpenAI' },
	{ key: 'anthropic', name: 'Anthropic' },
	{ key: 'google', name: 'Google' }
];

export type Level = { key: string; name: string; least: number };

/** How good is good enough: as many percent of the questions of MMLU as this model got right. */
export const levels: readonly Level[] = [
	{ key: 'gpt-3.5', name: 'GPT-3.5', least: scoreOf('GPT-3.5') },
	{ key: 'gpt-4', name: 'GPT-4', least: scoreOf('GPT-4') }
];

function scoreOf(name: string): number {
	const score = scores.find((one) => one.name === name);
	if (!score) throw new Error(`${name} has no score`);
	return score.mmlu;
}

/** The tokens of the recorded run of the pocket model: what is billed at first. */
export const RUN: Tokens = {
	sent: record.usage.promptTokens,
	cached: 0,
	came: record.usage.outputTokens
};

export type Stop = { day: string; name: string };

/** Days worth a stop. */
export const stops: readonly Stop[] = [
	{ day: FIRST, name: 'GPT-3 for everybody' },
	{ day: '2022-11-28', name: 'GPT-3.5' },
	{ day: OPENED, name: 'GPT-4' },
	{ day: '2024-05-13', name: 'GPT-4o' },
	{ day: '2024-10-03', name: 'the famous fall' },
	{ day: LAST, name: 'the last day on record' }
];
