import { describe, expect, it } from 'vitest';
import { amountsOf, between, clock, linesOf } from './amounts.ts';
import { caption } from './captions.ts';
import { firstWord } from './first-word.ts';
import recorded from './recorded.json';
import { says } from './says.ts';
import { ownWords } from './texts.ts';
import { recordedView, type RecordedTraining } from './view.ts';
import { aboutGpu, allLines, allOf, gpuWords, paceWords } from './gpu.ts';
import { aboutNow, aboutTime, mainButton } from './words.ts';

const view = recordedView(recorded as unknown as RecordedTraining);

describe('words', () => {
	it('say a time as one says it', () => {
		expect([0.4, 1, 19.2, 31, 70, 200, 7200].map(aboutTime)).toEqual([
			'a second',
			'1 second',
			'19 seconds',
			'30 seconds',
			'a minute',
			'3 minutes',
			'2 hours'
		]);
		expect([4.24, 48.2, 192].map(clock)).toEqual(['4.2 s', '48 s', '3 min 12 s']);
	});

	it('name the button by what it does', () => {
		const of = (phase: Parameters<typeof mainButton>[0]['phase'], kept?: number) =>
			mainButton({ phase, seconds: phase === 'ready' ? 19 : undefined, kept, done: 430 });
		expect(of('idle')).toBe('Train it');
		expect(of('ready')).toBe('Train it, about 19 seconds here');
		expect(of('idle', 1200)).toBe('Go on from step 1,200');
		expect(of('learning')).toBe('Pause');
		expect(of('paused')).toBe('Go on from step 430');
		expect(of('lost', 400)).toBe('Go on from step 400');
		expect(of('lost')).toBe('Start over');
		expect(of('diverged')).toBe('Start over with half the learning rate');
	});

	it('find the first real word of the recorded training, not a piece of noise', () => {
		const found = firstWord('sentences', view.facts.prompt, view.pictures)!;
		expect(found.step).toBeGreaterThan(0);
		expect(found.step).toBeLessThanOrEqual(300);
		expect(view.pictures.find(({ step }) => step === found.step)!.text).toContain(found.word);
	});

	it('take no word that goes on with the beginning, none that is cut off, and none of a sum', () => {
		const at = (text: string) => firstWord('sentences', 'The moon', [{ step: 3, text }]);
		expect(at('boat zzz')).toBeUndefined();
		expect(at(' xx boat')).toBeUndefined();
		expect(at(' the boat.')).toEqual({ step: 3, word: 'boat' });
		expect(firstWord('sums', '12+7=', [{ step: 3, text: '19' }])).toBeUndefined();
		expect(
			firstWord({ own: 'Ein Apfel fällt' }, 'Ein', [{ step: 9, text: ' Apfel fällt.' }])?.word
		).toBe('apfel');
	});

	it('say what a recorded training came to, with its guess beside the truth', () => {
		const { bold, rest } = caption('idle', view, 300);
		expect(bold).toBe('From noise to sentences, and then it stops.');
		expect(rest).toMatch(
			/^It began as unsure as if it chose among 28 tokens; now, on text it never read, it is as if among 1\.\d\./
		);
		expect(rest).toContain('You said 300.');
	});

	it('count a text of the reader, and what is left out of it', () => {
		expect(ownWords('', 0)).toContain('Nothing pasted');
		expect(ownWords('one\ntwo', 7)).toContain('7 bytes in');
		const long = 'a line\n'.repeat(40_000);
		expect(ownWords(long.slice(0, 200_000), long.length)).toContain(
			'The last 80,000 bytes were left out'
		);
	});

	it('write the bill from nothing on, always by the same lines', () => {
		const nothing = { steps: 0, tokens: 0, learning: 0, looking: 0, learningMs: 0, lookingMs: 0 };
		expect(linesOf(nothing).map(({ name }) => name)).toEqual(
			linesOf(view.spent).map(({ name }) => name)
		);
		expect(linesOf(nothing).every(({ value }) => /^0/.test(value))).toBe(true);
		expect(between({ low: 0.0213, high: 0.106 }, 1)).toBe('0.02 to 0.1');
	});

	it('say what diverged, at which rate, and what helps', () => {
		expect(says.diverged({ ...view, recipe: { ...view.recipe, rate: 0.05 } })).toContain(
			'learning rate of 0.05'
		);
		expect(says.lost('It broke.', 430)).toBe('It broke. Its state after step 430 is kept.');
	});

	describe('of a GPU', () => {
		const spent = { ...view.spent, learningMs: 9000, lookingMs: 1000 };
		const all = { ...spent, onGpu: { steps: spent.steps, ms: 7200 } };
		const some = { ...spent, onGpu: { steps: 30, ms: 7200 } };
		const of = (lines: ReturnType<typeof linesOf>, wanted: string) =>
			lines.find(({ name }) => name === wanted)?.value;

		it('write its time apart, its electricity by its own watts, and no rent', () => {
			const lines = allLines(all);
			expect(of(lines, 'time of the GPU')).toBe('7.2 s');
			expect(of(lines, 'time of one core')).toBe('2.8 s');
			expect(of(lines, 'or rented')).toBe('not known');
			expect(of(lines, 'operations')).toBe(of(linesOf(spent), 'operations'));
			const { wattHours, dollars } = allOf(all);
			const core = amountsOf({ ...spent, learningMs: 1800 });
			expect(wattHours.low).toBeCloseTo(core.wattHours.low + (2 * 7.2) / 3600, 9);
			expect(wattHours.high).toBeCloseTo(core.wattHours.high + (575 * 7.2) / 3600, 9);
			expect(dollars.electricity.high).toBeGreaterThan(core.dollars.electricity.high);
			// of the processor alone it is what it always was
			expect(allLines(spent)).toEqual(linesOf(spent));
			expect(allOf(spent)).toEqual(amountsOf(spent));
		});

		it('say where it learnt, and promise no mosaic', () => {
			expect([spent, all, some].map(gpuWords)).toEqual(['', ' on the GPU', ', in part on the GPU']);
			const at = (phase: 'ready' | 'learning' | 'done', now = all, paces = {}) => {
				const told = { phase, view: { ...view, spent: now }, paces, msPerStep: 1 };
				return aboutGpu(told) ?? aboutNow(told);
			};
			expect(at('done')).toContain('They were learnt on the GPU');
			expect(at('done', some)).toContain('The first steps were taken on the GPU');
			expect(at('done', spent as never)).toContain('comes to the same ones everywhere');
			expect(at('done')).not.toContain('everywhere');
			expect(at('learning')).toContain('not to the last bit');
			expect(at('learning', some)).toContain('Each step reads');
			expect(at('ready', all, { gpu: 4, processor: 30 })).toBe(
				'Measured just now: a step takes 4 ms on the GPU here, 30 ms on the processor. So it will learn on the GPU.'
			);
			expect(at('ready', all, { gpu: 900, processor: 30 })).toContain(
				'will learn on the processor'
			);
			expect(at('ready', all, { processor: 30 })).toContain('a step takes 1 ms here');
			expect(paceWords(20)).toBe('50 steps a second here');
			expect(paceWords(2400)).toBe('a step in 2.4 seconds here');
		});
	});
});
