import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from './serve.mjs';
import { headersFor, parseHeaders } from './serve/headers.mjs';
import { chooseEncoding, parseRange } from './serve/negotiate.mjs';

const outside = mkdtempSync(join(tmpdir(), 'serve-'));
const folder = join(outside, 'build');
const big = Buffer.alloc(50_000, 'abcdefghij');
let server: Awaited<ReturnType<typeof serve>>;

/** Sends the path as it is: fetch would tidy it first. */
function get(
	path: string,
	headers: Record<string, string> = {},
	method = 'GET',
	port = server.port
) {
	return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>(
		(done, failed) => {
			const sent = httpRequest({ host: '127.0.0.1', port, path, headers, method }, (response) => {
				const parts: Buffer[] = [];
				response.on('data', (part) => parts.push(part));
				response.on('end', () =>
					done({
						status: response.statusCode ?? 0,
						headers: response.headers as Record<string, string>,
						body: Buffer.concat(parts)
					})
				);
			});
			sent.on('error', failed);
			sent.end();
		}
	);
}

beforeAll(async () => {
	for (const part of ['x', 'empty', '_app/immutable/workers', 'pocket']) {
		mkdirSync(join(folder, part), { recursive: true });
	}
	writeFileSync(join(folder, 'index.html'), '<h1>Front</h1>');
	writeFileSync(join(folder, 'index.html.br'), brotliCompressSync('<h1>Front</h1>'));
	writeFileSync(join(folder, 'index.html.gz'), gzipSync('<h1>Front</h1>'));
	writeFileSync(join(folder, 'x/index.html'), '<h1>X</h1>');
	writeFileSync(join(folder, '404.html'), '<h1>Not here</h1>');
	writeFileSync(join(folder, '.nojekyll'), '');
	writeFileSync(join(folder, '_app/immutable/a.js'), 'export {}');
	writeFileSync(join(folder, '_app/immutable/workers/w.js'), 'export {}');
	writeFileSync(join(folder, 'pocket/weights.bin'), big);
	writeFileSync(
		join(folder, '_headers'),
		"# every page\n/*\n  X-Frame-Options: DENY\n  Content-Security-Policy: frame-ancestors 'none'\n\n/_app/immutable/workers/*\n  Content-Security-Policy: default-src 'none'\n"
	);
	writeFileSync(join(outside, 'secret.txt'), 'secret');
	symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
	server = await serve({ folder });
});

afterAll(async () => {
	await server.close();
	rmSync(outside, { recursive: true });
});

describe('addresses', () => {
	test('a folder answers with its index', async () => {
		const { status, headers, body } = await get('/x/');
		expect([status, body.toString()]).toEqual([200, '<h1>X</h1>']);
		expect(headers['content-type']).toBe('text/html; charset=utf-8');
	});

	test('a folder without its slash moves for good, and the query goes along', async () => {
		const { status, headers } = await get('/x?a=1?b');
		expect([status, headers.location]).toEqual([308, '/x/?a=1?b']);
	});

	test('a redirect cannot leave this host', async () => {
		expect((await get('//x')).headers.location).toBe('/x/');
	});

	test.each(['/y', '/y/', '/empty', '/empty/', '/x/index.html/'])(
		'%s is not there: 404.html, with 404',
		async (path) => {
			const { status, body, headers } = await get(path);
			expect([status, body.toString()]).toEqual([404, '<h1>Not here</h1>']);
			expect(headers['x-frame-options']).toBe('DENY');
		}
	);

	test.each([
		'/../secret.txt',
		'/x/../../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/..%5csecret.txt',
		'/link.txt',
		'/.nojekyll',
		'/_headers'
	])('%s gives nothing away', async (path) => {
		const { status, body } = await get(path);
		expect([status, body.toString()]).toEqual([404, '<h1>Not here</h1>']);
	});

	test.each(['/%', '/%00', '/a%00.html'])('%s is not an address', async (path) => {
		expect((await get(path)).status).toBe(400);
	});

	test('only GET and HEAD are answered', async () => {
		const { status, headers } = await get('/', {}, 'POST');
		expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
	});
});

