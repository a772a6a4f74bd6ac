/** @file Tokens a second of the pocket model on one core: our two backends and jax-js, same weights, same prompt. */
import { readFileSync } from 'node:fs';
import manifest from '#lib/engine/pocket/manifest.json';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { JaxModel } from './jax.ts';
import { byTurns, median, type Line } from './line.ts';

const { config } = manifest;
const OUTPUT = 150; // tokens

function likeliest(logits: Float32Array): number {
	let best = 0;
	for (let id = 1; id < logits.length; id++) if (logits[id] > logits[best]) best = id;
	return best;
}

/** Any tokens do: what is measured does not depend on which. */
const prompt = Array.from({ length: 20 }, (_, index) => (index * 37 + 11) % config.vocabulary);

export async function tokens(): Promise<Line[]> {
	const bytes = readFileSync(`static/pocket/${manifest.weights.file}`);
	const load = (kind: 'wasm' | 'plain') =>
		new Generator(dequantise(bytes, createBackend(kind, Generator.bytesNeeded(config))));
	const [wasm, plain] = [load('wasm'), load('plain')];
	const jax = await JaxModel.create(wasm.weights);

	const ours = (generator: Generator) => () => {
		generator.reset();
		let logits = generator.read(prompt);
		const start = performance.now();
		for (let count = 0; count < OUTPUT; count++) logits = generator.step(likeliest(logits));
		return OUTPUT / ((performance.now() - start) / 1000);
	};
	const theirs = async () => {
		jax.reset();
		let logits = new Float32Array(0);
		for (const token of prompt) logits = (await jax.step(token)) as Float32Array<ArrayBuffer>;
		const start = performance.now();
		for (let count = 0; count < OUTPUT; count++) {
			logits = (await jax.step(likeliest(logits))) as Float32Array<ArrayBuffer>;
		}
		return OUTPUT / ((performance.now() - start) / 1000);
	};

	// Before anything is timed: all three compute the same, and are compiled.
	jax.reset();
	wasm.reset();
	let apart = 0;
	for (const token of prompt) {
		const [a, b] = [wasm.step(token), await jax.step(token)];
		for (let id = 0; id < a.length; id++) apart = Math.max(apart, Math.abs(a[id] - b[id]));
	}
	if (apart > 1e-3) throw new Error(`jax-js computes something else: logits are ${apart} apart.`);
	ours(wasm)();
	ours(plain)();

	const runs = await byTurns({ wasm: ours(wasm), plain: ours(plain), jax: theirs });
	const [fast, slow, rival] = [median(runs.wasm), median(runs.plain), median(runs.jax)];
	const unit = 'tokens/s';
	const note = `logits at most ${apart.toExponential(0)} apart`;
	return [
		{
			what: 'pocket model, WebAssembly',
			unit,
			ours: fast,
			rival: { name: 'jax-js, WebAssembly', value: rival },
			note,
			runs: runs.wasm
		},
		{
			what: 'pocket model, plain TypeScript',
			unit,
			ours: slow,
			rival: { name: 'jax-js, WebAssembly', value: rival },
			note,
			runs: runs.plain
		},
		{
			what: 'pocket model, WebAssembly',
			unit,
			ours: fast,
			rival: { name: 'ours, plain', value: slow },
			note: 'the same bits',
			runs: runs.wasm
		}
	];
}
