import { describe, expect, test } from 'vitest';
import { models } from './catalogue.ts';
import { checkDevice, type Device } from './device.ts';
import { good, plenty, scope, ScriptedAdapter, withAdapter } from './testing/gpus.ts';
import { LARGEST_OFFERED, recommend, refusal, verdict } from './verdict.ts';

const [smol] = models;
const named = (id: string) => models.find((model) => model.id === id)!;
const gemma = named('gemma3-1b-it-q4f16_1-MLC');
const llamaTwin = named('Llama-3.2-1B-Instruct-q4f32_1-MLC');
const ids = (judged: readonly { model: { id: string } }[]) => judged.map(({ model }) => model.id);

/** What every sentence that refuses must do: say what is so, and what works all the same. */
const helps = /pocket model (works|needs none and works)/;

test('on a good device the first model is recommended, and every model is offered once', () => {
	const advice = recommend(good, models);
	expect(advice.model).toBe(smol);
	expect(ids(advice.offered)).toEqual(
		ids(models.filter(({ id }) => !/f32/.test(id)).map((model) => ({ model })))
	);
	expect(advice.hidden).toEqual([]);
	expect(advice.offered.every(({ verdict }) => verdict.fits === 'yes')).toBe(true);
	expect(advice.offered.flatMap(({ verdict }) => verdict.reasons)).toEqual([]);
	expect(advice.notes).toEqual([
		'This browser estimates that it can store about 9 GB more. It is only an estimate.',
		'No browser says how much graphics memory is free. If a model does not fit, you are told so when it is loaded, and nothing else is lost.'
	]);
});

describe('where no model runs', () => {
	const cases: [string, Device, RegExp][] = [
		[
			'G1: the page is not secure',
			{ ...good, secure: false, webgpu: false },
			/secure connection.*https/
		],
		['G1: there is no WebGPU', { ...good, webgpu: false, asked: 'not-asked' }, /has no WebGPU/],
		[
			'G2: there is no adapter',
			without({ asked: 'none' }),
			/found no graphics chip.*remote desktop/
		],
		['G2: the browser does not answer', without({ asked: 'silent' }), /did not answer/],
		['G2: only the slow adapter is offered', withAdapter({ slowOnly: true }), /fast graphics chip/],
		['G5: too few buffers', limited('maxStorageBuffersPerShaderStage', 8), /10 pieces.*takes 8/],
		[
			'G5: 16 KiB of workgroup storage',
			limited('maxComputeWorkgroupStorageSize', 16_384),
			/32 KiB.*16 KiB/
		],
		['G5: small buffers', limited('maxBufferSize', 2 ** 27), /256 MiB.*128 MiB/],
		['G5: small bindings', limited('maxStorageBufferBindingSize', 2 ** 26), /128 MiB.*64 MiB/],
		['G6: the GPU refuses', { ...good, taken: 'refused' }, /refused to work/],
		['G6: the GPU does not answer', { ...good, taken: 'silent' }, /did not answer in time/]
	];

	test.each(cases)('%s', (_, device, says) => {
		const why = refusal(device)!;
		expect(why).toMatch(says);
		expect(why).toMatch(helps);
		const advice = recommend(device, models);
		expect(advice.model).toBeUndefined();
		expect(advice.offered).toEqual([]);
		expect(advice.notes).toEqual([]);
		expect(advice.hidden.length).toBe(6);
		for (const { verdict } of advice.hidden)
			expect(verdict).toEqual({ fits: 'no', reasons: [why] });
	});

	test('every refusal has a sentence of its own', () => {
		const said = cases.map(([, device]) => refusal(device));
		expect(new Set(said).size).toBe(cases.length);
	});
});

test('G3: a software adapter gets no recommendation, and can be tried all the same', async () => {
	const device = await checkDevice(
		scope(
			new ScriptedAdapter({ info: { architecture: 'swiftshader', vendor: 'google' }, features: [] })
		)
	);
	const advice = recommend(device, models);
	expect(advice.model).toBeUndefined();
	expect(advice.offered.length).toBeGreaterThan(0);
	for (const { verdict } of advice.offered) {
		expect(verdict.fits).toBe('try-anyway');
		expect(verdict.reasons[0]).toMatch(
			/on the processor \(google swiftshader\).*advise against it/
		);
	}
});

describe('G4: without f16', () => {
	const advice = recommend(withAdapter({ f16: false }), models);

	test('the twin is offered in its place, and the size is said', () => {
		expect(advice.model?.id).toBe('SmolLM2-360M-Instruct-q4f32_1-MLC');
		expect(ids(advice.offered)).toEqual(
			ids(models.filter(({ id }) => /f32/.test(id)).map((model) => ({ model })))
		);
		expect(advice.notes[0]).toMatch(/no 16-bit arithmetic.*same 211 MB.*608 MB of graphics memory/);
	});

	test('a model that has no twin is hidden, with the reason', () => {
		expect(ids(advice.hidden)).toEqual([gemma.id]);
		expect(advice.hidden[0].verdict.reasons[0]).toMatch(
			/^Gemma 3 1B calculates with numbers of 16 bits/
		);
	});
});

