/** @file Training steps a second on one core: our two backends, and what the core could do at best. */
import { createBackend, bytesFor } from '#lib/tiny/backend.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { Random } from '#lib/tiny/random.ts';
import { Trainer } from '#lib/tiny/train.ts';
import { byTurns, median, type Line } from './line.ts';

const settings: { name: string; config: Config; sequences: number; steps: number }[] = [
	{
		name: '0.1 M parameters, 8 × 64 tokens a step',
		config: { vocabulary: 256, context: 64, width: 64, heads: 4, layers: 2 },
		sequences: 8,
		steps: 20
	},
	{
		name: 'the pocket model, 4 × 256 tokens a step',
		config: { vocabulary: 1024, context: 256, width: 128, heads: 4, layers: 4 },
		sequences: 4,
		steps: 4
	}
];

/** Operations a second of our kernel on matrices that stay in the cache: no step can be faster. */
function peak(): number {
	const size = 128;
	const backend = createBackend('wasm', bytesFor(3 * size * size));
	const [a, b, c] = [0, 1, 2].map(() => backend.allocate(size, size));
	const times = 200;
	backend.matmul(a, b, c);
	const start = performance.now();
	for (let time = 0; time < times; time++) backend.matmul(a, b, c);
	return (times * 2 * size ** 3) / ((performance.now() - start) / 1000);
}

export async function training(): Promise<Line[]> {
	const lines: Line[] = [];
	for (const { name, config, sequences, steps } of settings) {
		const random = new Random(1);
		const batch = Array.from({ length: sequences }, () =>
			Array.from({ length: config.context + 1 }, () => random.below(config.vocabulary))
		);
		const trainers = (['wasm', 'plain'] as const).map(
			(kind) =>
				new Trainer({ config, seed: 1, backend: createBackend(kind, Trainer.bytesNeeded(config)) })
		);
		const speed = (trainer: Trainer, count: number) => () => {
			const start = performance.now();
			for (let step = 0; step < count; step++) trainer.step(batch, 1e-3);
			return count / ((performance.now() - start) / 1000);
		};
		const [wasm, plain] = trainers;
		wasm.step(batch, 1e-3);
		const before = wasm.operations;
		wasm.step(batch, 1e-3);
		const operations = wasm.operations - before;

		const runs = await byTurns({
			wasm: speed(wasm, steps),
			plain: speed(plain, Math.max(1, steps >> 2)),
			bound: () => peak() / operations
		});
		const ours = median(runs.wasm);
		const common = { what: `training, ${name}`, unit: 'steps/s', ours, runs: runs.wasm };
		lines.push(
			{
				...common,
				rival: { name: 'ours, plain', value: median(runs.plain) },
				note: 'the same bits'
			},
			{
				...common,
				rival: {
					name: 'bound: its products at the speed of 128 × 128 ones',
					value: median(runs.bound)
				},
				note: `${(operations / 1e9).toFixed(2)} G operations a step, counted`
			}
		);
	}
	return lines;
}
