/**
 * @file Training steps a second on one core: our two backends, jax-js, PyTorch where the machine has it, and what the
 * core could do at best. Same weights, same batch; time of the processor, so that other work on the machine, and
 * threads beside the first, do not blur the comparison.
 */
import { createBackend, bytesFor } from '#lib/tiny/backend.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { score, think } from '#lib/tiny/gpt.ts';
import { Random } from '#lib/tiny/random.ts';
import { Tape } from '#lib/tiny/tape.ts';
import { Trainer } from '#lib/tiny/train.ts';
import { Weights } from '#lib/tiny/weights.ts';
import { JaxTrainer } from './jax-training.ts';
import { byTurns, median, type Line } from './line.ts';
import { Torch, pythonWithTorch } from './torch.ts';

const settings: { name: string; config: Config; sequences: number; steps: number }[] = [
	{
		name: '0.1 M parameters, 8 × 64 tokens a step',
		config: { vocabulary: 256, context: 64, width: 64, heads: 4, layers: 2 },
		sequences: 8,
		steps: 20
	},
	{
		name: '0.8 M parameters, 16 × 128 tokens a step',
		config: { vocabulary: 256, context: 128, width: 128, heads: 4, layers: 4 },
		sequences: 16,
		steps: 3
	},
	{
		name: 'the pocket model, 4 × 256 tokens a step',
		config: { vocabulary: 1024, context: 256, width: 128, heads: 4, layers: 4 },
		sequences: 4,
		steps: 4
	}
];

const RATE = 1e-3;
const COMPARED = 5; // steps whose losses must agree before anything is timed

/** Turns of `work` a second of this process's time. */
async function perSecond(turns: number, work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	for (let turn = 0; turn < turns; turn++) await work();
	const { user, system } = process.cpuUsage(before);
	return turns / ((user + system) / 1e6);
}

/** Operations a second of our kernel on matrices that stay in the cache: no step can be faster. */
function peak(): Promise<number> {
	const size = 128;
	const backend = createBackend('wasm', bytesFor(3 * size * size));
	const [a, b, c] = [0, 1, 2].map(() => backend.allocate(size, size));
	backend.matmul(a, b, c);
	return perSecond(1000, () => backend.matmul(a, b, c)).then((times) => times * 2 * size ** 3);
}

/** Of the whole batch, before training. [targets × vocabulary] */
function logitsOf(config: Config, batch: number[][]): Float32Array {
	const weights = new Weights(config, createBackend('wasm', Trainer.bytesNeeded(config)), false);
	weights.initialise(1);
	const tape = new Tape(weights.backend);
	const parts = batch.map((sequence) => {
		tape.reset();
		const { value } = score(tape, weights, think(tape, weights, sequence.slice(0, -1)));
		return value.values.slice();
	});
	const all = new Float32Array(parts.reduce((count, part) => count + part.length, 0));
	parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
	return all;
}

/** The largest difference between two rows of numbers. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
	let largest = 0;
	for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
	return largest;
}

function agreement(name: string, logits: number, losses: number): string {
	if (!(logits < 1e-4 && losses < 1e-4)) {
		throw new Error(`${name} computes something else: logits ${logits}, losses ${losses} apart`);
	}
	const [a, b] = [logits, losses].map((value) => value.toExponential(0));
	return `logits at most ${a} apart, losses of ${COMPARED} steps ${b}`;
}

async function measure({ name, config, sequences, steps }: (typeof settings)[0], python?: string) {
	const random = new Random(1);
	const batch = Array.from({ length: sequences }, () =>
		Array.from({ length: config.context + 1 }, () => random.below(config.vocabulary))
	);
	const [wasm, plain] = (['wasm', 'plain'] as const).map(
		(kind) =>
			new Trainer({ config, seed: 1, backend: createBackend(kind, Trainer.bytesNeeded(config)) })
	);
	const jax = await JaxTrainer.create(wasm.weights, batch);
	const torch = python ? new Torch(python) : undefined;

	try {
		// Before anything is timed: all compute the same, and are compiled.
		const began = await torch?.begin(wasm.weights, batch);
		const logits = logitsOf(config, batch);
		const jaxLogits = await jax.logits();
		const losses: number[] = [];
		const jaxLosses: number[] = [];
		for (let step = 0; step < COMPARED; step++) {
			losses.push(wasm.step(batch, RATE).loss);
			jaxLosses.push(await jax.step(RATE));
		}
		const torchLosses = (await torch?.train(COMPARED))?.losses;
		const before = wasm.operations;
		wasm.step(batch, RATE);
		const operations = wasm.operations - before;
		plain.step(batch, RATE);

		const runs = await byTurns<string>({
			wasm: () => perSecond(steps, () => wasm.step(batch, RATE)),
			jax: () => perSecond(Math.max(1, steps >> 2), () => jax.step(RATE)),
			...(torch && { torch: async () => steps / (await torch.train(steps)).seconds }),
			plain: () => perSecond(1, () => plain.step(batch, RATE)),
			bound: async () => (await peak()) / operations
		});

		const ours = median(runs.wasm);
		const line = (rival: string, values: number[], note: string): Line => ({
			what: `training, ${name}`,
			unit: 'steps/CPU-s',
			ours,
			runs: runs.wasm,
			rival: { name: rival, value: median(values) },
			note
		});
		return [
			line(
				'jax-js, WebAssembly',
				runs.jax,
				agreement('jax-js', apart(logits, jaxLogits), apart(losses, jaxLosses))
			),
			...(began && torchLosses
				? [
						line(
							`PyTorch ${began.version}, one thread`,
							runs.torch,
							agreement('PyTorch', apart(logits, began.logits), apart(losses, torchLosses))
						)
					]
				: []),
			line('ours, plain', runs.plain, 'the same bits'),
			line(
				'bound: its products at the speed of 128 × 128 ones',
				runs.bound,
				`${(operations / 1e9).toFixed(2)} G operations a step, counted`
			)
		];
	} finally {
		torch?.end();
	}
}

export async function training(): Promise<Line[]> {
	const python = pythonWithTorch();
	if (!python) console.error('training: no Python with PyTorch here; measured without it.');
	const lines: Line[] = [];
	for (const setting of settings) lines.push(...(await measure(setting, python)));
	return lines;
}
