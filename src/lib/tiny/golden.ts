/**
 * A small training run with everything fixed. Its numbers are recorded below and must
 * come out the same, to the last bit, in every engine and on either backend.
 */

import { createBackend } from './backend.ts';
import { Generator } from './generate.ts';
import type { Config } from './gpt.ts';
import { Random } from './random.ts';
import { draw } from './sample.ts';
import { learningRateAt } from './schedule.ts';
import { Trainer } from './train.ts';

// not a multiple of four or of a block anywhere, so that the odd ends are tried too
const config: Config = { vocabulary: 61, context: 45, width: 24, heads: 2, layers: 2 };

export interface GoldenRun {
	/** of the first five steps, nats per token */
	losses: number[];
	/** fingerprint of all weights after 20 steps */
	weights: string;
	/** drawn by the trained model */
	tokens: number[];
}

export function goldenRun(kind: 'wasm' | 'plain'): GoldenRun {
	const bytes = Trainer.bytesNeeded(config) + Generator.bytesNeeded(config);
	const trainer = new Trainer({ config, seed: 1, backend: createBackend(kind, bytes) });
	const random = new Random(2);
	const losses = [];

	for (let step = 0; step < 20; step++) {
		const sequences = [46, 46, 19].map((length) => goldenSequence(random, length));
		const rate = learningRateAt(step, { peak: 5e-3, warmUp: 5, steps: 20, floor: 0.1 });
		losses.push(trainer.step(sequences, rate).loss);
	}

	const generator = new Generator(trainer.weights);
	const tokens = [7];
	let logits = generator.read(tokens);
	while (tokens.length < 40) {
		tokens.push(draw(logits, { temperature: 0.7, topK: 20 }, random));
		logits = generator.step(tokens[tokens.length - 1]);
	}

	return { losses: losses.slice(0, 5), weights: fingerprint(trainer.weights.values), tokens };
}

/** What came out when it was recorded. */
export const golden: GoldenRun = {
	losses: [
		4.143389405483827, 4.119415092638458, 4.096079034433122, 4.022813816284823, 3.9535489190024986
	],
	weights: '3891a232bc62f755',
	tokens: [
		7, 20, 44, 46, 60, 14, 10, 51, 18, 15, 58, 39, 41, 42, 47, 59, 51, 28, 28, 38, 3, 40, 13, 13,
		23, 50, 9, 6, 9, 23, 12, 52, 59, 59, 60, 35, 30, 49, 47, 42
	]
};

/** Tokens of which most follow from the one before. */
function goldenSequence(random: Random, length: number): Uint16Array {
	const sequence = new Uint16Array(length);
	let token = random.below(config.vocabulary);
	for (let i = 0; i < length; i++) {
		sequence[i] = token;
		const follows = random.next() < 0.8;
		token = follows ? (5 * token + 7) % config.vocabulary : random.below(config.vocabulary);
	}
	return sequence;
}

/** 64 bits, in hexadecimal, that change when any bit of the numbers does (FNV-1a, twice). */
export function fingerprint(values: Float32Array): string {
	let first = 0x811c9dc5;
	let second = 0x9747b28c;
	for (const word of new Uint32Array(values.buffer, values.byteOffset, values.length)) {
		first = Math.imul(first ^ word, 0x01000193);
		second = Math.imul(second ^ (word >>> 16) ^ (word << 16), 0x01000193);
	}
	return [first, second].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('');
}
