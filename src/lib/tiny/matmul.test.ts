import { describe, expect, test } from 'vitest';
import { createBackend } from './backend.ts';
import { Matrix } from './matrix.ts';
import { Random } from './random.ts';

const sizes: [m: number, k: number, n: number][] = [
	[1, 1, 1],
	[1, 7, 3],
	[1, 128, 512],
	[1, 32, 37],
	[2, 5, 31],
	[3, 9, 33],
	[4, 8, 8],
	[5, 3, 13],
	[15, 64, 20],
	[16, 64, 20],
	[17, 31, 47],
	[64, 33, 7],
	[130, 256, 66]
];

function run(
	kind: 'wasm' | 'plain',
	[m, k, n]: number[],
	transposed: boolean,
	accumulate: boolean
) {
	const backend = createBackend(kind, 4e6);
	const random = new Random(m + 1000 * n);
	const fill = (matrix: Matrix) => {
		for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = random.normal();
	};
	// windows into larger matrices, so that strides matter
	const a = transposed ? backend.allocate(k + 1, m + 3) : backend.allocate(m + 1, k + 3);
	const b = backend.allocate(k + 2, n + 5);
	const c = backend.allocate(m + 2, n + 6);
	[a, b, c].forEach(fill);
	const before = Array.from(c.values);

	backend.matmul(
		transposed ? a.slice(1, k + 1, 2, m + 2).transposed() : a.slice(1, m + 1, 2, k + 2),
		b.slice(1, k + 1, 3, n + 3),
		c.slice(1, m + 1, 5, n + 5),
		accumulate
	);
	return { a, b, before, after: Array.from(c.values), operations: backend.operations };
}

describe.each([false, true])('with accumulate %s', (accumulate) => {
	describe.each([false, true])('and transposed A %s', (transposed) => {
		test.each(sizes)('[%i × %i] times n = %i', (m, k, n) => {
			const wasm = run('wasm', [m, k, n], transposed, accumulate);
			const plain = run('plain', [m, k, n], transposed, accumulate);

			expect(wasm.after).toEqual(plain.after); // to the last bit
			expect(plain.operations).toBe(2 * m * k * n);

			// and right: every element, the untouched rim included
			const { a, b, before } = plain;
			const columns = n + 6;
			plain.after.forEach((value, index) => {
				const [i, j] = [Math.floor(index / columns) - 1, (index % columns) - 5];
				if (i < 0 || i >= m || j < 0 || j >= n) return expect(value).toBe(before[index]);

				let sum = accumulate ? before[index] : 0;
				for (let p = 0; p < k; p++) {
					const x = transposed
						? a.values[(p + 1) * (m + 3) + i + 2]
						: a.values[(i + 1) * (k + 3) + p + 2];
					sum += x * b.values[(p + 1) * (n + 5) + j + 3];
				}
				expect(Math.abs(value - sum)).toBeLessThan(1e-4);
			});
		});
	});
});

test('shapes that do not fit are refused', () => {
	const backend = createBackend('plain', 1e6);
	const matrix = (rows: number, columns: number) => backend.allocate(rows, columns);
	expect(() => backend.matmul(matrix(2, 3), matrix(4, 5), matrix(2, 5))).toThrow(
		'Cannot multiply [2 × 3] by [4 × 5] into [2 × 5]'
	);
	expect(() => backend.matmul(matrix(2, 3), matrix(5, 3).transposed(), matrix(2, 5))).toThrow(
		'first factor'
	);
	const sparse = new Matrix(backend.memory, 0, 2, 3, 7, 2);
	expect(() => backend.matmul(sparse, matrix(3, 5), matrix(2, 5))).toThrow('neighbours');
});
