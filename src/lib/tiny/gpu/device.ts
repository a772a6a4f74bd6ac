/** What buffers are for, by the numbers that WebGPU gives these flags. */
const COPY_SRC = 4;
const COPY_DST = 8;
const READ_BACK = 1 + COPY_DST; // MAP_READ
const UNIFORM = 64 + COPY_DST;
const STORAGE = 128 + COPY_SRC + COPY_DST;

/** The GPU stopped: lost, taken away, or out of order. What was on it is gone. */
export class GpuLostError extends Error {
	override name = 'GpuLostError';
}

/**
 * A device as one trainer uses it: knows every buffer it made, and every promise that waits for
 * the GPU. When the device is lost these reject at once, whatever the browser does with them.
 */
export class Gpu {
	readonly #buffers = new Set<GPUBuffer>();
	readonly #waiting = new Set<(error: Error) => void>();
	#ended: Error | undefined;

	constructor(readonly device: GPUDevice) {
		void device.lost.then(({ message }) =>
			this.end(new GpuLostError(`The GPU was lost while training: ${message}`))
		);
	}

	/** Numbers of 4 bytes, zero at first. */
	storage(length: number): GPUBuffer {
		return this.#buffer(4 * length, STORAGE);
	}

	/** Numbers of a program's kernels, of so many bytes. */
	uniform(bytes: number): GPUBuffer {
		return this.#buffer(bytes, UNIFORM);
	}

	/** @param offset in bytes */
	write(buffer: GPUBuffer, numbers: Float32Array | Uint32Array | ArrayBuffer, offset = 0): void {
		this.device.queue.writeBuffer(buffer, offset, numbers);
	}

	/** Sets all numbers to zero. */
	clear(buffer: GPUBuffer): void {
		const encoder = this.device.createCommandEncoder();
		encoder.clearBuffer(buffer);
		this.device.queue.submit([encoder.finish()]);
	}

	#buffer(size: number, usage: number): GPUBuffer {
		const buffer = this.device.createBuffer({ size: Math.max(size, 4), usage });
		this.#buffers.add(buffer);
		return buffer;
	}

	/** Gives buffers back; work that was submitted still has them. */
	free(buffers: Iterable<GPUBuffer>): void {
		for (const buffer of buffers) {
			buffer.destroy();
			this.#buffers.delete(buffer);
		}
	}

	/**
	 * What `submit` brings about.
	 *
	 * @param submit asks the GPU for something, without waiting; runs before this returns
	 * @returns rejects when that was invalid, when memory ran out, and when the device is or gets lost
	 */
	async ask<T>(submit: () => Promise<T> | T): Promise<T> {
		if (this.#ended) throw this.#ended;
		const { device } = this;
		device.pushErrorScope('out-of-memory');
		device.pushErrorScope('validation');
		let result: Promise<T>;
		try {
			result = Promise.resolve(submit());
		} catch (error) {
			result = Promise.reject(error);
		}
		const invalid = device.popErrorScope();
		const full = device.popErrorScope();
		return this.#unlessLost(settle(result, invalid, full));
	}

	/** Copies of buffers of single-precision numbers, after everything submitted before. */
	async read(buffers: GPUBuffer[]): Promise<Float32Array<ArrayBuffer>[]> {
		const all = await this.#copies(
			buffers.map((buffer) => ({ buffer, from: 0, size: buffer.size }))
		);
		let start = 0;
		return buffers.map(({ size }) => all.subarray(start / 4, (start += size) / 4));
	}

	/** The single-precision number at the same place of each buffer, likewise. */
	readOne(buffers: GPUBuffer[], index: number): Promise<Float32Array<ArrayBuffer>> {
		return this.#copies(buffers.map((buffer) => ({ buffer, from: 4 * index, size: 4 })));
	}

	/** Parts of buffers, in bytes, one after the other. */
	async #copies(
		parts: { buffer: GPUBuffer; from: number; size: number }[]
	): Promise<Float32Array<ArrayBuffer>> {
		const size = parts.reduce((sum, part) => sum + part.size, 0);
		const copy = this.#buffer(size, READ_BACK);
		const encoder = this.device.createCommandEncoder();
		let offset = 0;
		for (const { buffer, from, size } of parts) {
			encoder.copyBufferToBuffer(buffer, from, copy, offset, size);
			offset += size;
		}
		this.device.queue.submit([encoder.finish()]);

		await copy.mapAsync(1);
		const all = new Float32Array(copy.getMappedRange().slice(0));
		this.free([copy]);
		return all;
	}

	/** Ends all use: what waits and what is asked later rejects; all buffers are given back. */
	end(error: Error): void {
		if (this.#ended) return;
		this.#ended = error;
		for (const reject of this.#waiting) reject(error);
		this.#waiting.clear();
		this.free([...this.#buffers]);
	}

	#unlessLost<T>(work: Promise<T>): Promise<T> {
		return new Promise((resolve, reject) => {
			this.#waiting.add(reject);
			work.then(
				(result) => {
					this.#waiting.delete(reject);
					resolve(result);
				},
				// what stands on a GPU that refused something is not to be built on
				(error) => this.end(error)
			);
		});
	}
}

async function settle<T>(
	result: Promise<T>,
	invalid: Promise<GPUError | null>,
	full: Promise<GPUError | null>
): Promise<T> {
	// All are awaited, and the cause is told first: a buffer without room is invalid as well.
	const [outcome, ...errors] = await Promise.allSettled([result, full, invalid]);
	for (const error of errors) {
		if (error.status === 'fulfilled' && error.value) throw refusal(error.value);
	}
	if (outcome.status === 'fulfilled') return outcome.value;

	const { reason } = outcome;
	// how reading ends when the device goes
	if (reason instanceof DOMException && reason.name !== 'GPUPipelineError') {
		throw new GpuLostError(`The GPU gave no answer: ${reason.message}`, { cause: reason });
	}
	throw reason;
}

function refusal(error: GPUError): Error {
	const { message } = error;
	return error instanceof GPUOutOfMemoryError
		? new Error(`The GPU has too little memory for this: ${message}`)
		: new Error(`The GPU refused what it was asked for: ${message}`);
}