describe('what is sent', () => {
	test('HEAD has the headers and length of GET, and no body', async () => {
		const { status, headers, body } = await get('/x/', {}, 'HEAD');
		expect([status, headers['content-length'], body.length]).toEqual([200, '10', 0]);
	});

	test('brotli when it is accepted, else gzip, else as it is', async () => {
		const br = await get('/', { 'accept-encoding': 'gzip, deflate, br' });
		expect(br.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(br.body).toString()).toBe('<h1>Front</h1>');
		expect(br.headers.vary).toBe('Accept-Encoding');
		expect(
			(await get('/', { 'accept-encoding': 'br;q=0, gzip' })).headers['content-encoding']
		).toBe('gzip');
		const none = await get('/');
		expect([none.headers['content-encoding'], none.headers.vary]).toEqual([
			undefined,
			'Accept-Encoding'
		]);
	});

	test('a tag that still holds is answered with 304, one of another encoding is not', async () => {
		const br = (await get('/', { 'accept-encoding': 'br' })).headers.etag;
		const again = await get('/', { 'accept-encoding': 'br', 'if-none-match': `"other", W/${br}` });
		expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, br]);
		expect((await get('/', { 'if-none-match': br })).status).toBe(200);
	});

	test('files named by their hash are kept for ever, pages are asked for again', async () => {
		expect((await get('/_app/immutable/a.js')).headers['cache-control']).toBe(
			'public, max-age=31536000, immutable'
		);
		expect((await get('/_app/immutable/gone.js')).headers['cache-control']).toBe('no-cache');
		expect((await get('/')).headers['cache-control']).toBe('no-cache');
	});

	test('a range of a big file', async () => {
		const part = await get('/pocket/weights.bin', { range: 'bytes=10-19' });
		expect([part.status, part.body.toString()]).toEqual([206, 'abcdefghij']);
		expect(part.headers['content-range']).toBe('bytes 10-19/50000');
		const past = await get('/pocket/weights.bin', { range: 'bytes=50000-' });
		expect([past.status, past.headers['content-range']]).toEqual([416, 'bytes */50000']);
		const stale = await get('/pocket/weights.bin', { range: 'bytes=10-19', 'if-range': '"old"' });
		expect([stale.status, stale.body.length]).toEqual([200, 50_000]);
	});

	test('_headers is applied, and two policies both hold', async () => {
		expect((await get('/')).headers['x-frame-options']).toBe('DENY');
		expect((await get('/_app/immutable/workers/w.js')).headers['content-security-policy']).toBe(
			"frame-ancestors 'none', default-src 'none'"
		);
	});

	test('a fault answers in the place of the server', async () => {
		const faulty = await serve({
			folder,
			fault: (path, _, response) => {
				if (!path.endsWith('.bin')) return;
				response.writeHead(500).end('broken');
				return true;
			}
		});
		try {
			const fetched = await get('/pocket/weights.bin', {}, 'GET', faulty.port);
			expect([fetched.status, fetched.body.toString()]).toEqual([500, 'broken']);
			expect((await get('/x/', {}, 'GET', faulty.port)).status).toBe(200);
		} finally {
			await faulty.close();
		}
	});

	test('under a base path, and only there', async () => {
		const based = await serve({ folder, base: '/any/prefix' });
		try {
			const at = (path: string) => get(path, {}, 'GET', based.port);
			expect((await at('/any/prefix/x/')).body.toString()).toBe('<h1>X</h1>');
			expect((await at('/any/prefix/x')).headers.location).toBe('/any/prefix/x/');
			expect((await at('/any/prefix')).headers.location).toBe('/any/prefix/');
			expect((await at('/')).headers.location).toBe('/any/prefix/');
			expect((await at('/x/')).status).toBe(404);
			expect((await at('/any/prefixed/x/')).status).toBe(404);
		} finally {
			await based.close();
		}
	});
});

describe('headers', () => {
	test('* stands for anything, :name for one part, ! removes', () => {
		const rules = parseHeaders('/*\n  A: 1\n/a/:b/c\n  B: 2\n/a/*.txt\n  ! A\n');
		expect([...headersFor(rules, '/a/x/c')]).toEqual([
			['a', '1'],
			['b', '2']
		]);
		expect([...headersFor(rules, '/a/x/y/c')]).toEqual([['a', '1']]);
		expect([...headersFor(rules, '/a/q.txt')]).toEqual([]);
		expect([...headersFor(rules, '/a/qxtxt')]).toEqual([['a', '1']]);
	});

	test('a line that is none of these is named', () => {
		expect(() => parseHeaders('/*\n  A: 1\n  nonsense')).toThrow('_headers:3');
		expect(() => parseHeaders('  A: 1')).toThrow('_headers:1');
	});
});

describe('what a request asks for', () => {
	test.each([
		['br, gzip', 'br'],
		['gzip;q=1.0, br;q=0.5', 'gzip'],
		['*', 'br'],
		['*;q=0', undefined],
		['br;q=0, *', 'gzip'],
		['identity, br;q=0.5', undefined],
		['BR', 'br'],
		['br;q=oops', undefined],
		[undefined, undefined]
	])('Accept-Encoding %s is answered with %s', (header, encoding) => {
		expect(chooseEncoding(header, ['br', 'gzip'])).toBe(encoding);
	});

	test.each([
		['bytes=0-0', { start: 0, end: 0 }],
		['bytes=5-', { start: 5, end: 9 }],
		['bytes=-3', { start: 7, end: 9 }],
		['bytes=-30', { start: 0, end: 9 }],
		['bytes=5-99', { start: 5, end: 9 }],
		['bytes=10-', 'unsatisfiable'],
		['bytes=-0', 'unsatisfiable'],
		['bytes=6-5', undefined],
		['bytes=0-1,3-4', undefined],
		['lines=0-1', undefined],
		['bytes=-', undefined]
	])('Range %s of ten bytes', (header, range) => {
		expect(parseRange(header, 10)).toEqual(range);
	});
});

describe('the command', () => {
	function run(port: number) {
		const child = spawn(process.execPath, ['scripts/serve.mjs'], {
			env: { ...process.env, PORT: String(port), RUNNING_TAB_BUILD: folder }
		});
		let output = '';
		child.stdout.on('data', (part) => (output += part));
		child.stderr.on('data', (part) => (output += part));
		const ended = new Promise<number | null>((done) => child.on('exit', done));
		return { child, ended, output: () => output };
	}

	test('a busy port is one plain sentence and exit 1', async () => {
		const busy = createServer();
		const port = await new Promise<number>((done) =>
			busy.listen(0, '127.0.0.1', () => done((busy.address() as { port: number }).port))
		);
		try {
			const { ended, output } = run(port);
			expect(await ended).toBe(1);
			expect(output()).toBe(
				`Port ${port} is in use: stop what uses it, or name another, as in PORT=${port + 1} npm start.\n`
			);
		} finally {
			busy.close();
		}
	});

	test('SIGTERM ends it at once, with an open connection too', async () => {
		const { child, ended, output } = run(0);
		while (!output().includes('http')) await new Promise((done) => setTimeout(done, 20));
		const port = Number(/:(\d+)\//.exec(output())?.[1]);
		expect((await get('/x/', { connection: 'keep-alive' }, 'GET', port)).status).toBe(200);
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
	});
});
