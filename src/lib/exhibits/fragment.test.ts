import { describe, expect, it } from 'vitest';
import { readFragment, writeFragment } from './fragment.ts';

const read = (hash: string) => Object.fromEntries(readFragment(hash, 'spike'));

describe('readFragment', () => {
	it('reads what stands under its prefix', () => {
		expect(read('#spike.as=everyone&spike.seed=7&other.as=you&main')).toEqual({
			as: 'everyone',
			seed: '7'
		});
	});

	it('decodes', () => {
		expect(read('#spike.q=a%20%26%20%D7%A9')).toEqual({ q: 'a & ש' });
	});

	it('leaves out what is malformed or holds control characters', () => {
		expect(read('#spike.a=%00&spike.b=%E0%A4%A&spike.c=%1b[31m&spike.d=ok&spike.=x&=&%')).toEqual({
			'': 'x',
			d: 'ok'
		});
	});

	it('is not moved by names of the prototype', () => {
		const values = readFragment('#spike.__proto__=x&spike.constructor=y', 'spike');
		expect(values.get('toString')).toBeUndefined();
		expect(values.get('__proto__')).toBe('x');
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});

	it('ignores a fragment of a megabyte', () => {
		expect(readFragment('#' + 'spike.a=1&'.repeat(100_000), 'spike').size).toBe(0);
	});

	it('reads so many parts and no more', () => {
		const hash = Array.from({ length: 500 }, (_, i) => `spike.k${i}=1`).join('&');
		expect(readFragment(hash, 'spike').size).toBe(64);
	});
});

describe('writeFragment', () => {
	it('comes back as it was', () => {
		const values = new Map([
			['as', 'class'],
			['q', 'R&D = 100 % “true” #1']
		]);
		const hash = '#' + writeFragment('', 'spike', values);
		expect(readFragment(hash, 'spike')).toEqual(values);
	});

	it('keeps the parts of others, and drops anchors and its own old ones', () => {
		expect(writeFragment('#main&a.x=1&spike.as=you', 'spike', [['as', 'class']])).toBe(
			'a.x=1&spike.as=class'
		);
	});

	it('leaves out what is undefined', () => {
		expect(writeFragment('#spike.as=you', 'spike', [['as', undefined]])).toBe('');
	});
});
