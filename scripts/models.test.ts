import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { models } from '#lib/engine/webllm/catalogue.ts';
import { inFolder, libraryOf } from '#lib/engine/webllm/download/files.ts';
import { libraryName, mirrorAt, placeOf } from '#lib/engine/webllm/place.ts';
import { main, sumOf } from './models.ts';
import { mirror } from './models/mirror.ts';

const hash = (kind: string, bytes: Uint8Array) => createHash(kind).update(bytes).digest('hex');

/** Bytes that no two files share, and that are the same in every run. */
function noise(seed: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	let state = seed;
	for (let i = 0; i < length; i++) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		bytes[i] = state >>> 24;
	}
	return bytes;
}

/** A synthetic model: what a real one is made of, in small. */
function synthetic() {
	const shards = [noise(1, 300_000), noise(2, 170_001), noise(3, 5)];
	return new Map<string, Buffer>([
		['mlc-chat-config.json', Buffer.from('{"tokenizer_files":["tokenizer.json","vocab.json"]}')],
		['tokenizer.json', Buffer.from(`{"noise":"${noise(4, 20_000).toString('base64')}"}`)],
		[
			'tensor-cache.json',
			Buffer.from(
				JSON.stringify({
					records: shards.map((shard, i) => ({
						dataPath: `params_shard_${i}.bin`,
						nbytes: shard.length,
						md5sum: hash('md5', shard)
					}))
				})
			)
		],
		...shards.map((shard, i) => [`params_shard_${i}.bin`, shard] as const),
		['demo-webgpu.wasm', Buffer.concat([Buffer.from('\0asm'), noise(5, 50_000)])]
	]);
}

const commit = '0123456789abcdef0123456789abcdef01234567';

let files = synthetic();
let asked: { path: string; range: string | undefined; sent: number }[] = [];
/** Answers in the server's place; true where it did. */
let fault: (name: string, request: IncomingMessage, response: ServerResponse) => boolean;
let headers: Record<string, string> = {};
let server: Server;
let base: string;
let folder: string;
let waits: number[];
let breaking: { at: number; response: ServerResponse } | undefined;

beforeAll(async () => {
	server = createServer((request, response) => {
		const name = request.url!.split('/').at(-1)!;
		const entry = { path: request.url!, range: request.headers.range, sent: 0 };
		if (request.method !== 'HEAD') asked.push(entry);
		const write = response.write.bind(response) as (chunk: Buffer) => boolean;
		response.write = ((chunk: Buffer) => {
			entry.sent += chunk.length;
			return write(chunk);
		}) as typeof response.write;
		if (fault(name, request, response)) return;
		const file = files.get(name);
		if (!file) return void response.writeHead(404).end();
		const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
		const rest = file.subarray(from);
		response.writeHead(from ? 206 : 200, {
			'content-length': rest.length,
			...(from ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
			...headers
		});
		if (request.method === 'HEAD') return void response.end();
		response.write(rest);
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => void server.close());

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'running-tab-models-'));
	files = synthetic();
	asked = [];
	waits = [];
	breaking = undefined;
	headers = {};
	fault = () => false;
});

afterEach(() => rmSync(folder, { recursive: true }));

const options = {
	wait: async (ms: number) => waits.push(ms),
	progress(bytes: number) {
		if (breaking && bytes >= breaking.at) breaking.response.destroy();
	}
};
const model = () => ({
	id: 'demo-q4f16_1-MLC',
	home: `${base}mlc-ai/demo/resolve/main/`,
	library: `${base}libs/v0_2_86/base/demo-webgpu.wasm`
});
const get = () => mirror(model(), folder, { at: 'home' }, options);
const count = (name: string) => asked.filter(({ path }) => path.endsWith(`/${name}`)).length;
const total = () => [...files.values()].reduce((sum, { length }) => sum + length, 0);
const sent = () => asked.reduce((sum, entry) => sum + entry.sent, 0);
const onDisk = (name: string) =>
	readFileSync(join(folder, model().id, name.endsWith('.wasm') ? '' : 'resolve/main', name));
const library = 'v0_2_86-demo-webgpu.wasm';

/** Sends `part` of a file, and breaks the connection when that has arrived. */
function cut(name: string, request: IncomingMessage, response: ServerResponse, part: number) {
	const file = files.get(name)!;
	const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
	response.writeHead(from ? 206 : 200, {
		'content-length': file.length - from,
		...(from ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {})
	});
	const length = Math.floor((file.length - from) * part);
	breaking = { at: from + length, response };
	if (length) response.write(file.subarray(from, from + length));
	else response.flushHeaders();
	if (!length) setTimeout(() => response.destroy(), 20);
	return true;
}

