/** @file What both kinds of test ask of an answer: those on the scripted engine, and those on web-llm's own. */
import { expect } from 'vitest';
import type { Request } from '#lib/events.ts';
import { Random } from '#lib/tiny/random.ts';
import { draw, largest, logProbabilities } from '#lib/tiny/sample.ts';
import { Generation, type Made, type OnGpu } from '../generation.ts';
import { END, SCORES } from './scripted-llm.ts';

export const request: Request = {
	messages: [{ role: 'user', content: 'Hello' }],
	temperature: 0,
	topK: 0,
	seed: 1,
	maxTokens: 50
};

export const begin = (
	model: OnGpu,
	changes: Partial<Request> = {},
	reuse = false,
	now?: () => number
) => Generation.begin(model, { ...request, ...changes }, { reuse, ...(now ? { now } : {}) });

export async function rest(generation: Generation): Promise<Made[]> {
	const made = [];
	while (!generation.over) made.push(...(await generation.next()));
	return made;
}

export const textsOf = (made: Made[]) => made.map(({ token }) => token.text);
export const bytes = (text: string) => [...new TextEncoder().encode(text)];

/** Scores that differ at every step, and are the same every time. */
export const scattered = (step: number) => {
	const random = new Random(step + 1);
	return Float32Array.from({ length: SCORES }, () => random.normal() * 2);
};

/** Twelve tokens at most, with their ids and probabilities, as the pocket model's rules draw them from `scattered`. */
export function expectDrawn(
	made: Made[],
	{ temperature, topK, seed }: Pick<Request, 'temperature' | 'topK' | 'seed'>
): void {
	const random = new Random(seed);
	const expected = [];
	for (let step = 0; step < 12 && expected.at(-1)?.id !== END; step++) {
		const id = draw(scattered(step), { temperature, topK }, random);
		const logprobs = logProbabilities(scattered(step));
		expected.push({ id, logprob: logprobs[id], best: largest(logprobs, 5) });
	}
	expect(
		made.map(({ token: { id, logprob, alternatives } }) => ({
			id,
			logprob,
			best: alternatives!.map(({ id, logprob }) => ({ id, logprob }))
		}))
	).toEqual(expected);
}
