/**
 * A window on numbers in one large memory: element (i, j) is
 * `memory[offset + i * rowStride + j * columnStride]`. Transposing and slicing move no number.
 */
export class Matrix {
	#values: Float32Array | undefined;

	constructor(
		readonly memory: Float32Array,
		readonly offset: number,
		readonly rows: number,
		readonly columns: number,
		readonly rowStride = columns,
		readonly columnStride = 1
	) {}

	/** All numbers, row by row. Only for a matrix whose rows follow each other. */
	get values(): Float32Array {
		if (this.#values) return this.#values;
		if (this.columnStride !== 1 || this.rowStride !== this.columns) {
			throw new Error('Only a whole matrix can be read as one array');
		}
		return (this.#values = this.memory.subarray(
			this.offset,
			this.offset + this.rows * this.columns
		));
	}

	transposed(): Matrix {
		return new Matrix(
			this.memory,
			this.offset,
			this.columns,
			this.rows,
			this.columnStride,
			this.rowStride
		);
	}

	/** Rows from `first` up to, not including, `end`; columns alike. */
	slice(first: number, end: number, firstColumn = 0, endColumn = this.columns): Matrix {
		return new Matrix(
			this.memory,
			this.offset + first * this.rowStride + firstColumn * this.columnStride,
			end - first,
			endColumn - firstColumn,
			this.rowStride,
			this.columnStride
		);
	}
}

/** to = from, for whole matrices in one memory. */
export function copy(from: Matrix, to: Matrix): void {
	to.memory.copyWithin(to.offset, from.offset, from.offset + from.rows * from.columns);
}

/** to = fromᵀ */
export function copyTransposed(from: Matrix, to: Matrix): void {
	const { memory } = from;
	for (let i = 0; i < from.rows; i++) {
		let source = from.offset + i * from.rowStride;
		let target = to.offset + i * to.columnStride;
		for (let j = 0; j < from.columns; j++) {
			memory[target] = memory[source];
			source += from.columnStride;
			target += to.rowStride;
		}
	}
}