describe('a model', () => {
	test('is written with its library and a manifest, every file as it was', async () => {
		const manifest = await get();
		for (const [name, bytes] of files) {
			const path = name.endsWith('.wasm') ? library : name;
			expect(onDisk(path).equals(bytes)).toBe(true);
			expect(manifest.files).toContainEqual({
				path,
				bytes: bytes.length,
				sha256: hash('sha256', bytes)
			});
		}
		expect(manifest).toMatchObject({ schema: 1, id: model().id, revision: 'main' });
		expect(manifest.files.length).toBe(files.size);
		const written = readFileSync(join(folder, model().id, 'manifest.json'), 'utf8');
		expect(JSON.parse(written)).toEqual(manifest);
		expect(
			readdirSync(folder, { recursive: true }).filter((name) => /part$/.test(String(name)))
		).toEqual([]);
		expect(sent()).toBe(total());
	});

	test('is pinned to the commit that its home names', async () => {
		headers = { 'x-repo-commit': commit };
		expect((await get()).revision).toBe(commit);
		const paths = asked.map(({ path }) => path).filter((path) => path.includes('resolve'));
		expect(paths.every((path) => path.includes(`/resolve/${commit}/`))).toBe(true);
	});

	test('is not fetched again when all of it is there and right', async () => {
		await get();
		asked = [];
		await get();
		expect(asked).toEqual([]);
	});

	test('that has changed at home is checked against its new list, not the old one', async () => {
		headers = { 'x-repo-commit': commit };
		await get();
		headers = { 'x-repo-commit': commit.replace('0', 'f') };
		files.set('tokenizer.json', Buffer.from('{}'));
		asked = [];
		const manifest = await get();
		expect(manifest.revision).not.toBe(commit);
		expect(onDisk('tokenizer.json').toString()).toBe('{}');
		// The weights are the same by the new list, so they stay.
		expect(count('params_shard_0.bin')).toBe(0);
	});

	test('whose file was damaged on the disk gets that file again, alone', async () => {
		await get();
		const path = join(folder, model().id, 'resolve/main/params_shard_1.bin');
		const bytes = readFileSync(path);
		bytes[99_999] ^= 1;
		writeFileSync(path, bytes);
		asked = [];
		await get();
		expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual(['params_shard_1.bin']);
		expect(onDisk('params_shard_1.bin').equals(files.get('params_shard_1.bin')!)).toBe(true);
	});
});

describe('a mirror', () => {
	test('lists what a browser then looks for there, at the same addresses', async () => {
		const manifest = await get();
		const source = mirrorAt('https://school.example/mirror/', 'http://localhost/');
		const place = placeOf(model(), source);
		for (const { path, bytes, sha256 } of manifest.files) {
			const wanted = path.endsWith('.wasm')
				? libraryOf(place, manifest)
				: inFolder(place, path, manifest);
			expect(wanted).toMatchObject({ bytes, sha256 });
			const within = decodeURIComponent(wanted.address.replace(source.base, ''));
			expect(hash('sha256', readFileSync(join(folder, within)))).toBe(sha256);
		}
	});

	test('of a mirror is the same, and its hashes are checked', async () => {
		const published = await get();
		const first = join(folder, model().id);
		fault = (name, request, response) => {
			const path = request.url!.replace(/^\/[^/]+/, '');
			try {
				response.end(readFileSync(join(first, path)));
			} catch {
				response.writeHead(404).end();
			}
			return true;
		};
		const source = mirrorAt(base, 'http://localhost/');
		const second = mkdtempSync(join(tmpdir(), 'running-tab-models-'));
		try {
			expect(await mirror(model(), second, source, options)).toEqual(published);

			// The mirror's own list says otherwise than its file: one bit is enough.
			const bytes = readFileSync(join(first, 'resolve/main/tokenizer.json'));
			bytes[5] ^= 1;
			writeFileSync(join(first, 'resolve/main/tokenizer.json'), bytes);
			rmSync(join(second, model().id), { recursive: true });
			await expect(mirror(model(), second, source, options)).rejects.toThrow(/SHA-256 differs/);
		} finally {
			rmSync(second, { recursive: true });
		}
	});
});

