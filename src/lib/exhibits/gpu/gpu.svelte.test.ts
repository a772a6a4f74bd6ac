import { afterEach, expect, test } from 'vitest';
import type { Model } from '#lib/engine/webllm/model.ts';
import { writer } from '../run/writer.svelte.ts';
import { Gpu } from './gpu.svelte.ts';
import { ToldDoor } from './testing/told.ts';

const model = (id: string) => ({ id, name: id, parameters: 1, downloadBytes: 10 }) as Model;
const [one, two] = [model('one'), model('two')];
const source = {} as never;

function told() {
	const door = new ToldDoor();
	return { door, gpu: new Gpu(async () => door) };
}

afterEach(() => writer.use(undefined));

test('nothing else is fetched or loaded while a model is fetched', async () => {
	const { door, gpu } = told();
	const fetching = gpu.download(one, source);
	await expect.poll(() => gpu.busy).toBe(true);
	await gpu.download(two, source);
	await gpu.load(two, source);
	expect(door.asked).toEqual(['download one']);
	door.finish({ state: 'complete' } as never);
	await fetching;
	expect(gpu.busy).toBe(false);
	expect(gpu.outcome('one')).toMatchObject({ state: 'complete' });
});

test('nothing else is fetched or loaded while a model is loaded, which then writes', async () => {
	const { door, gpu } = told();
	const loading = gpu.load(one, source);
	await expect.poll(() => gpu.busy).toBe(true);
	await gpu.load(two, source);
	await gpu.download(two, source);
	expect(door.asked).toEqual(['load one']);
	door.loaded();
	await loading;
	expect(writer.engine?.model.name).toBe('one');
});

test('a model that is deleted leaves the GPU if it is there, and no other does', async () => {
	const { door, gpu } = told();
	const loading = gpu.load(one, source);
	await expect.poll(() => gpu.busy).toBe(true);
	door.loaded();
	await loading;
	await gpu.remove('two');
	expect(door.asked).toEqual(['load one', 'remove two']);
	expect(writer.engine?.model.name).toBe('one');
	await gpu.remove('one');
	expect(door.asked.slice(2).sort()).toEqual(['remove one', 'unload']);
	expect(writer.engine).toBeUndefined();
});

test('all that are deleted leave the GPU', async () => {
	const { door, gpu } = told();
	const loading = gpu.load(one, source);
	await expect.poll(() => gpu.busy).toBe(true);
	door.loaded();
	await loading;
	await gpu.remove();
	expect(writer.engine).toBeUndefined();
	expect(door.asked).toContain('unload');
});

test('a program that does not come is a sentence, and is asked for again', async () => {
	const door = new ToldDoor();
	let tries = 0;
	const gpu = new Gpu(async () => {
		if (!tries++) throw new TypeError('Failed to fetch');
		return door;
	});
	await gpu.look();
	expect(gpu.error).toMatch(/^The program for real models could not be loaded\./);
	await gpu.look();
	expect(gpu.error).toBeUndefined();
	expect(gpu.device).toBe(door.device);
});
