import type { Matrix } from './matrix.ts';

/** A value and the gradient of the loss with respect to it. */
export interface Tensor {
	value: Matrix;
	gradient: Matrix;
}

/** A matrix that is learned. */
export interface Weight extends Tensor {
	name: string;
	/** Copy of the value, for products in which it must stand transposed on the right. */
	transposed: Matrix;
}

/**
 * What an operation made. Its gradient has room only while something flows through it: from the first
 * that flows back to it until its operation has sent that on. So a few matrices serve all gradients, and
 * stay in the cache.
 */
export class Result implements Tensor {
	#gradient: Matrix | undefined;

	constructor(
		readonly value: Matrix,
		private readonly rooms: Rooms
	) {}

	/** All that has flowed back so far; zeros where nothing has. */
	get gradient(): Matrix {
		if (!this.#gradient) this.receive().into.values.fill(0);
		return this.#gradient!;
	}

	/** The gradient for one who writes all of it, or adds to all of it if something has flowed back before. */
	receive(): Inflow {
		const adding = this.#gradient !== undefined;
		const into = (this.#gradient ??= this.rooms.take(this.value.rows, this.value.columns));
		return { into, adding };
	}

	/**
	 * Takes over the gradient of another, who needs it no more.
	 *
	 * @returns whether it did: not where something has flowed back before
	 */
	inherit(from: Result): boolean {
		if (this.#gradient) return false;
		this.#gradient = from.gradient;
		from.#gradient = undefined;
		return true;
	}

	/** All that flowed back has been sent on. */
	done(): void {
		if (this.#gradient) this.rooms.give(this.#gradient);
		this.#gradient = undefined;
	}
}

/** Matrices that are taken for a while and given back. */
export class Rooms {
	readonly #free = new Map<string, Matrix[]>();

	/** @param build a matrix where none of this shape is free */
	constructor(private readonly build: (rows: number, columns: number) => Matrix) {}

	/** With whatever stands in it. */
	take(rows: number, columns: number): Matrix {
		return this.#free.get(`${rows} × ${columns}`)?.pop() ?? this.build(rows, columns);
	}

	give(matrix: Matrix): void {
		const shape = `${matrix.rows} × ${matrix.columns}`;
		const free = this.#free.get(shape);
		if (free) free.push(matrix);
		else this.#free.set(shape, [matrix]);
	}

	/** Forgets all that was given back, when its memory goes to others. */
	clear(): void {
		this.#free.clear();
	}
}

export interface Inflow {
	into: Matrix;
	/** Whether to add to what stands there; else to write over it. */
	adding: boolean;
}

/** Where the gradient of a tensor goes. To that of a weight all is added. */
export function inflow(x: Tensor): Inflow {
	return x instanceof Result ? x.receive() : { into: x.gradient, adding: true };
}
