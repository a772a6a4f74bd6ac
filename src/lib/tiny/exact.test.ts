import { expect, test } from 'vitest';
import { exp, log, sinCos } from './exact.ts';

const spread = (from: number, to: number, count = 2000) =>
	Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

test('exp agrees with the engine to 14 digits', () => {
	for (const x of spread(-700, 709)) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
	for (const x of spread(-1, 1)) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
	for (const x of spread(-746, -700)) expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThan(1e-317);
	expect([exp(0), exp(-Infinity), exp(-1000), exp(Infinity), exp(800), exp(NaN)]).toEqual([
		1,
		0,
		0,
		Infinity,
		Infinity,
		NaN
	]);
});

test('log agrees with the engine to 14 digits', () => {
	for (const x of [...spread(1e-3, 100), 1e-320, 1e-30, 1e30, 1e308, Number.MIN_VALUE]) {
		expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(1e-14 * (1 + Math.abs(Math.log(x))));
	}
	expect([log(1), log(0), log(Infinity), log(-1), log(NaN)]).toEqual([
		0,
		-Infinity,
		Infinity,
		NaN,
		NaN
	]);
});

test('sine and cosine agree with the engine to 13 digits', () => {
	for (const x of [...spread(-10, 10), ...spread(0, 70000)]) {
		const { sin, cos } = sinCos(x);
		expect(Math.abs(sin - Math.sin(x))).toBeLessThan(1e-12);
		expect(Math.abs(cos - Math.cos(x))).toBeLessThan(1e-12);
	}
});
