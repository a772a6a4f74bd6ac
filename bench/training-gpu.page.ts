/** @file The page in which `training-gpu.ts` measures. */
import { createBackend } from '#lib/tiny/backend.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { GpuTrainer } from '#lib/tiny/gpu/train.ts';
import { Random } from '#lib/tiny/random.ts';
import { Trainer } from '#lib/tiny/train.ts';
import { byTurns } from './line.ts';

export interface Setting {
	config: Config;
	/** of a step, each of context + 1 tokens */
	sequences: number;
}

/** Steps a second, of each run. */
export interface Measured {
	adapter: string;
	gpu: number[];
	cpu: number[];
}

declare global {
	/** Undefined where there is no adapter, or one that only computes in software. */
	var measureTraining: (setting: Setting) => Promise<Measured | undefined>;
}

const STEPS = 30;
/** Steps under way at once: reading a loss then keeps nobody waiting. */
const AHEAD = 4;

globalThis.measureTraining = async ({ config, sequences }) => {
	const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter || adapter.info.isFallbackAdapter) return undefined;
	const device = await adapter.requestDevice();
	const random = new Random(1);
	const batch = Array.from({ length: sequences }, () =>
		Array.from({ length: config.context + 1 }, () => random.below(config.vocabulary))
	);
	const gpu = await GpuTrainer.create(device, { config, seed: 1 });
	const backend = createBackend('wasm', Trainer.bytesNeeded(config));
	const cpu = new Trainer({ config, seed: 1, backend });
	await gpu.step(batch, 1e-3);
	cpu.step(batch, 1e-3);

	const runs = await byTurns({
		gpu: async () => {
			const start = performance.now();
			const underWay: Promise<unknown>[] = [];
			for (let step = 0; step < STEPS; step++) {
				underWay.push(gpu.step(batch, 1e-3));
				if (underWay.length === AHEAD) await underWay.shift();
			}
			await Promise.all(underWay);
			return STEPS / ((performance.now() - start) / 1000);
		},
		cpu: () => {
			const start = performance.now();
			for (let step = 0; step < 3; step++) cpu.step(batch, 1e-3);
			return 3 / ((performance.now() - start) / 1000);
		}
	});
	device.destroy();
	const { vendor, architecture, description } = adapter.info;
	return { adapter: [vendor, architecture, description].filter(Boolean).join(' '), ...runs };
};
