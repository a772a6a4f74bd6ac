import { expect, test } from 'vitest';
import type { Config } from '#lib/tiny/gpt.ts';
import { Classroom } from './classroom.ts';
import { ProcessorLearner } from './learner.ts';
import { Reading } from './reading.ts';
import { first, sizes } from './recipe.ts';
import { Viewer } from './viewer.ts';

const reading = new Reading({ ...first, size: 'small' });
const { layers, width, heads, context } = sizes.small;
const config: Config = { layers, width, heads, context, vocabulary: reading.tokenizer.size };
const learner = ProcessorLearner.new(config, 1);
for (let step = 0; step < 40; step++) learner.step(reading.batch(step), 5e-3);

const asking = { prompt: 'The moon', temperature: 0.7, topK: 0, seed: 1, pupils: 5 };

function streams(count: number, steps: number, given = asking) {
	const room = new Classroom(config, learner.weights(), reading.tokenizer, {
		...given,
		pupils: count
	});
	const texts = Array.from({ length: count }, () => ['']);
	const sums = { sent: 0, came: 0, answers: 0 };
	for (let step = 0; step < steps; step++) {
		const came = room.compute(0, () => 0);
		came.texts.forEach(([on, ...more], i) => {
			texts[i][texts[i].length - 1] += on;
			texts[i].push(...more);
		});
		sums.sent += came.sent;
		sums.came += came.came;
		sums.answers += came.answers;
	}
	return { texts, ...sums, operations: room.operations };
}

test('each pupil gets what the model writes alone with that seed', () => {
	const viewer = new Viewer(config, reading.tokenizer);
	viewer.show(learner.weights());
	const { texts } = streams(5, 64);
	texts.forEach((text, i) => {
		const alone = viewer.finish(reading.beginning, 100, 1 + i);
		expect(text[0].startsWith(alone)).toBe(true); // and is one token longer where the window ends it
	});
	expect(new Set(texts.map(([answer]) => answer)).size).toBe(5);
});

test('tokens are counted once each: a step reads one of each pupil', () => {
	const { sent, came } = streams(5, 8);
	expect(sent).toBe(5 * 8); // of a prompt of nine
	expect(came).toBe(0);
	const more = streams(5, 30);
	// all have been read but the last that was drawn for each pupil, and the last of each answer
	const unread = more.sent + more.came - 5 * 30 - more.answers;
	expect(unread).toBeGreaterThanOrEqual(0);
	expect(unread).toBeLessThanOrEqual(5);
});

test('whoever has an answer asks again, in a window of its own, and no window overflows', () => {
	const { answers, texts } = streams(3, 600);
	expect(answers).toBeGreaterThan(20);
	for (const text of texts) {
		for (const answer of text) expect(answer.length).toBeLessThanOrEqual(context);
	}
});

test('a prompt longer than half of the window loses its beginning', () => {
	const { sent } = streams(1, 33, { ...asking, prompt: 'The moon '.repeat(30) });
	expect(sent).toBe(33);
});

test('a class computes as long as it is asked to, one step at least', () => {
	const room = new Classroom(config, learner.weights(), reading.tokenizer, asking);
	let now = 0;
	expect(room.compute(0, () => (now += 5)).sent).toBe(5);
	expect(room.compute(20, () => (now += 5)).sent).toBe(4 * 5);
});
