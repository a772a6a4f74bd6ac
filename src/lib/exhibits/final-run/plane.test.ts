import { describe, expect, test } from 'vitest';
import { chips } from './chips.ts';
import { landmarks } from './landmarks.ts';
import { boxOf, narrow, overlap, wide, WIDE_GAP, type Size } from './names.ts';
import {
	lines,
	moved,
	numberAt,
	PARAMETERS,
	placeOf,
	runAt,
	stepOf,
	stepsOf,
	TOKENS
} from './plane.ts';
import { bandsOf, known, placed, shownTens, tenfold } from './scene.ts';
import { FIRST, Settings } from './settings.svelte.ts';
import { caption, dollarWords, energyWords, hourWords, runWords, settled } from './words.ts';
import { sumOf } from './sums.ts';

describe('the plane', () => {
	test('is logarithmic both ways: half of it is half of the factors of ten', () => {
		expect(placeOf({ parameters: 1e9, tokens: 10 ** 10.5 })).toEqual({ x: 0.5, y: 0.5 });
		expect(runAt({ x: 0, y: 0 })).toEqual({ parameters: 1e5, tokens: 1e7 });
		expect(runAt({ x: 1, y: 1 })).toEqual({ parameters: 1e13, tokens: 1e14 });
	});

	test('nothing leaves it', () => {
		expect(runAt({ x: -3, y: 7 })).toEqual({ parameters: 1e13, tokens: 1e7 });
		expect(runAt({ x: NaN, y: Infinity })).toEqual({ parameters: 1e5, tokens: 1e7 });
		expect(moved(1e14, TOKENS, 1)).toBe(1e14);
		expect(moved(1e5, PARAMETERS, -0.1)).toBe(1e5);
	});

	test('a key goes a tenth of a factor of ten, ten of them make ten times', () => {
		expect(moved(1e9, PARAMETERS, 1)).toBe(1e10);
		let n = 1e9;
		for (let i = 0; i < 10; i++) n = moved(n, PARAMETERS, 0.1);
		expect(n / 1e10).toBeCloseTo(1, 1);
	});

	test('each line is ten times the one before', () => {
		const all = lines(TOKENS);
		expect(all).toHaveLength(8);
		all.slice(1).forEach(({ value }, i) => expect(value / all[i].value).toBeCloseTo(10, 9));
	});

	test('every step of a slider is a number, and back', () => {
		for (const axis of [TOKENS, PARAMETERS]) {
			for (let step = 0; step <= stepsOf(axis); step++) {
				expect(Math.abs(stepOf(numberAt(step / stepsOf(axis), axis), axis) - step)).toBeLessThan(2);
			}
		}
	});

	test('all runs on record are on it', () => {
		for (const { at, text } of known) {
			expect(Math.min(at.x, at.y, 1 - at.x, 1 - at.y), text).toBeGreaterThan(0);
		}
	});

	test('a tenfold that would leave it is not there', () => {
		expect(tenfold(FIRST).map(({ key }) => key)).toEqual(['more', 'longer']);
		expect(tenfold({ parameters: 2e12, tokens: 1e8 }).map(({ key }) => key)).toEqual(['longer']);
		expect(tenfold({ parameters: 1e13, tokens: 1e14 })).toEqual([]);
	});

	test('bands are a thousand times apart, whatever the chip', () => {
		for (const chip of chips) {
			expect(bandsOf(chip).map(({ key }) => key)).toEqual([
				'$1',
				'$1,000',
				'$1 million',
				'$1 billion'
			]);
		}
	});
});

describe('names', () => {
	const sizes: [string, 'n' | 'w', Size][] = [
		['narrow', 'n', narrow],
		['wide', 'w', wide]
	];

	const shown = (run: typeof FIRST, letter: 'n' | 'w', size: Size) => {
		const sides = placed(run, bandsOf(chips[0]));
		const texts = [
			...known,
			...shownTens(run),
			{ key: 'yours', text: 'your run', at: placeOf(run) }
		];
		return texts.flatMap(({ key, text, at }) => {
			const side = new RegExp(`${letter}-(right|left|above|below)`).exec(sides(key))?.[1];
			const gap = key === 'yours' ? WIDE_GAP : undefined;
			return side ? [{ key, box: boxOf(text, at, side as 'right', size, gap) }] : [];
		});
	};

	test.each(sizes)('%s: none lies on another, wherever the dot is', (_, letter, size) => {
		for (let x = 0; x <= 1; x += 0.05) {
			for (let y = 0; y <= 1; y += 0.05) {
				const boxes = shown(runAt({ x, y }), letter, size);
				boxes.forEach((a, i) =>
					boxes.slice(i + 1).forEach((b) => {
						expect(overlap(a.box, b.box), `${x} ${y} ${a.key} ${b.key}`).toBe(false);
					})
				);
				expect(boxes.some(({ key }) => key === 'yours')).toBe(true);
			}
		}
	});

	test('as it is first seen, all have a name where there is room, and the best known where there is little', () => {
		expect(shown(FIRST, 'w', wide)).toHaveLength(known.length + 3);
		const little = shown(FIRST, 'n', narrow).map(({ key }) => key);
		for (const key of ['llama31', 'gpt3', 'pocket', 'yours', 'more', 'longer']) {
			expect(little).toContain(key);
		}
	});
});

