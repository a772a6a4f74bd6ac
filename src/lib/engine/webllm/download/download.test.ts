import { describe, expect, test } from 'vitest';
import { download, verify, type Outcome } from './download.ts';
import { sentences } from './sentences.ts';
import { cacheOf, folder, library } from './testing/model.ts';
import type { Fault } from './testing/server.ts';
import { slowClock, trial, type Trial } from './testing/trial.ts';

const shard = (n: number) => `${folder}params_shard_${n}.bin`;

/** What a reader is told, once it has failed. */
function told(outcome: Outcome): string {
	expect(outcome.state).toBe('failed');
	return outcome.state === 'failed' ? outcome.sentence : '';
}

const sum = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);

const complete = { state: 'complete', verified: 'first-download', kept: 'cache', renewed: [] };

describe('a download', () => {
	test('puts every file, byte for byte, where web-llm looks for it, and asks for each once', async () => {
		const t = await trial();
		expect(await t.download()).toEqual(complete);
		expect(await t.wrong()).toEqual([]);
		expect(t.server.asked.map(({ path }) => path)).toEqual([...t.model.files.keys()]);
		expect(t.server.served).toBe(t.model.bytes);
		expect(t.pieces()).toEqual([]);
	});

	test('is held against published hashes where there are any', async () => {
		const t = await trial({ published: true });
		expect(await t.download()).toEqual({ ...complete, verified: 'published' });
	});

	test('leaves no second copy in the HTTP cache, and says nothing of the reader', async () => {
		const t = await trial();
		const asked: (RequestInit | undefined)[] = [];
		const around = {
			...t.defaults(),
			fetch: ((input, init) => {
				asked.push(init);
				return fetch(input, init);
			}) as typeof fetch
		};
		const mirror = { ...t.plan, manifestAt: `${t.server.url}/manifest.json` };
		await download(mirror, { signal: new AbortController().signal, around });
		expect(asked).toHaveLength(7);
		for (const init of asked) {
			expect(init).toMatchObject({
				cache: 'no-store',
				credentials: 'omit',
				referrerPolicy: 'no-referrer'
			});
		}
	});

	test('from a mirror is held against the list that lies there, also later, when it is out of reach', async () => {
		const t = await trial();
		const list = new TextEncoder().encode(JSON.stringify(t.model.manifest));
		t.model.files.set('/manifest.json', list as Uint8Array<ArrayBuffer>);
		const mirror = { ...t.plan, manifestAt: `${t.server.url}/manifest.json` };
		const options = { signal: new AbortController().signal, around: t.defaults() };
		const damaged = t.model.files.get(`${folder}tokenizer.json`)!.slice();
		damaged[2] ^= 1;
		t.server.fault = ({ path, nth }) =>
			path.endsWith('tokenizer.json') && nth === 1 ? { body: damaged } : undefined;
		expect(await download(mirror, options)).toEqual({ ...complete, verified: 'published' });
		expect(t.server.times(`${folder}tokenizer.json`)).toBe(2);
		t.server.asked.length = 0;
		expect(await verify(mirror, options)).toEqual({ ...complete, verified: 'published' });
		expect(t.server.asked).toEqual([]);
		t.storage.set('webllm/model', t.server.url + shard(0), new Uint8Array(5));
		expect(await verify(mirror, options)).toMatchObject({ verified: 'published' });
	});

	test.each([
		['is not there', { status: 404 }],
		['never comes', { hangAfter: -1 }],
		['cannot be read', { body: '<html>' }],
		['is nothing', { body: 'null' }],
		['names nothing', { body: '{"schema":1,"files":[null]}' }],
		['is none', { body: '{"schema":1,"files":[{"path":3}]}' }]
	])('from a mirror whose list %s goes by what the model itself says', async (_, fault) => {
		const t = await trial();
		t.server.fault = ({ path }) => (path === '/manifest.json' ? fault : undefined);
		const mirror = { ...t.plan, manifestAt: `${t.server.url}/manifest.json` };
		const around = { ...t.defaults(), patience: { quiet: 100, dead: 300 } };
		const options = { signal: new AbortController().signal, around };
		expect(await download(mirror, options)).toEqual(complete);
		expect(t.server.times('/manifest.json')).toBe(1);
	});

	test('tells its bytes as they come, up to all of them', async () => {
		const t = await trial();
		await t.download(slowClock());
		const bytes = t.progress.map((one) => one.bytes);
		expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
		expect(new Set(bytes).size).toBeGreaterThan(4);
		expect(t.progress.every((one) => one.bytes <= one.total)).toBe(true);
		expect(t.progress[0].total).toBe(300_000);
		expect(t.progress.at(-1)?.total).toBe(t.model.bytes);
		expect(t.progress.at(-1)?.file).toBe('params_shard_1.bin');
	});

	test('makes no request when all is here', async () => {
		const t = await trial();
		await t.download();
		t.server.asked.length = 0;
		t.progress.length = 0;
		expect(await t.download()).toEqual(complete);
		// that is for a load to do
		expect(t.progress.filter(({ state }) => state === 'checking')).toEqual([]);
		expect(await t.verify()).toEqual(complete);
		expect(t.server.asked).toEqual([]);
	});

	test('holds what is here against hashes that are published later, and remembers that', async () => {
		const t = await trial();
		await t.download();
		t.server.asked.length = 0;
		const options = { signal: new AbortController().signal, around: t.defaults() };
		const later = { ...t.plan, manifest: t.model.manifest };
		expect(await download(later, options)).toEqual({ ...complete, verified: 'published' });
		expect(await t.verify()).toEqual({ ...complete, verified: 'published' });
		expect(t.server.asked).toEqual([]);
	});

	test('keeps every file under the type that it has', async () => {
		const t = await trial();
		await t.download();
		const typeOf = async (path: string) => {
			const response = await t.defaults().caches.get(cacheOf(path), t.server.url + path);
			return response!.headers.get('content-type');
		};
		expect(await typeOf(`${folder}tensor-cache.json`)).toBe('application/json');
		expect(await typeOf(library)).toBe('application/wasm');
		expect(await typeOf(shard(0))).toBe('application/octet-stream');
	});

	test('fetches a file that is gone, and no other', async () => {
		const t = await trial();
		await t.download();
		t.storage.caches.get('webllm/model')?.delete(t.server.url + shard(1));
		t.server.asked.length = 0;
		expect(await t.download()).toEqual({ ...complete, renewed: ['params_shard_1.bin'] });
		expect(t.server.asked).toEqual([{ path: shard(1), offset: 0 }]);
		expect(await t.wrong()).toEqual([]);
	});

	test('takes over what web-llm itself has stored', async () => {
		const t = await trial();
		const cache = (name: string) => t.storage.open(name);
		await (
			await cache('webllm/config')
		).put(
			t.server.url + `${folder}mlc-chat-config.json`,
			new Response(t.model.files.get(`${folder}mlc-chat-config.json`))
		);
		for (const path of [`${folder}tensor-cache.json`, shard(0)]) {
			await (
				await cache('webllm/model')
			).put(t.server.url + path, new Response(t.model.files.get(path)));
		}
		expect(await t.download()).toEqual(complete);
		expect(t.server.asked.map(({ path }) => path)).toEqual([
			`${folder}tokenizer.json`,
			library,
			shard(1)
		]);
	});

	test('fetches a shard again that web-llm has stored damaged', async () => {
		const t = await trial();
		const bytes = t.model.files.get(shard(0))!.slice();
		bytes[1000] ^= 1;
		await (await t.storage.open('webllm/model')).put(t.server.url + shard(0), new Response(bytes));
		expect(await t.download()).toEqual({ ...complete, renewed: ['params_shard_0.bin'] });
		expect(await t.wrong()).toEqual([]);
	});
});

