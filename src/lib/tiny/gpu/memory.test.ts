import { describe, expect, test } from 'vitest';
import { sequencesPerPass } from './memory.ts';

const big = { vocabulary: 1024, context: 128, width: 128, heads: 4, layers: 4 };
const most = 2 ** 27; // bytes of a buffer that every WebGPU device allows

describe('sequences of a pass', () => {
	test('are enough of them for a GPU, and the more the smaller the model', () => {
		expect(sequencesPerPass(big, 128, most)).toBeGreaterThan(16);
		const small = { ...big, width: 64, layers: 2 };
		expect(sequencesPerPass(small, 64, most)).toBeGreaterThan(64);
	});

	test('never take more than a buffer, a quarter of a gigabyte, or a tenth of a second', () => {
		expect(sequencesPerPass(big, 128, 2 ** 21)).toBe(4); // 4 · 128 positions · 1024 scores · 4 bytes
		expect(sequencesPerPass({ ...big, layers: 40 }, 128, most)).toBe(5); // 40 · 1.2 MB and more each
		const wide = { vocabulary: 64, context: 64, width: 2048, heads: 8, layers: 1 };
		expect(sequencesPerPass(wide, 64, most)).toBe(1); // 2 · 64 · 2048 · 8192 operations each
	});

	test('never make more workgroups than fit along one side', () => {
		const narrow = { vocabulary: 9, context: 8, width: 32, heads: 16, layers: 1 };
		expect(sequencesPerPass(narrow, 1, most)).toBe(4095); // 16 heads each, of 65,535
	});

	test('are at least one, and none where not even one has room', () => {
		const heavy = { ...big, width: 1024, layers: 50, context: 4000 };
		expect(sequencesPerPass(heavy, 1000, most)).toBe(1);
		expect(() => sequencesPerPass(heavy, 4000, most)).toThrow('bytes in one piece');
	});
});
