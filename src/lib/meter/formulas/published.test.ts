/** @file The formulas against what others have published: every training run of the ledger, and bills, speeds and energies worked out by their makers. */
import { describe, expect, test } from 'vitest';
import { readLedger } from '#lib/ledger/server/read.ts';
import { byOperations, byPower, byTokens, perJoule } from '../energy.ts';
import { amortised, bought, electricity, rented, servedToken, withStaff } from './cost.ts';
import {
	crossingByCost,
	crossingByUtilisation,
	crossingTokens,
	daysToCross,
	shareOfCrossing,
	withTrials
} from './crossing-tokens.ts';
import { chipHours, chipHoursOf, utilisationOf } from './hours.ts';
import { countedParameters, trainingOperations, useOperations } from './operations.ts';
import { exactly } from './quantity.ts';
import { bytesPerToken, decodeLimit, peakShare } from './speed.ts';

const { runs, figures } = readLedger('.');
const run = (model: string) => runs.find((run) => run.model === model)!;
const value = (id: string) => figures.get(id)!.value!;

const H100 = { peak: value('h100-peak'), watts: 700, bandwidth: 3.35e12 };

/** What the rule leaves out (attention, rounding of what was published) may make so much of a difference. */
const STATED_ERROR = 0.06;

/** Runs for which 6·N·D is not the number published: by how much, and why. */
const exceptions: Record<string, { factor: number; reason: string }> = {
	'T5-11B': { factor: 2, reason: 'encoder and decoder: a token meets about half the parameters' },
	'Gopher (280B)': { factor: 0.8, reason: 'its makers state 25 % more than 6·N·D' },
	'OPT-175B': { factor: 0.75, reason: 'its makers count what was computed again: 8·N·D' },
	'Llama 3 70B': { factor: 0.81, reason: 'the mean of 6·N·D and of hours at 43 %' },
	'Phi-4': { factor: 0.88, reason: 'the mean of 6·N·D and of hours at 30 %' }
};

/** Rows whose operations were themselves worked out by the rule: they prove our arithmetic and not the rule. */
const byTheRule = new Set([
	...['LLaMA-7B', 'Llama 2 13B', 'MPT-7B', 'Llama 3 8B', 'Llama 3.1 8B', 'Llama 3.1 70B'],
	...['Llama 3.2 1B', 'Llama 3.2 3B', 'SmolLM2 1.7B', 'SmolLM2 135M', 'SmolLM2 360M'],
	...['Llama 4 Maverick', 'Qwen3-235B-A22B', 'Qwen3-0.6B', 'Qwen2.5-1.5B', 'SmolLM3 3B', 'Kimi K2'],
	...['GPT-2 124M in llm.c', 'GPT-2 1.6B in llm.c', 'Pythia 70M', 'Pythia 160M', 'Pythia 1.4B'],
	...['Megatron-Turing NLG 530B', 'PaLM 2']
]);

const whole = runs.flatMap((run) => {
	const parameters = countedParameters(run);
	return parameters && run.tokens && run.flop
		? [{ model: run.model, ratio: trainingOperations(parameters, run.tokens) / run.flop }]
		: [];
});

describe('6·N·D on the published training runs', () => {
	test('is tried on all that say parameters, tokens and operations, most of them independent', () => {
		expect(whole.length).toBeGreaterThanOrEqual(46);
		expect(whole.filter(({ model }) => !byTheRule.has(model)).length).toBeGreaterThanOrEqual(20);
		const names = new Set(whole.map(({ model }) => model));
		for (const model of [...byTheRule, ...Object.keys(exceptions)]) expect(names).toContain(model);
	});

	test.each(whole.filter(({ model }) => !byTheRule.has(model) && !exceptions[model]))(
		'$model: within its stated error',
		({ ratio }) => {
			expect(ratio).toBeGreaterThan(1 - STATED_ERROR);
			expect(ratio).toBeLessThan(1 + STATED_ERROR);
		}
	);

	test.each(whole.filter(({ model }) => byTheRule.has(model)))(
		'$model: what was worked out by the rule comes out of it',
		({ ratio }) => {
			expect(ratio).toBeCloseTo(1, 2);
		}
	);

	test.each(Object.entries(exceptions))('%s is an exception', (model, { factor }) => {
		const { ratio } = whole.find((one) => one.model === model)!;
		expect(ratio / factor).toBeGreaterThan(1 - 0.03);
		expect(ratio / factor).toBeLessThan(1 + 0.03);
		expect(Math.abs(ratio - 1)).toBeGreaterThan(STATED_ERROR);
	});

	test('of a mixture of experts it is the active parameters that count', () => {
		const { params, flop, tokens } = run('DeepSeek-V3');
		expect(trainingOperations(countedParameters(run('DeepSeek-V3'))!, tokens!)).toBeCloseTo(
			6 * 37e9 * 14.8e12,
			-15
		);
		// On the parameters in all it would be eighteen times what it was.
		expect(trainingOperations(params!, tokens!) / flop!).toBeCloseTo(18.06, 1);
		expect(countedParameters(run('Switch Transformer 1.5T (MoE)'))).toBeUndefined();
		for (const one of runs) {
			if (/MoE|mixture|\d+(\.\d+)?B (of [\d.]+[BT] )?active/i.test(`${one.model} ${one.note}`)) {
				expect(one.activeParams ?? 0, one.model).toBeLessThan(one.params!);
			}
		}
	});

	test('using a model takes a third of learning, token by token', () => {
		expect(useOperations(405e9, 1e6) * 3).toBe(trainingOperations(405e9, 1e6));
	});
});

