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
		4.216907145665609, 4.18427281879434, 4.156685805360374, 4.028456811604384, 3.919990262177612
	],
	weights: '94c47e183a74133a',
	tokens: [
		7, 8, 59, 3, 56, 40, 3, 36, 4, 36, 56, 37, 6, 43, 41, 29, 49, 34, 46, 44, 59, 8, 27, 20, 23, 59,
		3, 38, 38, 38, 38, 48, 31, 40, 31, 30, 33, 36, 4, 9
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
