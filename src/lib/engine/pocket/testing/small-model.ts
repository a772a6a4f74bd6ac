import { Looker } from '../looker.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { configOf, dequantise, quantise } from '#lib/tiny/quantise.ts';
import { Random } from '#lib/tiny/random.ts';
import { type Tokenizer, trainTokenizer } from '#lib/tiny/tokenizer.ts';
import { Weights } from '#lib/tiny/weights.ts';
import { Sha256 } from '../../sha256.ts';
import type { ModelFiles } from '../session.ts';

const text =
	'The baker met the moon at the harbour, and the boat came home with the bread. ' +
	'Who read the clock? The baker read the clock, and the moon read the boat. 你好 🌙 ';

/**
 * A model of the pocket model's kind with random weights: the same in Node, page and worker. It
 * talks nonsense in all five planes of bytes, which is what tests of text need.
 */
export function smallModel(
	shape: Partial<Config> = {},
	seed = 7
): { bytes: Uint8Array<ArrayBuffer>; config: Config; tokenizer: Tokenizer; files: ModelFiles } {
	const tokenizer = trainTokenizer([text], 300, ['<end>', '<you>', '<reply>']);
	const config = {
		vocabulary: tokenizer.size,
		context: 64,
		width: 32,
		heads: 2,
		layers: 2,
		...shape
	};

	const backend = createBackend('plain', Generator.bytesNeeded(config));
	const weights = new Weights(config, backend, false);
	const random = new Random(seed);
	for (const { name, value } of weights.all) {
		// what the layers add outweighs the token itself, or the model would only repeat it
		const strength = /output|down/.test(name) ? 4 : 1;
		const deviation = name === 'embedding' ? 0.5 : strength / Math.sqrt(value.rows);
		for (let i = 0; i < value.values.length; i++) value.values[i] = deviation * random.normal();
	}
	weights.changed();

	const bytes = quantise(weights);
	const sha256 = new Sha256().update(bytes).hex();
	return {
		bytes,
		config,
		tokenizer,
		files: {
			weights: { bytes: bytes.length, sha256 },
			tokenizer: tokenizer.toJSON(),
			looker: async () => Looker
		}
	};
}

/** The model of `smallModel`, ready to read. */
export function generatorOf(bytes: Uint8Array, kind: 'wasm' | 'plain' = 'wasm'): Generator {
	const backend = createBackend(kind, Generator.bytesNeeded(configOf(bytes)));
	return new Generator(dequantise(bytes, backend));
}
