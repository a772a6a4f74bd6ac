import { describe, expect, test, vi } from 'vitest';
import { Told } from '../told.ts';
import type { Outcome, Plan, Progress } from './download/download.ts';
import type { InMemory } from './download/kept.ts';
import type { Place } from './place.ts';
import { telling } from './telling.ts';
import { all, ask, gone, never, textOf } from './testing/asking.ts';
import { complete, home, inProcess, model } from './testing/in-process.ts';
import { tokenizerFile } from './testing/scripted-llm.ts';

test('how far the files have been checked is told', async () => {
	const parts: number[] = [];
	const checking = { state: 'checking', file: 'a', total: 4 } as const;
	const trial = inProcess(
		{},
		{
			verify: async (_, { onprogress }) => {
				for (const bytes of [1, 3]) onprogress!({ ...checking, bytes });
				return complete;
			}
		}
	);
	trial.client.onstage((stage) => {
		if (stage.at === 'loading' && stage.phase === 'checking') parts.push(stage.part);
	});
	await trial.client.load(model, home);
	expect(parts.slice(-2)).toEqual([0.25, 0.75]);
});

describe('files', () => {
	test('a download is told as it goes, can be held, and hides the model’s own stage', async () => {
		let finish = () => {};
		const calls: string[] = [];
		const progress: Progress = { state: 'downloading', bytes: 5, total: 9, file: 'a.bin' };
		const trial = inProcess(
			{},
			{
				download: (plan, { signal, gate, onprogress }) =>
					new Promise((resolve) => {
						expect(plan).toEqual({ model: 'other', place: { folder: model.home, library: model.library }, bytes: 5_000_000 }); // prettier-ignore
						onprogress!(progress);
						signal.addEventListener('abort', () => resolve({ state: 'cancelled' }));
						finish = () => {
							calls.push(gate!.closed ? 'closed' : 'open');
						};
					})
			}
		);
		await trial.client.load(model, home);
		const outcome = trial.client.download({ ...model, id: 'other' }, home);
		await vi.waitFor(() => expect(trial.client.stage).toEqual({ at: 'downloading', model: 'other', progress })); // prettier-ignore
		expect(await trial.client.download(model, home)).toMatchObject({ sentence: telling.busy() });
		trial.client.pause();
		await new Promise((resolve) => setTimeout(resolve, 10));
		finish();
		trial.client.resume();
		await new Promise((resolve) => setTimeout(resolve, 10));
		finish();
		expect(calls).toEqual(['closed', 'open']);
		trial.client.unload();
		expect(trial.alive.size).toBe(1);
		trial.client.cancel();
		expect(await outcome).toEqual({ state: 'cancelled' });
		expect(trial.client.stage).toEqual({ at: 'nothing' });
	});

	test('one that was stopped while it was held is not held when it begins again', async () => {
		const held: boolean[] = [];
		const trial = inProcess(
			{},
			{
				download: (_, { signal, gate }) =>
					new Promise((resolve) => {
						held.push(gate!.closed);
						signal.addEventListener('abort', () => resolve({ state: 'cancelled' }));
					})
			}
		);
		for (let i = 0; i < 2; i++) {
			const outcome = trial.client.download(model, home);
			trial.client.pause();
			trial.client.cancel();
			expect(await outcome).toEqual({ state: 'cancelled' });
		}
		expect(held).toEqual([false, false]);
	});

	test('a download that fails is told, until one is complete; a model on the GPU stays what it is', async () => {
		const failed: Outcome = { state: 'failed', sentence: 'No.', file: 'a' };
		let outcome: Outcome = failed;
		const trial = inProcess({}, { download: async () => outcome });
		expect(await trial.client.download(model, home)).toEqual(failed);
		expect(trial.client.stage).toEqual({ at: 'failed', model: model.id, sentence: 'No.' });
		outcome = complete;
		await trial.client.download(model, home);
		expect(trial.client.stage).toEqual({ at: 'nothing' });
		outcome = failed;
		await trial.client.load(model, home);
		await trial.client.download({ ...model, id: 'other' }, home);
		expect(trial.client.stage).toEqual({ at: 'ready', model: model.id });

		const broken = inProcess({}, {}, { createWorker: gone(new Error('no')) });
		expect(await broken.client.download(model, home)).toEqual({
			state: 'failed',
			sentence: telling.noProgram(),
			file: ''
		});
	});

	test('a mirror’s are looked for where it keeps them, with its list of them', async () => {
		const plans: unknown[] = [];
		const keep = async (plan: unknown) => {
			plans.push(plan);
			return complete;
		};
		const { client } = inProcess({}, { download: keep, verify: keep });
		const mirror = { at: 'mirror', base: 'https://s.example/m/' } as const;
		expect(await client.download(model, mirror)).toEqual(complete);
		await client.load(model, mirror);
		const folder = `https://s.example/m/${model.id}/`;
		const plan = {
			model: model.id,
			place: { folder: `${folder}resolve/main/`, library: `${folder}v0_2_86-m.wasm` },
			bytes: 5_000_000,
			manifestAt: `${folder}manifest.json`
		};
		expect(plans).toEqual([plan, plan]);
	});

	test('a model is loaded from where it was stored from, whatever source is chosen by now', async () => {
		const school = {
			folder: 'https://s.example/m/resolve/main/',
			library: 'https://s.example/m.wasm'
		};
		const atHome = { folder: model.home, library: model.library };
		const mirror = { at: 'mirror', base: 'https://other.example/' } as const;
		const entry = (place?: Place, id = model.id) => ({ model: id, bytes: 1, date: '', ...(place ? { place } : {}) }); // prettier-ignore
		const other = 'https://other.example/m-q4f32_1-MLC/resolve/main/';
		for (const [stored, from, folder] of [
			[[entry(school)], home, school.folder],
			[[entry(school)], mirror, school.folder],
			[[entry(school), entry(atHome)], home, atHome.folder],
			[[entry(atHome), entry(school)], mirror, atHome.folder],
			// nobody knows where that came from, or it is of another model
			[[entry(), entry(school, 'another')], mirror, other],
			[[], home, atHome.folder]
		] as const) {
			const plans: Plan[] = [];
			const texts: string[] = [];
			const trial = inProcess(
				{},
				{
					stored: async () => [...stored],
					verify: async (plan) => (plans.push(plan), complete),
					storedText: async (address) => (texts.push(address), JSON.stringify(tokenizerFile()))
				}
			);
			const engine = await trial.client.load(model, from);
			expect(textOf(await all(engine.run(ask(), never)))).toBe('Hi');
			expect(plans.map(({ place }) => place.folder)).toEqual([folder]);
			expect(texts).toEqual([`${folder}tokenizer.json`]);
			expect(trial.counts.records.map((one) => one.model)).toEqual([folder]);
			// a list of files is of the place it was asked from
			expect(plans[0].manifestAt).toBe(folder === other ? 'https://other.example/m-q4f32_1-MLC/manifest.json' : undefined); // prettier-ignore
		}
	});

	test('a model that another tab is at is not deleted, and the worker is as good as before', async () => {
		let refuse = true;
		const trial = inProcess(
			{},
			{
				remove: async () => {
					if (refuse) throw new Told('Another tab is at it.');
				}
			}
		);
		await trial.client.load(model, home);
		await expect(trial.client.remove(model.id)).rejects.toThrow(/^Another tab is at it\.$/);
		expect(trial.client.stage).toEqual({ at: 'ready', model: model.id });
		refuse = false;
		await trial.client.remove(model.id);
		expect(trial.made).toBe(1);
	});

	test('an error of a deletion that is no answer is the worker’s end', async () => {
		const trial = inProcess({}, { remove: gone(new TypeError('x')) });
		await expect(trial.client.remove()).rejects.toThrow(telling.broke('TypeError: x'));
		expect(trial.alive.size).toBe(0);
	});

	test('what the browser does not keep outlives its worker, and is freed when it is deleted', async () => {
		const workers: { files: InMemory[]; tell(change: InMemory): void }[] = [];
		const trial = inProcess(
			{},
			{
				watchMemory: (tell) => void workers.push({ files: [], tell }),
				hold: (files) => void workers.at(-1)!.files.push(...files)
			}
		);
		const held = { blob: new Blob(['x']), headers: {}, refusal: 'full' as const };
		const file = (address: string) => ({ cache: 'webllm/model', address });
		await trial.client.stored();
		for (const name of ['a', 'b']) workers[0].tell({ ...file(name), held });
		workers[0].tell({ ...file('a'), held: { ...held, headers: { second: 'time' } } });
		workers[0].tell({ cache: 'webllm/config', address: 'a', held });
		await trial.client.stored();
		trial.client.unload();
		expect(trial.alive.size).toBe(0);

		await trial.client.stored();
		expect(workers[1].files.map(({ cache, address }) => [cache, address])).toEqual([
			['webllm/model', 'a'],
			['webllm/model', 'b'],
			['webllm/config', 'a']
		]);
		expect(workers[1].files[0].held!.headers).toEqual({ second: 'time' });
		expect(await workers[1].files[1].held!.blob.text()).toBe('x');
		// before anything else is asked
		expect(trial.asked.map(({ type }) => type).slice(-2)).toEqual(['hold', 'list']);

		for (const { cache, address } of workers[1].files) workers[1].tell({ cache, address });
		await trial.client.stored();
		trial.client.unload();
		await trial.client.stored();
		expect(workers[2].files).toEqual([]);
	});

	test('what is stored is listed and deleted; the device is looked at; a broken worker rejects', async () => {
		const removed: (string | undefined)[] = [];
		const stored = [{ model: 'a', bytes: 1, date: '' }];
		const trial = inProcess(
			{},
			{
				stored: async () => stored,
				remove: async (model) => { removed.push(model); } // prettier-ignore
			}
		);
		expect(await trial.client.stored()).toEqual(stored);
		await trial.client.remove('a');
		await trial.client.remove();
		expect(removed).toEqual(['a', undefined]);
		expect(await trial.client.check()).toEqual({ secure: true });

		const broken = inProcess(
			{},
			{},
			{ createWorker: gone(new DOMException('no', 'SecurityError')) }
		);
		expect(await broken.client.check()).toEqual({ secure: false });
		await expect(broken.client.stored()).rejects.toThrow(telling.noProgram());
	});
});