describe('the address', () => {
	const read = (hash: string) => {
		const settings = new Settings('final');
		settings.read(hash);
		return [settings.run.parameters, settings.run.tokens, settings.chip.key];
	};

	test('says the dot and the chip, and is read back', () => {
		const settings = new Settings('final');
		settings.jump(landmarks.find(({ key }) => key === 'gpt3')!);
		const hash = settings.write('#lens.of=gpt4');
		expect(hash).toBe('lens.of=gpt4&final.n=174600000000&final.d=300000000000&final.chip=v100');
		expect(read(`#${hash}`)).toEqual([174.6e9, 3e11, 'v100']);
		expect(new Settings('final').write('')).toBe('');
	});

	test.each([
		'#final.n=0&final.d=-1&final.chip=__proto__',
		'#final.n=1e12&final.d=Infinity',
		'#final.n=99999&final.d=100000000000001',
		'#final.n=99999999999999999999&final.d=%FF&final.chip=<b>',
		'#final.n=١٢٣٤٥٦٧٨&final.d=10_000_000',
		'#final.n= 10000000&final.d=0x10000000&final.chip=constructor'
	])('what is wrong in it is as at first: %s', (hash) => {
		expect(read(hash)).toEqual([FIRST.parameters, FIRST.tokens, 'h100']);
	});
});

describe('words', () => {
	test.each([
		[hourWords({ low: 3.66, high: 8.03 }), '3.7 to 8 hours'],
		[hourWords({ low: 23.1e6, high: 50.7e6 }), '23 to 51 million hours'],
		[hourWords({ low: 0.5e6, high: 1.2e6 }), '500,000 to 1.2 million hours'],
		[hourWords({ low: 1e-5, high: 3e-5 }), '0.036 to 0.11 seconds'],
		[hourWords({ low: 192, high: 192 }), '192 hours'],
		[dollarWords({ low: 1e-8, high: 1e-7 }), 'less than a cent'],
		[dollarWords({ low: 46.06e6, high: 253.4e6 }), '$46 to $250 million'],
		[energyWords({ low: 17.8e9, high: 56.8e9 }), '18 to 57 gigawatt-hours'],
		[energyWords({ low: 1287e6, high: 1287e6 }), '1.287 gigawatt-hours'],
		[energyWords({ low: 0.001, high: 0.01 }), 'less than a watt-hour'],
		[runWords({ parameters: 917504, tokens: 14336000 }), '917,504 parameters, 14.34 million tokens']
	])('%s', (words, expected) => {
		expect(words).toBe(expected);
	});

	test('the caption says the rule, what the reader’s run takes, and what lies near', () => {
		const [chip] = chips;
		const { finding, rest } = caption(FIRST, sumOf(FIRST, chip), chip);
		expect(finding).toBe(
			'Ten times the parameters or ten times the text: either way ten times the bill.'
		);
		expect(rest).toBe(
			'Your run, 2 million parameters shown 200 billion tokens, takes 2.4\u00a0×\u00a010¹⁸ operations: $2.90 to $16 for rented H100s. The run on record nearest to that, GPT-2 small, rebuilt, took 3.1 times as much work.'
		);
		expect(settled(FIRST, chip)).toContain('1.5 to 3.2 hours of one H100');
	});

	test.each(landmarks.map((one) => [one.name, one] as const))(
		'%s is told with its own finding, and of a mixture what does not count',
		(_, one) => {
			const { finding, rest } = caption(one, sumOf(one, chips[0]), chips[0], one);
			expect(finding.startsWith(`${one.name}: `)).toBe(true);
			expect(rest.includes('only those count')).toBe(one.inAll !== undefined);
		}
	);
});
