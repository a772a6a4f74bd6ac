/** @file A page that trains until the GPU goes, for a browser whose GPU process a test can crash. */
import { batch, config, restored } from './texts.ts';
import { softwareDevice } from './device.ts';
import { GpuTrainer } from '../train.ts';

export interface Told {
	/** of the rejection */
	name: string;
	message: string;
	/** ms from the moment the device was lost */
	after: number;
	/** steps of the processor, from the last checkpoint on, and of a trainer on a new device */
	goesOn: number[];
}

declare global {
	/** Calls `training` after the first step; resolves when the GPU has gone. */
	var trainUntilLost: (training: () => void) => Promise<Told>;
}

globalThis.trainUntilLost = async (training) => {
	const device = await softwareDevice();
	let lostAt = 0;
	void device.lost.then(() => (lostAt = performance.now()));
	const trainer = await GpuTrainer.create(device, { config, seed: 1 });
	await trainer.step(batch(0), 0.01);
	const checkpoint = await trainer.checkpoint();
	training();
	try {
		for (;;) await trainer.step(batch(1), 0.01);
	} catch (error) {
		const after = performance.now() - lostAt;
		const { name, message } = error as Error;
		const cpu = restored(checkpoint);
		cpu.step(batch(1), 0.01);
		const again = await GpuTrainer.create(await softwareDevice(), { config, seed: 1, checkpoint });
		await again.step(batch(1), 0.01);
		return { name, message, after, goesOn: [cpu.steps, again.steps] };
	}
};
