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
 * What an operation made. Nothing has flowed back to it yet, so its gradient is zero; but most are next
 * written as a whole, and setting millions of numbers to zero first is a fiftieth of a step of training.
 */
export class Result implements Tensor {
	#gradient: Matrix;
	#begun = false;

	/** @param gradient room for it, with whatever stands there */
	constructor(
		readonly value: Matrix,
		gradient: Matrix
	) {
		this.#gradient = gradient;
	}

	/** All that has flowed back so far; zeros where nothing has. */
	get gradient(): Matrix {
		if (!this.#begun) {
			this.#gradient.values.fill(0);
			this.#begun = true;
		}
		return this.#gradient;
	}

	/** The gradient for one who writes all of it, or adds to all of it if something has flowed back before. */
	receive(): Inflow {
		const adding = this.#begun;
		this.#begun = true;
		return { into: this.#gradient, adding };
	}

	/**
	 * Takes a gradient for its own that nobody needs any more.
	 *
	 * @returns whether it did: not where something has flowed back before
	 */
	inherit(gradient: Matrix): boolean {
		if (this.#begun) return false;
		this.#gradient = gradient;
		this.#begun = true;
		return true;
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
