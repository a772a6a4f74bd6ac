import { type Kernels, plainKernels } from './kernels.ts';
import { Matrix } from './matrix.ts';
import { wasmKernels } from './wasm/kernels.ts';

const PAGE = 65536; // bytes; WebAssembly memory comes in pages

/** Floats that the kernel may use to copy a stripe of B together: 8 columns of 4096 rows. */
const SCRATCH = 8 * 4096;

/**
 * One memory of fixed size, handed out from front to back, and the kernels that work in
 * it. Everything a model holds lives here, because WebAssembly can reach nothing else; the memory
 * never grows, because growing it would detach every array that looks into it.
 */
export class Backend {
	/** Multiplications and additions done in matrix products so far: 2·m·n·k each. */
	operations = 0;

	/** Floats in use at most so far. */
	peak = SCRATCH;

	#used = SCRATCH;

	/** The loops; for products there is `matmul`, which checks and counts. */
	readonly kernels: Kernels;

	/** @param wasm the memory of WebAssembly that `memory` looks into, if it does */
	constructor(
		readonly memory: Float32Array<ArrayBuffer>,
		readonly wasm?: WebAssembly.Memory
	) {
		this.kernels = wasm ? { ...plainKernels, ...wasmKernels(wasm) } : plainKernels;
	}

	get kind(): 'wasm' | 'plain' {
		return this.wasm ? 'wasm' : 'plain';
	}

	/** C = A·B, or C += A·B with `accumulate`. Rows of B and C must be contiguous. */
	matmul(a: Matrix, b: Matrix, c: Matrix, accumulate = false): void {
		if (a.columns !== b.rows || a.rows !== c.rows || b.columns !== c.columns) {
			throw new Error(
				`Cannot multiply [${a.rows} × ${a.columns}] by [${b.rows} × ${b.columns}] into [${c.rows} × ${c.columns}]`
			);
		}
		const aSparse = a.columnStride !== 1 && a.rowStride !== 1;
		if (aSparse || b.columnStride !== 1 || c.columnStride !== 1) {
			throw new Error('Only the first factor may be turned, and numbers must be neighbours');
		}
		if (a.columns === 0 || a.columns > SCRATCH / 8) {
			throw new Error(`A sum of ${a.columns} products is not supported`);
		}
		this.operations += 2 * a.rows * a.columns * b.columns;
		this.kernels.matmul(a, b, c, accumulate);
	}

	/**
	 * A matrix of zeros.
	 *
	 * @throws when the memory is used up: ask `createBackend` for more bytes
	 */
	allocate(rows: number, columns: number): Matrix {
		const matrix = this.allocateUnset(rows, columns);
		this.memory.fill(0, matrix.offset, matrix.offset + rows * columns);
		return matrix;
	}

	/** A matrix with whatever stood in its memory before. */
	allocateUnset(rows: number, columns: number): Matrix {
		const floats = rows * columns;
		const offset = this.#used;
		if (offset + floats > this.memory.length) {
			throw new Error(
				`The memory of ${this.memory.byteLength} bytes is used up: ` +
					`${4 * (offset + floats)} bytes are needed`
			);
		}
		this.#used = offset + ((floats + 15) & ~15); // start every matrix on a cache line
		if (this.#used > this.peak) this.peak = this.#used;
		return new Matrix(this.memory, offset, rows, columns);
	}

	/** How much is handed out; give it to `release` to take back all that came later. */
	mark(): number {
		return this.#used;
	}

	release(mark: number): void {
		this.#used = mark;
	}
}

/** Bytes for a backend that shall hold matrices of so many numbers in all. */
export function bytesFor(floats: number): number {
	return Math.ceil((4 * (floats + SCRATCH)) / PAGE) * PAGE;
}

/**
 * @param bytes size of the memory; see `Trainer.bytesNeeded` and `Generator.bytesNeeded`
 * @throws when 'wasm' is asked for where WebAssembly or its SIMD instructions are missing
 */
export function createBackend(kind: 'wasm' | 'plain', bytes: number): Backend {
	if (kind === 'plain') return new Backend(new Float32Array(Math.ceil(bytes / 4)));

	if (typeof WebAssembly === 'undefined') throw new Error('WebAssembly is not available here');

	const pages = Math.ceil(bytes / PAGE);
	const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
	try {
		return new Backend(new Float32Array(memory.buffer), memory);
	} catch (cause) {
		throw new Error('WebAssembly is not allowed here, or has no SIMD instructions', { cause });
	}
}
