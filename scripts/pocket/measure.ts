import type { Loss, PocketRecord } from '#lib/engine/pocket/manifest.ts';
import type { Generator } from '#lib/tiny/generate.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';

/**
 * Reads held-out documents with the full weights and with the shipped ones, token by token as the site
 * does, and compares the two.
 *
 * @returns mean losses, over every token but the first of each document, and how often both have the
 * same likeliest next token (0 to 1)
 */
export function compare(
	full: Generator,
	shipped: Generator,
	documents: number[][],
	tokenizer: Tokenizer
) {
	let tokens = 0;
	let bytes = 0;
	let same = 0;
	const nats = { full: 0, shipped: 0 };

	for (const ids of documents) {
		full.reset();
		shipped.reset();
		for (let i = 0; i + 1 < ids.length; i++) {
			const a = logProbabilities(full.step(ids[i]));
			const b = logProbabilities(shipped.step(ids[i]));
			nats.full -= a[ids[i + 1]];
			nats.shipped -= b[ids[i + 1]];
			if (best(a) === best(b)) same++;
			tokens++;
			bytes += tokenizer.bytes(ids[i + 1]).length;
		}
	}
	const loss = (sum: number): Loss => ({
		nats: sum / tokens,
		bitsPerByte: sum / Math.LN2 / bytes
	});
	return {
		tokens,
		float: loss(nats.full),
		int8: loss(nats.shipped),
		sameFirstChoice: same / tokens
	};
}

function best(values: Float32Array): number {
	let at = 0;
	for (let i = 1; i < values.length; i++) if (values[i] > values[at]) at = i;
	return at;
}

/** Milliseconds a token on this machine, one core: median of nine, reading 64 tokens and writing 128 more. */
export function speed(generator: Generator): PocketRecord['generation'] {
	const prompt: number[] = [];
	const outputs: number[] = [];
	for (let round = 0; round < 9; round++) {
		generator.reset();
		const read = Array.from({ length: 64 }, (_, i) => 97 + (i % 26));
		const start = performance.now();
		generator.read(read);
		const middle = performance.now();
		for (let i = 0; i < 128; i++) generator.step(97 + (i % 26));
		const end = performance.now();
		prompt.push((middle - start) / 64);
		outputs.push((end - middle) / 128);
	}
	const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
	const outputMsPerToken = median(outputs);
	return {
		promptMsPerToken: median(prompt),
		outputMsPerToken,
		tokensPerSecond: 1000 / outputMsPerToken
	};
}
