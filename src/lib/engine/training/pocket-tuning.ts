import { type Config } from '#lib/tiny/gpt.ts';
import { fastestBackend } from '#lib/tiny/fastest.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { configOf, dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import manifest from '../pocket/manifest.json';
import tokenizer from '../pocket/tokenizer.json';
import { fetchWeights } from '../pocket/weights.ts';
import old from './old-text.json';
import { type Tuning, TuningMaterial } from './tuning.ts';

/**
 * The pocket model, ready to be trained further.
 *
 * @param url of its weights
 * @returns `values` of its weights, in the order of `shapes`
 * @throws {Told} when they do not come, or there is nothing to learn
 */
export async function pocketTuning(
	tuning: Tuning,
	url: string
): Promise<{ material: TuningMaterial; config: Config; values: Float32Array }> {
	const material = new TuningMaterial(
		tuning,
		Tokenizer.fromJSON(tokenizer as TokenizerJson),
		old.documents
	);
	const bytes = await fetchWeights(url, manifest.weights);
	const config = configOf(bytes);
	const { values } = dequantise(bytes, fastestBackend(Generator.bytesNeeded(config)));
	return { material, config, values: values.slice() };
}
