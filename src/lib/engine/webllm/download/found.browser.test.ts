import { hasModelInCache, MLCEngine, type AppConfig } from '@mlc-ai/web-llm';
import { afterEach, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { download } from './download.ts';
import { KeptCaches } from './kept.ts';
import { surroundings } from './surroundings.ts';

const urls: string[] = [];

afterEach(async () => {
	vi.restoreAllMocks();
	for (const url of urls.splice(0)) await commands.stopModelServer(url);
	for (const name of await caches.keys()) await caches.delete(name);
});

test('the real web-llm finds what was downloaded, and asks for nothing itself', async () => {
	const served = await commands.startModelServer([300_000, 200_000]);
	urls.push(served.url);
	const id = 'Small-q4f16_1-MLC';
	const config: AppConfig = {
		model_list: [{ model: served.folder, model_id: id, model_lib: served.library }]
	};
	expect(await hasModelInCache(id, config)).toBe(false);
	const outcome = await download(
		{
			model: id,
			place: { folder: served.folder, library: served.library },
			bytes: served.bytes
		},
		{ signal: new AbortController().signal, around: { ...surroundings, caches: new KeptCaches() } }
	);
	expect(outcome.state).toBe('complete');
	expect(await hasModelInCache(id, config)).toBe(true);

	const before = (await commands.askedOfModelServer(served.url)).asked.length;
	const engine = new MLCEngine({ appConfig: config, logLevel: 'SILENT' });
	const looked = vi.spyOn(Cache.prototype, 'match');
	const added = vi.spyOn(Cache.prototype, 'add');
	// it reads the configuration and the library; that holds no program, so this is as far as it gets
	await expect(engine.reload(id)).rejects.toThrow();
	expect(looked.mock.calls.map(([request]) => (request as Request).url)).toEqual(
		expect.arrayContaining([`${served.folder}mlc-chat-config.json`, served.library])
	);
	expect(added).not.toHaveBeenCalled();
	expect((await commands.askedOfModelServer(served.url)).asked).toHaveLength(before);
});
