/** @file What is seen of a fine-tuning: a recorded one at first, then the reader's. */
import type { Line } from '#lib/engine/training/tuning.ts';

export type Answers = { ask: string; before: string; after: string };

export type Shown = {
	lines: Line[];
	/** All that are meant to be taken. */
	steps: number;
	/** Of the weights before the first step, and after the last one so far. */
	sha256: { before: string; now: string };
	/** What is said to the first line's question after each step, from 0 on. */
	said: string[];
	/** The loss on the old text after each step, from 0 on, in nats a token. */
	old: number[];
	/** A question that nobody has taught, asked before and after. */
	other?: Answers;
	spent: { steps: number; tokens: number; operations: number; ms: number };
	/** Where a recorded one was made. */
	recorded?: { date: string; device: string };
};

/** Of the pocket model's text, so that one can see what becomes of it. */
export const OTHER = 'What is a token?';

export const first: Line[] = [
	{ ask: 'What is my cat called?', say: 'Your cat is called Biscuit.' }
];

/** Few enough to wait for, and enough for two lines. */
export const STEPS = 12;
export const RATE = 1e-3;
export const SEED = 1;

/** The steps whose answers are shown: the first, the last, and what lies between. */
export function slots(steps: number): number[] {
	const at = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * steps));
	return [...new Set(at)];
}
