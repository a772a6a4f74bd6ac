/** Kernels of `kernels.ts` as WebAssembly modules, emitted and compiled on the spot (a few ms). */

import type { Kernels } from '../kernels.ts';
import { matmul } from './matmul.ts';
import type { Matrix } from '../matrix.ts';
import { type Function, moduleOf } from './assembler.ts';

/** Where a matrix begins, in bytes from the start of the memory. */
export const at = ({ offset }: Matrix): number => 4 * offset;

/** @throws when WebAssembly is not allowed, or has no SIMD instructions */
export function compile(
	functions: Function[],
	memory: WebAssembly.Memory
): Record<string, (...parameters: number[]) => number> {
	const module = new WebAssembly.Module(moduleOf(functions));
	const { exports } = new WebAssembly.Instance(module, { env: { memory } });
	return exports as ReturnType<typeof compile>;
}

/**
 * What generation spends most of its time in; for the rest, plain TypeScript is fast enough.
 *
 * @param memory whose first bytes are free for a stripe of B; see `matmul-wasm.ts`
 */
export function wasmKernels(memory: WebAssembly.Memory): Pick<Kernels, 'matmul'> {
	const wasm = compile([matmul], memory);
	return {
		matmul: (a, b, c, accumulate) =>
			wasm.matmul(
				at(a),
				at(b),
				at(c),
				c.rows,
				a.columns,
				c.columns,
				4 * a.rowStride,
				4 * a.columnStride,
				4 * b.rowStride,
				4 * c.rowStride,
				accumulate ? 1 : 0,
				0
			)
	};
}
