import { matmulPlain } from './matmul.ts';
import { emitMatmul } from './matmul-wasm.ts';
import { Matrix } from './matrix.ts';

type Matmul = (a: Matrix, b: Matrix, c: Matrix, accumulate: boolean) => void;

const PAGE = 65536; // bytes; WebAssembly memory comes in pages

/** Floats that the kernel may use to copy a stripe of B together: 8 columns of 4096 rows. */
const SCRATCH = 8 * 4096;

/**
 * One memory of fixed size, handed out from front to back, and the matrix product that works in
 * it. Everything a model holds lives here, because WebAssembly can reach nothing else; the memory
 * never grows, because growing it would detach every array that looks into it.
 */
export class Backend {
	/** Multiplications and additions done in matrix products so far: 2·m·n·k each. */
	operations = 0;

	/** Floats in use at most so far. */
	peak = SCRATCH;

	#used = SCRATCH;
	readonly #matmul: Matmul;

	constructor(
		readonly kind: 'wasm' | 'plain',
		readonly memory: Float32Array<ArrayBuffer>,
		matmul: Matmul
	) {
		this.#matmul = matmul;
	}

	/** C = A·B, or C += A·B with `accumulate`. Rows of B and C must be contiguous. */
	matmul(a: Matrix, b: Matrix, c: Matrix, accumulate = false): void {
		if (a.columns !== b.rows || a.rows !== c.rows || b.columns !== c.columns) {
			throw new Error(
				`Cannot multiply [${a.rows} × ${a.columns}] by [${b.rows} × ${b.columns}] into [${c.rows} × ${c.columns}]`
			);
		}
		if (b.columnStride !== 1 || c.columnStride !== 1) {
			throw new Error('Only the first factor of a matrix product can be a transposed view');
		}
		if (a.columns === 0 || a.columns > SCRATCH / 8) {
			throw new Error(`A sum of ${a.columns} products is not supported`);
		}
		this.operations += 2 * a.rows * a.columns * b.columns;
		this.#matmul(a, b, c, accumulate);
	}

	/**
	 * A matrix of zeros.
	 *
	 * @throws when the memory is used up: ask `createBackend` for more bytes
	 */
	allocate(rows: number, columns: number): Matrix {
		const matrix = this.allocateUnset(rows, columns);
		matrix.values.fill(0);
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
	if (kind === 'plain')
		return new Backend(kind, new Float32Array(Math.ceil(bytes / 4)), matmulPlain);

	if (typeof WebAssembly === 'undefined') throw new Error('WebAssembly is not available here');

	const pages = Math.ceil(bytes / PAGE);
	const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
	let matmul: (...parameters: number[]) => void;
	try {
		const instance = new WebAssembly.Instance(new WebAssembly.Module(emitMatmul()), {
			env: { memory }
		});
		matmul = instance.exports.matmul as typeof matmul;
	} catch (cause) {
		throw new Error('WebAssembly is not allowed here, or has no SIMD instructions', { cause });
	}

	return new Backend(kind, new Float32Array(memory.buffer), (a, b, c, accumulate) =>
		matmul(
			4 * a.offset,
			4 * b.offset,
			4 * c.offset,
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
	);
}