describe('an interruption', () => {
	test.each([0.02, 0.2, 0.5, 0.77, 0.99])(
		'at %d of every file of weights costs at most a tenth more',
		async (part) => {
			const broken = new Set<string>();
			fault = (name, request, response) => {
				if (!/^params/.test(name) || broken.has(name)) return false;
				broken.add(name);
				return cut(name, request, response, part);
			};
			await get();
			expect(broken.size).toBe(3);
			expect(sent()).toBeLessThanOrEqual(1.1 * total());
			expect(onDisk('params_shard_0.bin').equals(files.get('params_shard_0.bin')!)).toBe(true);
		}
	);

	test('of the program itself goes on from there on the next call', async () => {
		fault = (name, request, response) =>
			name === 'params_shard_0.bin' && cut(name, request, response, 0.2);
		await expect(get()).rejects.toThrow(/cut off/);
		// Four attempts, each a fifth of the rest further: 300,000 × (1 − 0.8⁴).
		expect(count('params_shard_0.bin')).toBe(4);
		expect(waits).toEqual([1000, 2000, 4000]);
		fault = () => false;
		asked = [];
		await get();
		const begun = Number(/\d+/.exec(asked.find(({ path }) => /shard_0/.test(path))!.range!)![0]);
		expect(begun).toBe(177_120);
		expect(onDisk('params_shard_0.bin').equals(files.get('params_shard_0.bin')!)).toBe(true);
	});

	test('where the server cannot go on begins the file anew', async () => {
		let times = 0;
		fault = (name, request, response) => {
			if (name !== 'params_shard_0.bin') return false;
			if (times++ === 0) return cut(name, request, response, 0.5);
			delete request.headers.range;
			return false;
		};
		await get();
		expect(times).toBe(2);
		expect(onDisk('params_shard_0.bin').equals(files.get('params_shard_0.bin')!)).toBe(true);
	});

	test('leaves nothing behind that could be taken for the start of another version', async () => {
		await get();
		rmSync(join(folder, model().id, 'manifest.json'));
		writeFileSync(join(folder, model().id, 'resolve/main/tokenizer.json.part'), '{"old":');
		await get();
		expect(onDisk('tokenizer.json').equals(files.get('tokenizer.json')!)).toBe(true);
	});

	test('where the server answers with another range is noticed', async () => {
		let times = 0;
		fault = (name, request, response) => {
			if (name !== 'params_shard_0.bin') return false;
			if (times++ === 0) return cut(name, request, response, 0.5);
			if (times > 2) return false;
			response.writeHead(206, { 'content-range': 'bytes 0-9/300000' });
			response.write(files.get(name)!.subarray(0, 10));
			response.end();
			return true;
		};
		await get();
		expect(times).toBe(3);
		expect(onDisk('params_shard_0.bin').equals(files.get('params_shard_0.bin')!)).toBe(true);
	});
});