/** Lets one file always fail in one way. */
function always(t: Trial, path: string, fault: Fault) {
	t.server.fault = (asked) => (asked.path === path ? fault : undefined);
}

describe('what goes wrong on the way', () => {
	const host = (t: Trial) => new URL(t.server.url).host;

	test.each([403, 401])('a refusal (%i) is not asked for again, and told', async (status) => {
		const t = await trial();
		always(t, shard(0), { status });
		const outcome = await t.download();
		expect(told(outcome)).toBe(sentences.refused('params_shard_0.bin', host(t), status));
		expect(outcome).toMatchObject({ file: 'params_shard_0.bin' });
		expect(t.server.times(shard(0))).toBe(1);
	});

	test('a file that was moved (404) is not asked for again, and told', async () => {
		const t = await trial();
		always(t, library, { status: 404 });
		expect(told(await t.download())).toBe(sentences.missing('small-1.wasm', host(t), 404));
		expect(t.server.times(library)).toBe(1);
	});

	test('a legal reason (451) is told', async () => {
		const t = await trial();
		always(t, shard(0), { status: 451 });
		expect(told(await t.download())).toBe(sentences.unlawful(host(t)));
	});

	test('a server in trouble is asked three more times, ever more slowly', async () => {
		const t = await trial();
		always(t, shard(0), { status: 503 });
		expect(told(await t.download())).toBe(sentences.serverTrouble(host(t), 503));
		expect(t.server.times(shard(0))).toBe(4);
		expect(sum(t.waited)).toBe(7000);
		expect(
			t.progress.filter(({ state }) => state === 'retrying').map(({ retryIn }) => retryIn)
		).toEqual([1, 2, 1, 4, 3, 2, 1]);
	});

	test('no two readers come back at the same moment', async () => {
		const t = await trial();
		always(t, shard(0), { status: 503 });
		await t.download({ random: () => 0 });
		const early = sum(t.waited.splice(0));
		await t.download({ random: () => 0.999 });
		expect(early).toBe(3500);
		expect(sum(t.waited)).toBeGreaterThan(10_400);
	});

	test.each([
		['seconds', '30'],
		['a date', 'Thu, 26 Nov 2026 08:00:30 GMT']
	])('too many requests (429): the rest it wants, in %s, is kept', async (_, after) => {
		const t = await trial();
		t.server.fault = ({ path, nth }) =>
			path === shard(0) && nth === 1
				? { status: 429, headers: { 'retry-after': after } }
				: undefined;
		expect(await t.download({ random: () => 0 })).toEqual(complete);
		expect(sum(t.waited)).toBe(30_000);
	});

	test('after a rest that a server wanted, a class does not come back all at once', async () => {
		for (const [after, most] of [
			['100', 125_000],
			['1', 2000]
		] as const) {
			const t = await trial();
			t.server.fault = ({ path, nth }) =>
				path === shard(0) && nth === 1
					? { status: 429, headers: { 'retry-after': after } }
					: undefined;
			await t.download({ random: () => 1 });
			expect(sum(t.waited)).toBe(most);
		}
	});

	test('a server that forgets again and again what it has sent is not asked for ever', async () => {
		const t = await trial();
		t.server.fault = ({ path, nth }) => {
			if (path !== shard(0)) return undefined;
			if (nth % 3 === 1) return { cutAfter: 60_000 };
			return nth % 3 === 2 ? { cutAfter: 40_000 } : { status: 416 };
		};
		expect(await t.download()).toMatchObject({ state: 'failed' });
		expect(t.server.times(shard(0))).toBeLessThan(9);
	});

	test.each([
		['its server has told', { cutAfter: 0 }, sentences.notWhole('tokenizer.json', 3000, 0)],
		['nobody knows', { status: 503 }, sentences.broken('tokenizer.json')]
	] as const)('a file is told to end too early where its length %s', async (_, fault, sentence) => {
		const t = await trial();
		const path = `${folder}tokenizer.json`;
		t.server.fault = (asked) => {
			if (asked.path !== path) return undefined;
			return [{ cutAfter: 3000 }, fault, fault][asked.nth - 1] ?? { status: 416 };
		};
		const length = t.model.files.get(path)!.length.toLocaleString('en');
		expect(told(await t.download())).toBe(sentence.replace('of 0 bytes', `of ${length} bytes`));
	});

	test('a server that refuses the whole of a file as a part of it is not asked again', async () => {
		const t = await trial();
		always(t, shard(0), { status: 416 });
		const { host } = new URL(t.server.url);
		expect(told(await t.download())).toBe(sentences.missing('params_shard_0.bin', host, 416));
		expect(t.server.times(shard(0))).toBe(1);
	});

	test('an answer without a body is a file that ends too early', async () => {
		const t = await trial();
		const empty: typeof fetch = (input, init) =>
			String(input).endsWith(shard(0)) ? Promise.resolve(new Response(null)) : fetch(input, init);
		expect(told(await t.download({ fetch: empty }))).toBe(
			sentences.notWhole('params_shard_0.bin', 0, 200_000)
		);
	});

	test('an error of our own is told as one, and nothing is asked again', async () => {
		const t = await trial();
		always(t, shard(0), { status: 503 });
		let asked = 0;
		const date = () => {
			if (asked++) throw new TypeError('no clock');
			return new Date(0);
		};
		expect(told(await t.download({ date }))).toBe(sentences.broke('no clock'));
		expect(t.server.times(shard(0))).toBe(1);
	});

	test('too many requests (429) for good: a class is told why, and when', async () => {
		const t = await trial();
		always(t, shard(0), { status: 429, headers: { 'retry-after': '600' } });
		expect(told(await t.download())).toBe(sentences.tooMany(host(t), 600));
		expect(t.server.times(shard(0))).toBe(1);
		expect(t.waited).toEqual([]);
	});

	test.each([
		['by its type', { headers: { 'content-type': 'text/html; charset=utf-8' } }],
		['by its first bytes', { body: '\n <!DOCTYPE html><title>Sign in</title>' }]
	])('a web page in the file’s place is recognised %s and not kept', async (_, fault) => {
		const t = await trial();
		always(t, shard(0), fault);
		expect(told(await t.download())).toBe(sentences.webPage('params_shard_0.bin'));
		expect(await t.wrong()).toEqual([shard(0), shard(1)]);
		expect(t.pieces()).toEqual([]);
	});

	test('a host that cannot be reached is told, after three more tries', async () => {
		const t = await trial();
		let asked = 0;
		const outcome = await t.download({
			fetch: () => {
				asked++;
				return Promise.reject(new TypeError('Failed to fetch'));
			}
		});
		expect(told(outcome)).toBe(sentences.unreachable(host(t)));
		expect(asked).toBe(4);
	});

	test('being offline is told as such', async () => {
		const t = await trial();
		const outcome = await t.download({
			fetch: () => Promise.reject(new TypeError('Failed to fetch')),
			online: () => false
		});
		expect(told(outcome)).toBe(sentences.offline());
	});

	test('a connection that always breaks is told; what came stays', async () => {
		const t = await trial();
		t.server.fault = ({ path, offset }) =>
			path === shard(0) ? { cutAfter: offset ? 0 : 50_000 } : undefined;
		expect(told(await t.download())).toBe(sentences.broken('params_shard_0.bin'));
		t.server.fault = () => undefined;
		expect(await t.download()).toEqual(complete);
		expect(t.server.served).toBe(t.model.bytes);
	});

	test.each([
		['nothing at all comes', -1],
		['nothing more comes', 50_000]
	])('when %s, it is called a stall, asked for again, and told', async (_, hangAfter) => {
		const t = await trial();
		t.server.fault = ({ path, offset }) =>
			path === shard(0) ? { hangAfter: offset ? 0 : hangAfter } : undefined;
		const outcome = await t.download({ patience: { quiet: 150, dead: 500 } });
		expect(told(outcome)).toBe(sentences.stalled('params_shard_0.bin'));
		expect(t.server.times(shard(0))).toBe(4);
		expect(
			t.progress.filter(({ state, file }) => state === 'stalled' && file === 'params_shard_0.bin')
		).toHaveLength(4);
	});

	test('a file that ends too early, by the server’s own word, is told', async () => {
		const t = await trial();
		always(t, shard(0), { body: t.model.files.get(shard(0))!.slice(0, 77_777) });
		expect(told(await t.download())).toBe(
			sentences.notWhole('params_shard_0.bin', 77_777, 200_000)
		);
		expect(await t.wrong()).toContain(shard(0));
	});

	test('a file that is too long is fetched once more, and then told', async () => {
		const t = await trial();
		always(t, shard(0), { body: new Uint8Array(200_001) });
		expect(told(await t.download())).toBe(sentences.tooLong('params_shard_0.bin', 200_000));
		expect(t.server.times(shard(0))).toBe(2);
		expect(await t.wrong()).toContain(shard(0));
	});

	test('a list that names files outside its folder is not followed', async () => {
		const t = await trial();
		const list = { records: [{ dataPath: '../../../../secret.bin', nbytes: 5 }] };
		always(t, `${folder}tensor-cache.json`, { body: JSON.stringify(list) });
		expect(told(await t.download())).toBe(sentences.wrongList('tensor-cache.json'));
	});

	test.each([
		['no list', {}],
		['an empty one', { records: [] }],
		['lengths that are none', { records: [{ dataPath: 'a.bin', nbytes: -1 }] }],
		['nothing', null],
		['nothing in it', { records: [null] }]
	])('a list of shards with %s is told', async (_, list) => {
		const t = await trial();
		always(t, `${folder}tensor-cache.json`, { body: JSON.stringify(list) });
		expect(told(await t.download())).toBe(sentences.wrongList('tensor-cache.json'));
	});

	test('a list of shards that is another than the published one is told', async () => {
		const t = await trial({ published: true });
		const files = t.plan.manifest!.files.map((file) =>
			file.path === 'params_shard_1.bin' ? { ...file, bytes: file.bytes + 1 } : file
		);
		const outcome = await download(
			{ ...t.plan, manifest: { ...t.plan.manifest!, files } },
			{ signal: new AbortController().signal, around: t.defaults() }
		);
		expect(told(outcome)).toBe(sentences.wrongList('tensor-cache.json'));
	});

	test('a configuration without a tokenizer that web-llm reads is told', async () => {
		const t = await trial();
		always(t, `${folder}mlc-chat-config.json`, { body: '{"tokenizer_files":["vocab.txt"]}' });
		expect(told(await t.download())).toBe(sentences.wrongList('mlc-chat-config.json'));
	});
});
