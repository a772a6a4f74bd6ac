import type { Config } from '../gpt.ts';
import type { Gpu } from './device.ts';

/** Bytes that the results of one pass may take in all; a larger batch goes in several passes. */
const PASS_BYTES = 256 * 1024 * 1024;

/**
 * Multiplications and additions that one product may do: 100 ms on a GPU that does 20 thousand
 * million a second, which is slow. The screen stands still meanwhile.
 */
const PRODUCT_OPERATIONS = 2e9;

/** How much a pass works on at once. */
export interface Size {
	sequences: number;
	/** positions of each, those included that fill up shorter sequences */
	length: number;
}

/** What buffers must have room for. */
export interface Room {
	sequences: number;
	/** positions, all sequences together */
	rows: number;
	/** pairs of positions that attention compares, for one head */
	pairs: number;
}

export const roomFor = ({ sequences, length }: Size): Room => ({
	sequences,
	rows: sequences * length,
	pairs: sequences * length * length
});

/** Buffers of a layer, read again on the way back. Each [rows × width] unless said otherwise. */
export type LayerMemory = Record<
	| 'normal'
	| 'scales' // [rows]
	| 'shifted'
	| 'query'
	| 'key'
	| 'value'
	| 'probabilities' // [sequences · heads · length × length]
	| 'mixed'
	| 'normal2'
	| 'scales2' // [rows]
	| 'up' // [rows × 4 width]
	| 'active', // [rows × 4 width]
	GPUBuffer
>;

/** Buffers of a pass. */
export interface PassMemory {
	layers: LayerMemory[];
	/** what was read, [rows], and where each token stands: see `embedBackward` */
	tokens: GPUBuffer;
	targets: GPUBuffer;
	order: GPUBuffer;
	starts: GPUBuffer; // [vocabulary + 1]
	/** what the layers add to */
	x: GPUBuffer;
	normal: GPUBuffer;
	scales: GPUBuffer; // [rows]
	logits: GPUBuffer; // [rows × vocabulary]
	losses: GPUBuffer; // [rows]
	/** gradients of the buffers of these names, for one layer after the other */
	back: Record<
		'x' | 'normal' | 'shifted' | 'query' | 'key' | 'value' | 'probabilities' | 'mixed' | 'active',
		GPUBuffer
	>;
	/** the gradient of one weight, each sequence for itself: [sequences × the largest weight] */
	parts: GPUBuffer;
}

/** Numbers of each buffer of a pass. */
function lengths({ vocabulary, width, heads }: Config, { sequences, rows, pairs }: Room) {
	const wide = rows * width;
	const tables = pairs * heads;
	return {
		layer: {
			normal: wide,
			scales: rows,
			shifted: wide,
			query: wide,
			key: wide,
			value: wide,
			probabilities: tables,
			mixed: wide,
			normal2: wide,
			scales2: rows,
			up: 4 * wide,
			active: 4 * wide
		},
		pass: {
			tokens: rows,
			targets: rows,
			order: rows,
			starts: vocabulary + 1,
			x: wide,
			normal: wide,
			scales: rows,
			logits: rows * vocabulary,
			losses: rows,
			parts: sequences * width * Math.max(vocabulary, 4 * width)
		},
		back: {
			x: wide,
			normal: wide,
			shifted: wide,
			query: wide,
			key: wide,
			value: wide,
			probabilities: tables,
			mixed: wide,
			active: 4 * wide
		}
	};
}

/**
 * Sequences of this length that one pass can take.
 *
 * @param bytesPerBuffer that the device allows
 * @throws when there is no room for one
 */
export function sequencesPerPass(config: Config, length: number, bytesPerBuffer: number): number {
	const { vocabulary, width, heads, layers } = config;
	const { layer, pass, back } = lengths(config, roomFor({ sequences: 1, length }));
	const sum = (of: Record<string, number>) => Object.values(of).reduce((a, b) => a + b, 0);

	const largest = 4 * Math.max(...Object.values(layer), ...Object.values(pass));
	const bytes = 4 * (layers * sum(layer) + sum(pass) + sum(back));
	const product = 2 * length * width * Math.max(vocabulary, 4 * width);
	const attention = 2 * length * width * length;
	if (largest > bytesPerBuffer) {
		throw new Error(
			`A model of this shape needs ${largest} bytes in one piece, and the GPU gives ${bytesPerBuffer}`
		);
	}
	return Math.max(
		1,
		Math.floor(
			Math.min(
				bytesPerBuffer / largest,
				PASS_BYTES / bytes,
				PRODUCT_OPERATIONS / Math.max(product, attention),
				65535 / heads // workgroups along one side
			)
		)
	);
}

export function allocate(gpu: Gpu, config: Config, room: Room): PassMemory {
	const { layer, pass, back } = lengths(config, room);
	const buffers = <K extends string>(of: Record<K, number>) =>
		Object.fromEntries(
			Object.entries<number>(of).map(([name, length]) => [name, gpu.storage(length)])
		) as Record<K, GPUBuffer>;
	return {
		layers: Array.from({ length: config.layers }, () => buffers(layer)),
		...buffers(pass),
		back: buffers(back)
	};
}

export function free(gpu: Gpu, { layers, back, ...pass }: PassMemory): void {
	for (const buffers of [...layers, back, pass]) gpu.free(Object.values(buffers));
}