describe('a bad answer', () => {
	test.each([...synthetic().keys()].filter((name) => /params/.test(name)))(
		'of one flipped bit in %s is fetched again, and given up when it stays',
		async (name) => {
			const flipped = Buffer.from(files.get(name)!);
			flipped[flipped.length >> 1] ^= 1;
			let times = 0;
			fault = (asked, _, response) => {
				if (asked !== name || times++ > 0) return false;
				response.write(flipped);
				response.end();
				return true;
			};
			await get();
			expect(times).toBe(2);
			expect(onDisk(name).equals(files.get(name)!)).toBe(true);

			rmSync(join(folder, model().id), { recursive: true });
			files.set(name, flipped);
			await expect(get()).rejects.toThrow(/not arrive as it was published.*differs/);
		}
	);

	test.each([
		['by its type', { 'content-type': 'text/html; charset=utf-8' }, 'Sign in'],
		[
			'by its first bytes',
			{ 'content-type': 'application/octet-stream' },
			'\n<!DOCTYPE html><p>Sign in'
		]
	])('that is a web page is known %s, and asked for once', async (_, headers, body) => {
		fault = (name, __, response) => {
			if (name !== 'params_shard_0.bin') return false;
			response.writeHead(200, headers).end(body);
			return true;
		};
		await expect(get()).rejects.toThrow(/a web page came.*sign-in/);
		expect(count('params_shard_0.bin')).toBe(1);
	});

	test.each([403, 404, 451])('%i is told and not asked for again', async (status) => {
		fault = (name, _, response) =>
			name === 'tokenizer.json' && Boolean(response.writeHead(status).end());
		await expect(get()).rejects.toThrow(`the server answered ${status}`);
		expect(count('tokenizer.json')).toBe(1);
		expect(waits).toEqual([]);
	});

	test.each([
		['7', 7000],
		['3600', 60_000],
		['soon', 1000]
	])('429 with Retry-After %s waits %i ms, and goes on', async (after, ms) => {
		let times = 0;
		fault = (name, _, response) =>
			name === 'tokenizer.json' &&
			times++ === 0 &&
			Boolean(response.writeHead(429, { 'retry-after': after }).end());
		await get();
		expect(waits).toEqual([ms]);
	});

	test('429 with a date waits until then', async () => {
		let times = 0;
		fault = (name, _, response) =>
			name === 'tokenizer.json' &&
			times++ === 0 &&
			Boolean(
				response
					.writeHead(429, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() })
					.end()
			);
		await get();
		expect(waits[0]).toBeGreaterThan(27_000);
		expect(waits[0]).toBeLessThanOrEqual(30_000);
	});

	test('that never ends is given up after a while, and told', async () => {
		fault = (name, _, response) => {
			if (name !== 'tokenizer.json') return false;
			response.writeHead(200, { 'content-length': '1000' });
			response.write('{');
			return true;
		};
		const impatient = { ...options, patience: 300 };
		await expect(mirror(model(), folder, { at: 'home' }, impatient)).rejects.toThrow(
			/brought nothing for 0\.3 s/
		);
		expect(count('tokenizer.json')).toBe(4);
	});

	test('that is no JSON, no list of weights, or no program is told', async () => {
		const whole = new Map(files);
		for (const [name, bytes, says] of [
			['mlc-chat-config.json', 'oops', /is not JSON/],
			['mlc-chat-config.json', '{"tokenizer_files":["vocab.json"]}', /names no tokenizer/],
			['tensor-cache.json', '{"records":[]}', /lists no weights/],
			['demo-webgpu.wasm', 'MZ and so on', /not a WebAssembly program/]
		] as const) {
			files = new Map(whole).set(name, Buffer.from(bytes));
			await expect(get()).rejects.toThrow(says);
		}
		files = whole;
		await get();
		expect(onDisk(library).equals(files.get('demo-webgpu.wasm')!)).toBe(true);
	});

	test.each(['../../evil.bin', '/etc/passwd', '..', 'a/b.bin', '.hidden', 'a\\b', ''])(
		'that names a file %j writes nothing there',
		async (dataPath) => {
			files.set('tensor-cache.json', Buffer.from(JSON.stringify({ records: [{ dataPath }] })));
			await expect(get()).rejects.toThrow(/no plain name/);
			expect(asked.every(({ path }) => !/evil|passwd|hidden/.test(path))).toBe(true);
		}
	);
});

describe('the command', () => {
	const run = async (...args: string[]) => {
		const said: string[] = [];
		const say = (line: string) => void said.push(line);
		return { code: await main(args, say, say), said: said.join('\n') };
	};

	test('lists the models when it is called wrongly', async () => {
		for (const args of [
			[],
			['no-such-model', folder],
			[models[0].id],
			[models[0].id, folder, '--from']
		]) {
			const { code, said } = await run(...args);
			expect(code).toBe(2);
			for (const { id } of models) expect(said).toContain(id);
		}
	});

	test('refuses addresses that cannot be a mirror', async () => {
		expect(await run(models[0].id, folder, '--from', 'models')).toEqual({
			code: 1,
			said: '--from needs a whole address, not models'
		});
		expect((await run(models[0].id, folder, '--from', 'http://example.org/')).said).toMatch(
			/https/
		);
	});

	test('fetches a model from a mirror, and says what it wrote', async () => {
		const [first] = models;
		files.set(libraryName(first), files.get('demo-webgpu.wasm')!);
		const { code, said } = await run(first.id, folder, '--from', base);
		expect(code).toBe(0);
		expect(said).toMatch(
			/params_shard_2\.bin\n.*\n7 files, 0\.5 MB, revision main\nSHA-256 of the whole: [0-9a-f]{64}$/
		);
	});

	test('tells a failure, and that the same command goes on', async () => {
		const { code, said } = await run(models[0].id, folder, '--from', base);
		expect(code).toBe(1);
		expect(said).toMatch(/the server answered 404\.\nWhat has come is kept/);
	});

	test('sums a model up whatever the order of its files', () => {
		const [a, b] = ['a', 'b'].map((path) => ({
			path,
			bytes: 1,
			sha256: hash('sha256', Buffer.from(path))
		}));
		const rest = { schema: 1, id: 'x', revision: 'main' } as const;
		expect(sumOf({ ...rest, files: [a, b] })).toBe(sumOf({ ...rest, files: [b, a] }));
		const lines = [`${a.sha256}  a\n`, `${b.sha256}  b\n`].sort().join('');
		expect(sumOf({ ...rest, files: [a, b] })).toBe(hash('sha256', Buffer.from(lines)));
	});
});
