import type { Config } from '../gpt.ts';
import type { Gpu } from './device.ts';
import {
	type PassMemory,
	type Room,
	type Size,
	allocate,
	free,
	roomFor,
	sequencesPerPass
} from './memory.ts';
import { backward, forward } from './model.ts';
import { Operations, type Parameters } from './operations.ts';
import { type Pipelines, submit } from './program.ts';

/** Lengths are rounded up to a multiple of this, so that few programs serve texts of any length. */
const LENGTH_STEP = 8;

/** Programs kept; batches of more different sizes have theirs noted anew. */
const MOST_PROGRAMS = 16;

type Programs = Record<'forward' | 'loss' | 'backward', Operations>;

/** Sends batches through the model, in as many passes as its memory needs. */
export class Passes {
	readonly #gpu: Gpu;
	readonly #pipelines: Pipelines;
	readonly #config: Config;
	readonly #parameters: Parameters;
	readonly #programs = new Map<string, Programs>();
	#memory: PassMemory | undefined;
	#room: Room = { sequences: 0, rows: 0, pairs: 0 };

	constructor(gpu: Gpu, pipelines: Pipelines, config: Config, parameters: Parameters) {
		this.#gpu = gpu;
		this.#pipelines = pipelines;
		this.#config = config;
		this.#parameters = parameters;
	}

	/** Submits what adds the summed loss to `results` and, `learning`, gradients to `gradients`. */
	run(sequences: ArrayLike<number>[], learning: boolean): void {
		for (const part of this.#parts(sequences)) {
			const { forward, loss, backward } = this.#load(part);
			submit(this.#gpu, learning ? [forward, loss, backward] : [forward, loss]);
		}
	}

	/**
	 * Submits what computes the logits that follow each token but the last.
	 *
	 * @returns where they will be, [length − 1 × vocabulary] and more
	 */
	score(sequence: ArrayLike<number>): GPUBuffer {
		submit(this.#gpu, [this.#load([sequence]).forward]);
		return this.#memory!.logits;
	}

	/** As many sequences as fit, and so on; the lengths of a part are about equal. */
	*#parts(sequences: ArrayLike<number>[]): Generator<ArrayLike<number>[]> {
		const { maxStorageBufferBindingSize: most } = this.#gpu.device.limits;
		const count = sequencesPerPass(this.#config, this.#lengthOf(sequences), most);
		for (let first = 0; first < sequences.length; first += count) {
			yield sequences.slice(first, first + count);
		}
	}

	/** Positions to work on for these sequences: the last token of each is only a target. */
	#lengthOf(sequences: ArrayLike<number>[]): number {
		const longest = Math.max(...sequences.map(({ length }) => length - 1));
		const rounded = Math.ceil(longest / LENGTH_STEP) * LENGTH_STEP;
		return Math.min(rounded, this.#config.context);
	}

	/** Brings tokens and targets to the GPU. Returns the programs that work on them. */
	#load(sequences: ArrayLike<number>[]): Programs {
		const size = { sequences: sequences.length, length: this.#lengthOf(sequences) };
		const programs = this.#programsFor(size);
		const numbers = arrange(sequences, size.length, this.#config);
		for (const name of ['tokens', 'targets', 'order', 'starts'] as const) {
			this.#gpu.write(this.#memory![name], numbers[name]);
		}
		return programs;
	}

	#programsFor(size: Size): Programs {
		const [room, had] = [roomFor(size), this.#room];
		if (room.sequences > had.sequences || room.rows > had.rows || room.pairs > had.pairs) {
			this.#forget();
			if (this.#memory) free(this.#gpu, this.#memory);
			this.#room = {
				sequences: Math.max(room.sequences, had.sequences),
				rows: Math.max(room.rows, had.rows),
				pairs: Math.max(room.pairs, had.pairs)
			};
			this.#memory = allocate(this.#gpu, this.#config, this.#room);
		}

		const key = `${size.sequences} × ${size.length}`;
		let programs = this.#programs.get(key);
		if (!programs) {
			if (this.#programs.size === MOST_PROGRAMS) this.#forget();
			programs = this.#note(size, this.#memory!);
			this.#programs.set(key, programs);
		}
		return programs;
	}

	#note(size: Size, memory: PassMemory): Programs {
		const { parts } = memory;
		const begin = () =>
			new Operations(this.#gpu, this.#pipelines, this.#config, this.#parameters, size, parts);
		const [first, middle, last] = [begin(), begin(), begin()];
		forward(first, memory);
		middle.crossEntropy(memory.logits, memory.targets, memory.losses);
		backward(last, memory);
		return { forward: first, loss: middle, backward: last };
	}

	#forget(): void {
		for (const programs of this.#programs.values()) {
			for (const program of Object.values(programs)) program.dispose();
		}
		this.#programs.clear();
	}
}

/**
 * Sequences below each other, filled up to one length: with tokens that are no targets, and with
 * targets that are no tokens. And the rows sorted by token, for `embedBackward`.
 */
function arrange(sequences: ArrayLike<number>[], length: number, { vocabulary }: Config) {
	const rows = sequences.length * length;
	const tokens = new Uint32Array(rows);
	const targets = new Uint32Array(rows).fill(vocabulary);
	const rowsOf: number[][] = Array.from({ length: vocabulary }, () => []);
	sequences.forEach((sequence, i) => {
		for (let j = 0; j + 1 < sequence.length; j++) {
			const row = i * length + j;
			tokens[row] = sequence[j];
			targets[row] = sequence[j + 1];
			rowsOf[sequence[j]].push(row);
		}
	});

	const starts = new Uint32Array(vocabulary + 1);
	rowsOf.forEach((rows, token) => (starts[token + 1] = starts[token] + rows.length));
	return { tokens, targets, order: Uint32Array.from(rowsOf.flat()), starts };
}
