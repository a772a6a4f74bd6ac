import { expect, test } from 'vitest';
import { size } from './size.ts';

test.each([
	[0, '0 MB'],
	[-1, '0 MB'],
	[NaN, '0 MB'],
	[1, 'less than 1 kB'],
	[999, 'less than 1 kB'],
	[1000, '1 kB'],
	[3000, '3 kB'],
	[994_000, '994 kB'],
	[999_600, '1 MB'],
	[1_000_000, '1 MB'],
	[5_230_000, '5.2 MB'],
	[9_940_000, '9.9 MB'],
	[9_960_000, '10 MB'],
	[204_400_000, '204 MB'],
	[999_400_000, '999 MB'],
	[999_500_000, '1 GB'],
	[1_100_000_000, '1.1 GB'],
	[57_300_000_000, '57 GB'],
	[1_234_000_000_000, '1,234 GB']
])('%d bytes are %s', (bytes, words) => expect(size(bytes)).toBe(words));

test('what is a little more is never told as less', () => {
	let before = 0;
	const inBytes = { kB: 1e3, MB: 1e6, GB: 1e9 };
	for (let bytes = 1000; bytes < 3e12; bytes *= 1.003) {
		const [, amount, unit] = /^([\d.,]+) (kB|MB|GB)$/.exec(size(bytes))!;
		const told = Number(amount.replaceAll(',', '')) * inBytes[unit as keyof typeof inBytes];
		expect(told).toBeGreaterThanOrEqual(before);
		expect(Math.abs(told / bytes - 1)).toBeLessThan(0.051);
		before = told;
	}
});