describe('hours', () => {
	test('DeepSeek-V3 used a third of its chips, Llama 3.1 405B 35 percent of all hours paid', () => {
		const deepseek = run('DeepSeek-V3');
		expect(utilisationOf(deepseek.flop!, deepseek.gpuHours!, H100.peak)).toBeCloseTo(0.33, 2);
		const llama = run('Llama 3.1 405B');
		expect(utilisationOf(llama.flop!, llama.gpuHours!, H100.peak)).toBeCloseTo(0.346, 3);
	});

	test('and back: the operations at that utilisation take the hours published', () => {
		const { flop, gpuHours } = run('Llama 3.1 405B');
		const used = utilisationOf(flop!, gpuHours!, H100.peak);
		const hours = chipHours(exactly(flop!), exactly(H100.peak), exactly(used));
		expect(hours.low / gpuHours!).toBeCloseTo(1, 12);
		expect(hours.high).toBe(hours.low);
	});

	test('SmolLM3: 384 chips for 24 days are its 221,184 hours', () => {
		expect(chipHoursOf(384, 24)).toBe(run('SmolLM3 3B').gpuHours);
	});

	test('better use means fewer hours', () => {
		const hours = chipHours(exactly(3.6e6), exactly(1000), { low: 0.2, high: 0.5 });
		expect(hours).toEqual({ low: 2, high: 5 });
	});
});

describe('dollars', () => {
	test.each([
		['DeepSeek-V3', 2, 5_576_000],
		['MPT-7B', 2, 200_640],
		['GPT-2 1.6B in llm.c', 28 / 8, 672],
		['nanochat speedrun (launch)', 24 / 8, 96],
		['GPT-2 (1.5B)', 8, 43_008]
	])('%s: its hours at its rent are the bill its maker printed', (model, rent, dollars) => {
		expect(rented(exactly(run(model).gpuHours!), exactly(rent)).low).toBeCloseTo(dollars, 6);
	});

	test('Llama 3.1 405B: 62 to 93 million at 2 to 3 dollars an hour', () => {
		const cost = rented(exactly(value('llama31-405b-gpu-hours')), { low: 2, high: 3 });
		expect(cost).toEqual({ low: 61_680_000, high: 92_520_000 });
	});

	test('a chip of 35,064 dollars that serves four years, always busy, costs a dollar an hour', () => {
		const chip = { price: exactly(35_064), years: exactly(4), busy: exactly(1) };
		expect(amortised(exactly(1000), chip)).toEqual({ low: 1000, high: 1000 });
		// Half idle, or written off in half the time: twice as much.
		expect(amortised(exactly(1000), { ...chip, busy: exactly(0.5) }).low).toBe(2000);
		expect(amortised(exactly(1000), { ...chip, years: { low: 2, high: 4 } })).toEqual({
			low: 1000,
			high: 2000
		});
	});

	test('the chips bought, the electricity, the pay', () => {
		expect(bought(16_384, { low: 25_000, high: 40_000 })).toEqual({
			low: 409_600_000,
			high: 655_360_000
		});
		expect(electricity(exactly(21_588_000), { low: 0.05, high: 0.1 })).toEqual({
			low: 1_079_400,
			high: 2_158_800
		});
		// Pay of half: as much again.
		expect(withStaff(exactly(70), { low: 0.3, high: 0.5 })).toEqual({ low: 100, high: 140 });
	});
});

describe('DeepSeek’s published day', () => {
	const day = { nodes: 226.75, sent: 608e9, cached: 342e9, came: 168e9 };
	const computed = day.sent - day.cached + day.came;
	const chips = day.nodes * 8;

	test('its chips at its rent are its 87,072 dollars', () => {
		expect(rented(exactly(chipHoursOf(chips, 1)), exactly(2)).low).toBe(
			value('deepseek-serving-day')
		);
	});

	test('use comes to the price of the final run after 64 days and 1.9 times the training tokens', () => {
		const perToken = servedToken(chips, exactly(2), computed / 86_400);
		const crossed = crossingByCost(exactly(value('deepseek-v3-cost')), perToken);
		expect(crossed.low / 14.8e12).toBeCloseTo(value('crossing-served-busy'), 1);
		expect(daysToCross(crossed, computed).low).toBeCloseTo(64, 0);
		// Counted with what was read from a cache it is 3.4.
		const all = servedToken(chips, exactly(2), (day.sent + day.came) / 86_400);
		expect(crossingByCost(exactly(5_576_000), all).low / 14.8e12).toBeCloseTo(3.4, 1);
	});

	test('its chips were used to 21 percent, and by that the crossing is the same', () => {
		const used = peakShare(useOperations(37e9, 1), computed / 86_400, H100.peak) / chips;
		expect(used).toBeCloseTo(0.207, 3);
		const deepseek = run('DeepSeek-V3');
		const training = utilisationOf(deepseek.flop!, deepseek.gpuHours!, H100.peak);
		const crossed = crossingByUtilisation(exactly(14.8e12), exactly(training), exactly(used));
		expect(crossed.low / 14.8e12).toBeCloseTo(1.9, 1);
	});
});

