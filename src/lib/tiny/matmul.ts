import type { Matrix } from './matrix.ts';

/**
 * C = A·B, or C += A·B. Nearly all arithmetic of a transformer is this.
 *
 * A is [m × k], B is [k × n], C is [m × n]. Every element of C is added up in the order of k and
 * rounded to single precision after each multiplication and each addition, which is what makes the
 * WebAssembly version (`matmul-wasm.ts`) agree to the last bit. Four columns go together because
 * the engine keeps four sums in registers.
 */
export function matmulPlain(a: Matrix, b: Matrix, c: Matrix, accumulate: boolean): void {
	const { memory, columnStride: aColumn } = a;
	const { rowStride: bRow } = b;
	const { rows: m, columns: n } = c;
	const k = a.columns;
	const fround = Math.fround;

	for (let i = 0; i < m; i++) {
		const rowA = a.offset + i * a.rowStride;
		const rowC = c.offset + i * c.rowStride;
		let j = 0;

		for (; j + 4 <= n; j += 4) {
			const at = rowC + j;
			let sum0 = accumulate ? memory[at] : 0;
			let sum1 = accumulate ? memory[at + 1] : 0;
			let sum2 = accumulate ? memory[at + 2] : 0;
			let sum3 = accumulate ? memory[at + 3] : 0;
			let atA = rowA;
			let atB = b.offset + j;

			for (let p = 0; p < k; p++) {
				const x = memory[atA];
				sum0 = fround(sum0 + fround(x * memory[atB]));
				sum1 = fround(sum1 + fround(x * memory[atB + 1]));
				sum2 = fround(sum2 + fround(x * memory[atB + 2]));
				sum3 = fround(sum3 + fround(x * memory[atB + 3]));
				atA += aColumn;
				atB += bRow;
			}

			memory[at] = sum0;
			memory[at + 1] = sum1;
			memory[at + 2] = sum2;
			memory[at + 3] = sum3;
		}

		for (; j < n; j++) {
			let sum = accumulate ? memory[rowC + j] : 0;
			let atA = rowA;
			let atB = b.offset + j;

			for (let p = 0; p < k; p++) {
				sum = fround(sum + fround(memory[atA] * memory[atB]));
				atA += aColumn;
				atB += bRow;
			}

			memory[rowC + j] = sum;
		}
	}
}