describe('G5: with 128 MiB as the largest piece', () => {
	const device = limited('maxStorageBufferBindingSize', 2 ** 27);

	test('a model whose table of tokens is larger is hidden, with the reason', () => {
		const { hidden, model } = recommend(device, models);
		expect(model).toBe(smol);
		expect(ids(hidden)).toEqual([gemma.id]);
		expect(hidden[0].verdict.reasons[0]).toMatch(/a piece of 144 MiB.*larger than 128 MiB/);
	});

	test('a GPU with more than that, but less than 1 GiB, gets no more from web-llm', () => {
		expect(verdict(limited('maxStorageBufferBindingSize', 2 ** 29), gemma).fits).toBe('no');
		expect(verdict(limited('maxStorageBufferBindingSize', 2 ** 30), gemma).fits).toBe('yes');
	});
});

describe('a doubt', () => {
	test.each<[string, Device, RegExp]>([
		[
			'little room to store',
			{ ...good, free: 100e6 },
			/about 211 MB.*store 100 MB more.*next visit/
		],
		['just too little room', { ...good, free: 220e6 }, /store 220 MB more/],
		['a window that keeps nothing', { ...good, keeps: false }, /keeps no files.*private/],
		['little memory', { ...good, memory: 2 ** 29 }, /394 MB of memory.*0\.5 GiB in all/]
	])('about %s is said, and nothing is recommended', (_, device, says) => {
		const { fits, reasons } = verdict(device, smol);
		expect(fits).toBe('try-anyway');
		expect(reasons).toEqual([expect.stringMatching(says)]);
		expect(recommend(device, [smol]).model).toBeUndefined();
	});

	test('about a large model on a phone is said, not about a small one', () => {
		const phone = { ...good, phone: true };
		expect(verdict(good, llamaTwin)).toEqual({ fits: 'yes', reasons: [] });
		expect(verdict(phone, smol)).toEqual({ fits: 'yes', reasons: [] });
		expect(verdict(phone, llamaTwin)).toEqual({
			fits: 'try-anyway',
			reasons: [expect.stringMatching(/^Llama 3.2 1B takes 1\.2 GB.*Phones and tablets close/)]
		});
	});

	test('is none where room, memory and connection are not known', () => {
		const { free: _, memory: __, metered: ___, ...silent } = good;
		expect(verdict(silent, smol)).toEqual({ fits: 'yes', reasons: [] });
	});

	test('is not raised twice about storage', () => {
		expect(verdict({ ...good, keeps: false, free: 1 }, smol).reasons.length).toBe(1);
	});
});

test('a metered connection is said beside the size, and does not stand in the way', () => {
	const { fits, reasons } = verdict({ ...good, metered: true }, smol);
	expect(fits).toBe('yes');
	expect(reasons).toEqual([expect.stringMatching(/paid by the megabyte.*about 211 MB/)]);
});

test('what the browser would not say is said', () => {
	const unknown = ['storage', 'persistence', 'connection', 'memory', 'adapter-name'] as const;
	const { free: _, ...device } = good;
	const { notes } = recommend({ ...device, unknown }, models);
	expect(notes.slice(0, 5).every((note) => note.startsWith('This browser does not say'))).toBe(
		true
	);
	expect(new Set(notes).size).toBe(6);
});

test('a model of more than 900 MB is not offered unasked, and can still be judged', () => {
	const large = { ...smol, id: 'large-q4f16_1', downloadBytes: LARGEST_OFFERED + 1 };
	const { offered, hidden } = recommend(good, [large, smol]);
	expect([...ids(offered), ...ids(hidden)]).toEqual([smol.id]);
	expect(verdict(good, large).fits).toBe('yes');
});

test('no sentence is long-winded, and each ends like one', () => {
	const devices = [
		good,
		withAdapter({ software: true }),
		{ ...good, phone: true, keeps: false, memory: 1, metered: true }
	];
	const said = devices.flatMap((device) => {
		const { offered, hidden, notes } = recommend(device, models);
		return [...offered, ...hidden].flatMap(({ verdict }) => verdict.reasons).concat(notes);
	});
	expect(said.length).toBeGreaterThan(20);
	for (const sentence of said) {
		expect(sentence).toMatch(/^[A-Z].*\.$/);
		expect(sentence.length).toBeLessThan(320);
		expect(sentence).not.toMatch(/undefined|NaN|Infinity/);
	}
});

function limited(name: keyof typeof plenty, value: number): Device {
	return withAdapter({ limits: { ...plenty, [name]: value } });
}

function without(changes: Partial<Device>): Device {
	const { adapter: _, ...rest } = good;
	return { ...rest, taken: 'not-asked', ...changes };
}