describe('the crossing', () => {
	test('in operations is three times the training tokens, by hand', () => {
		expect(crossingTokens(exactly(15.6e12))).toEqual(exactly(46.8e12));
		const operations = trainingOperations(405e9, 15.6e12);
		expect(operations / useOperations(405e9, 1)).toBe(46.8e12);
	});

	test('one reader alone on a large chip: about three hundredths of the training tokens', () => {
		const alone = peakShare(
			useOperations(1, 1),
			decodeLimit(H100.bandwidth, bytesPerToken(1, 16)),
			H100.peak
		);
		expect(alone).toBeCloseTo(0.0034, 4);
		const crossed = crossingByUtilisation(exactly(1), { low: 0.3, high: 0.45 }, exactly(alone));
		expect(crossed.low).toBeCloseTo(0.023, 3);
		expect(crossed.high).toBeCloseTo(0.034, 3);
		expect(crossed.low).toBeLessThan(value('crossing-served-alone'));
		expect(crossed.high).toBeGreaterThan(value('crossing-served-alone'));
	});

	test('trial runs of which the final one is a tenth to a quarter move it four to ten times out', () => {
		expect(withTrials(exactly(3), { low: 0.1, high: 0.25 })).toEqual({ low: 12, high: 30 });
	});

	test('half of it is half of it', () => {
		expect(shareOfCrossing(30, { low: 60, high: 120 })).toEqual({ low: 0.25, high: 0.5 });
	});
});

describe('the speed of one reader', () => {
	// The five ceilings of the ledger, for a model of 7 billion parameters that takes 3.8 gigabytes.
	test.each([
		['a laptop of two DDR4 channels', 51.2, 13],
		['Apple M4', 120, 32],
		['RTX 3060', 360, 95],
		['RTX 4090', 1008, 265],
		['H100', 3350, 880]
	])('%s', (_, gigabytes, speed) => {
		const limit = decodeLimit(gigabytes * 1e9, 3.8e9);
		expect(Math.abs(limit / speed - 1)).toBeLessThan(0.04);
	});

	test('a mixture fetches only what is in use; a longer text fetches more', () => {
		expect(bytesPerToken(37e9, 8)).toBe(37e9);
		expect(bytesPerToken(37e9, 8, 1e9)).toBe(38e9);
	});
});

describe('energy', () => {
	test('Llama 3.1 405B: its hours at 700 watts are the 21,588 megawatt-hours of the table', () => {
		const { gpuHours, energy } = run('Llama 3.1 405B');
		expect(byPower(exactly(gpuHours!), exactly(H100.watts)).wattHours).toEqual(
			exactly(energy! * 1e6)
		);
	});

	test('GPT-3: 10,000 chips for 14.8 days at 330 watts and 1.1 are Patterson’s 1,287 megawatt-hours', () => {
		const { wattHours } = byPower(exactly(chipHoursOf(10_000, 14.8)), exactly(330), exactly(1.1));
		expect(wattHours.low / 1e6).toBeCloseTo(run('GPT-3 175B').energy!, -1);
	});

	test('an answer of 500 tokens by a model of 100 billion: Epoch’s 0.3 watt-hours', () => {
		// 10 % of the peak of a chip that draws 1,050 of its 1,500 watts, the machine around it counted
		const joule = perJoule(H100.peak, exactly(0.1), exactly(1050));
		const { wattHours } = byOperations(exactly(useOperations(100e9, 500)), joule);
		expect(wattHours.low / value('energy-epoch-query')).toBeCloseTo(1, 1);
	});

	test('Llama 3.1 405B served to 8 and to 256 at once crosses in energy at 0.4 and 2.4 times its tokens', () => {
		const training = run('Llama 3.1 405B').energy! * 1e6;
		const at = (joules: number) => {
			const perToken = byTokens(1, exactly(joules)).wattHours;
			return crossingByCost(exactly(training), perToken).low / 15.6e12;
		};
		expect(at(13.98)).toBeCloseTo(0.36, 2);
		expect(at(2.06)).toBeCloseTo(2.42, 2);
	});
});
