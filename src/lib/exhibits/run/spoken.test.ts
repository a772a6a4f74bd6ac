import { describe, expect, test } from 'vitest';
import type { Token } from '#lib/events.ts';
import { begun, counted, over, price, textSoFar } from './spoken.ts';
import { fresh, type Shown } from './shown.ts';

const request = { messages: [], temperature: 0, topK: 0, seed: 0, maxTokens: 9 };
const priced = { label: 'Card, May 2024', card: { input: '2', output: '10' } };
const words = [' One', ' two\n', ' th', 'ree.'].map((text, index): Token => ({
	index,
	at: index,
	text
}));
const live: Shown = {
	...fresh(request),
	by: { engine: 'pocket', model: { name: 'pocket model', parameters: 1 } },
	counts: { sent: 3, came: 4 },
	tokens: words,
	reason: 'finished'
};

describe('a run', () => {
	test('is said to begin, by the name of what writes', () => {
		expect(begun(live)).toBe('The pocket model is writing.');
		const by = { engine: 'webllm', model: { name: 'SmolLM2-360M', parameters: 1 } };
		expect(begun({ ...live, by })).toBe('SmolLM2-360M is writing.');
	});

	test('is said to end, with its counts and what they would cost', () => {
		expect(over(live, priced)).toBe(
			'Finished. 4 tokens came back for 3 sent. They would cost $0.000046 at Card, May 2024.'
		);
		expect(over({ ...live, reason: 'cancelled' }, priced)).toMatch(/^Stopped\. 4 tokens/);
	});

	test('that breaks off says why, and what had come', () => {
		const error = 'It stopped answering.';
		expect(over({ ...live, reason: 'failed', error }, priced)).toBe(
			'It stopped answering. 4 tokens came back for 3 sent.'
		);
	});

	test('that could not be is told when its recording begins, and no second time', () => {
		const stands: Shown = { ...live, source: 'recorded', error: 'No network.' };
		expect(begun(stands)).toBe('No network. A recorded run is shown instead.');
		expect(over(stands, priced)).toBe('');
	});
});

test('the text so far is only what has been shown, as plain text', () => {
	expect(textSoFar(live)).toBe('One two\n three.');
	expect(textSoFar({ ...live, counts: { sent: 3, came: 2 } })).toBe('One two');
	expect(textSoFar({ ...live, source: 'recorded' })).toMatch(/^Recorded: One/);
	expect(textSoFar(fresh(request))).toBe('Nothing has come back yet.');
});

test('counts and price of one token, and of none', () => {
	expect(counted({ ...live, counts: { sent: 3, came: 1 } })).toBe('1 token came back for 3 sent.');
	expect(counted(fresh(request))).toBe('Nothing has been sent and nothing came back.');
	expect(price(fresh(request), priced)).toBe('Nothing to pay yet.');
});
