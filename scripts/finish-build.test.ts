import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finishBuild, releaseDate } from './finish-build.mjs';
import { fromAnywhere } from './finish-build/not-found.mjs';
import { elements } from './finish-build/html.mjs';
import { mirrorsOf } from './finish-build/files.mjs';
import { headersFor, parseHeaders } from './serve/headers.mjs';

let folder: string;
const origin = 'https://tab.example';

function write(file: string, text: string) {
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	writeFileSync(join(folder, file), text);
}

function page(address: string, body: string, head = '') {
	const name = address.replaceAll('/', '') || 'front';
	write(
		`${address.slice(1)}index.html`,
		`<!doctype html><html><head><title>${name}</title><meta name="description" content="About ${name}">
		<link rel="canonical" href="${origin}${address}">${head}</head><body><h1>${name}</h1>${body}</body></html>`
	);
}

function finish(base = '', mirrors: string[] = []) {
	return finishBuild({ folder, origin, base, changed: '2026-11-25', mirrors });
}

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'finish-'));
	page('/', '<a href="./a/#part">A</a> <a href="https://elsewhere.example/">out</a>');
	page(
		'/a/',
		'<h2 id="part">Part</h2><a href="../">home</a><a href="#spike.as=everyone">state</a>'
	);
	write('404.html', '<!doctype html><title>Not here</title><h1>Not here</h1>');
	write('_app/immutable/entry.js', 'export const x = 1;');
	write('_app/immutable/style.css', 'a{background:url(./x.svg)}');
	write('pocket/weights-12345678.bin', 'ab'.repeat(400));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('files', () => {
	test('a sound build has no problem, and every page but the 404 in its sitemap', () => {
		expect(finish()).toEqual([]);
		const sitemap = readFileSync(join(folder, 'sitemap.xml'), 'utf8');
		expect(
			[...sitemap.matchAll(/<loc>(.*?)<\/loc><lastmod>(.*?)</g)].map(([, ...two]) => two)
		).toEqual([
			[`${origin}/`, '2026-11-25'],
			[`${origin}/a/`, '2026-11-25']
		]);
		expect(readFileSync(join(folder, 'robots.txt'), 'utf8')).toContain(
			`Sitemap: ${origin}/sitemap.xml`
		);
	});

	test('a second time gives the same bytes', () => {
		finish();
		const first = readFileSync(join(folder, 'sitemap.xml.br'));
		finish();
		expect(readFileSync(join(folder, 'sitemap.xml.br')).equals(first)).toBe(true);
	});

	test('weights are compressed too', () => {
		finish();
		expect(
			brotliDecompressSync(readFileSync(join(folder, 'pocket/weights-12345678.bin.br'))).toString()
		).toBe('ab'.repeat(400));
	});

	test('every page is told what a meta element cannot say, and a worker is confined', () => {
		write('_app/immutable/workers/pocket.js', '');
		finish();
		const rules = parseHeaders(readFileSync(join(folder, '_headers'), 'utf8'));
		const page = headersFor(rules, '/a/');
		expect(page.get('content-security-policy')).toBe("frame-ancestors 'none'");
		expect(page.get('x-content-type-options')).toBe('nosniff');
		expect(page.get('referrer-policy')).toBe('no-referrer');
		expect(page.get('permissions-policy')).toContain('camera=()');
		expect(page.has('cache-control')).toBe(false);
		const worker = headersFor(rules, '/_app/immutable/workers/pocket.js');
		expect(worker.get('content-security-policy')).toBe(
			"frame-ancestors 'none', default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
		);
		expect(worker.get('cache-control')).toContain('immutable');
	});

	test('the worker of web-llm alone may reach the hosts of models, and mirrors that the build names', () => {
		for (const name of ['worker-1.js', 'webllm-worker-2.js', 'chunks/llm.js']) {
			write(`_app/immutable/workers/${name}`, '');
		}
		const policyOf = (name: string, mirrors: string[] = []) => {
			finish('/tab', mirrors);
			const rules = parseHeaders(readFileSync(join(folder, '_headers'), 'utf8'));
			return headersFor(rules, `/tab/_app/immutable/workers/${name}`).get(
				'content-security-policy'
			);
		};
		expect(policyOf('worker-1.js')).toMatch(/; connect-src 'self'$/);
		const hosts =
			"connect-src 'self' https://huggingface.co https://*.huggingface.co https://*.hf.co https://raw.githubusercontent.com";
		expect(policyOf('webllm-worker-2.js')?.split('; ').at(-1)).toBe(hosts);
		expect(policyOf('webllm-worker-2.js', ['https://school.example'])?.split('; ').at(-1)).toBe(
			`${hosts} https://school.example`
		);
		expect(policyOf('chunks/llm.js')).toBe("frame-ancestors 'none'");
	});

	test('what the build names as a place of models must be an origin', () => {
		expect(mirrorsOf(' https://a.example  http://192.168.0.2:8080/ ')).toEqual([
			'https://a.example',
			'http://192.168.0.2:8080'
		]);
		expect(mirrorsOf(undefined)).toEqual([]);
		for (const wrong of [
			'a.example',
			'https://a.example/x',
			'ftp://a.example',
			"'unsafe-eval'",
			'*'
		]) {
			expect(() => mirrorsOf(wrong), wrong).toThrow('MODEL_HOSTS');
		}
	});

	test('lastmod is the date of the newest release', () => {
		expect(releaseDate('# Changelog\n\n## 0.2.0 (2027-01-02)\n\n## 0.1.0 (2026-11-25)\n')).toBe(
			'2027-01-02'
		);
		expect(() => releaseDate('# Changelog\n\n## Next\n')).toThrow('CHANGELOG.md');
	});
});

describe('what must not be shipped', () => {
	test.each<[string, string, string, string]>([
		['a dead link', '<a href="../b/">b</a>', '', '"../b/" leads nowhere'],
		['a link without its slash', '<a href="../a">a</a>', '', 'lacks its last slash'],
		['a dead anchor', '<a href="../a/#gone">a</a>', '', 'names an anchor'],
		['a dead picture', '<img src="./x.png" alt="">', '', '"./x.png" leads nowhere'],
		[
			'a dead social picture',
			'',
			'<meta property="og:image" content="https://tab.example/s.png">',
			's.png" leads nowhere'
		],
		[
			'a foreign script',
			'<script src="https://cdn.example/x.js"></script>',
			'',
			'loads https://cdn.example/x.js'
		],
		[
			'a foreign picture',
			'<img srcset="//cdn.example/x.png 2x" alt="">',
			'',
			'loads //cdn.example/x.png'
		],
		[
			'a foreign style',
			'',
			'<link rel="stylesheet" href="https://cdn.example/x.css">',
			'loads https://cdn.example/x.css'
		],
		[
			'a foreign ground',
			'<p style="background: url(https://cdn.example/x.png)"></p>',
			'',
			'loads https://cdn.example/x.png'
		],
		[
			'a form to elsewhere',
			'<form action="https://cdn.example/"></form>',
			'',
			'loads https://cdn.example/'
		],
		['a second h1', '<h1>More</h1>', '', 'has 2 h1'],
		[
			'a second canonical address',
			'',
			'<link rel="canonical" href="https://tab.example/b/">',
			'canonical address is not'
		]
	])('%s', (_, body, head, sentence) => {
		page('/c/', body, head);
		page('/d/', '<a href="../c/">c</a>');
		expect(finish()).toEqual([expect.stringContaining(sentence)]);
	});

	test('a page without title, description, h1 or canonical address', () => {
		write('c/index.html', '<!doctype html><title> </title><h1> </h1>');
		expect(finish().map((problem) => problem.replace('build/c/index.html: ', ''))).toEqual([
			'it has no title.',
			'it has no description.',
			'its h1 is empty.',
			`its canonical address is not ${origin}/c/.`
		]);
	});

	test('two pages with one title', () => {
		write(
			'c/index.html',
			readFileSync(join(folder, 'a/index.html'), 'utf8').replace('/a/"', '/c/"')
		);
		expect(finish()).toEqual([
			expect.stringContaining('the title of build/a/'),
			expect.stringContaining('the description of build/a/')
		]);
	});

	test('chance in a script, and a foreign url in a style sheet', () => {
		write('_app/immutable/b.js', 'const a=Math.random();');
		write('_app/immutable/style.css', '@import "https://cdn.example/x.css";');
		expect(finish()).toEqual([
			expect.stringContaining('style.css: it loads https://cdn.example/x.css'),
			expect.stringContaining('b.js: it uses Math.random')
		]);
	});

	test('a component drawn into a page that does not link its style', () => {
		write('_app/keep.css', '.row.svelte-abc123{display:none}');
		write('_app/other.css', '.row.svelte-xyz789{color:red}');
		const body = '<p class="row svelte-abc123">a</p><p class="svelte-nostyl">b</p>';
		page('/a/', `<h2 id="part">Part</h2>${body}`);
		expect(finish()).toEqual([expect.stringMatching(/a\/index\.html: .* style in keep\.css/)]);
		page(
			'/a/',
			`<h2 id="part">Part</h2>${body}`,
			'<link rel="stylesheet" href="../_app/keep.css">'
		);
		expect(finish()).toEqual([]);
		page('/a/', `<h2 id="part">Part</h2>${body}`, '<style>.row.svelte-abc123{x:y}</style>');
		expect(finish()).toEqual([]);
	});

	test('a ledger entry that the page does not cite', () => {
		write('_app/immutable/a.js', 'import{x}from"./b.js";import("./c.js");');
		write(
			'_app/immutable/b.js',
			'const x={id:`first-price`,statement:`A price.`},y={id:"p",statement:""}'
		);
		write('_app/immutable/c.js', 'const x={id:"later",statement:"Only when asked for."}');
		const preload = '<link rel="modulepreload" href="../_app/immutable/a.js">';
		page('/c/', '<a href="../a/">a</a>', preload);
		page(
			'/d/',
			'<a href="../c/">c</a><a href="https://elsewhere.example/ledger/first-price/">cited</a>',
			preload
		);
		const build = { folder, origin, base: '', changed: '2026-11-25', computed: new Set(['p']) };
		expect(finishBuild(build)).toEqual([
			'build/c/index.html: its script _app/immutable/b.js holds the ledger entry first-price, which the page does not cite.'
		]);
	});

	test('a link out of the base path', () => {
		for (const file of ['index.html', 'a/index.html']) {
			const html = readFileSync(join(folder, file), 'utf8');
			write(file, html.replace(`href="${origin}/`, `href="${origin}/base/`));
		}
		expect(finish('/base')).toEqual([]);
		page('/c/', '<a href="/a/">a</a>');
		const html = readFileSync(join(folder, 'c/index.html'), 'utf8');
		write('c/index.html', html.replace(`href="${origin}/`, `href="${origin}/base/`));
		expect(finish('/base')).toEqual([expect.stringContaining('"/a/" leads out of /base/')]);
	});
});

test('tags are read as they were written', () => {
	const found = elements(
		'<!-- <h1>no</h1> --><script>"<h1>no</h1>"</script><h1 class=big>A &amp; <em>B</em></h1><a href="?a=1&amp;b">x</a><input disabled>'
	);
	expect(found.map(({ name, attributes, text }) => [name, attributes, text])).toEqual([
		['script', {}, ''],
		['h1', { class: 'big' }, 'A & B'],
		['em', {}, ''],
		['a', { href: '?a=1&b' }, 'x'],
		['input', { disabled: '' }, '']
	]);
});

describe('404.html', () => {
	const hash = (code: string) => `sha256-${createHash('sha256').update(code).digest('base64')}`;
	const start = (base: string, at: string) =>
		`{ base: ${base} }; Promise.all([import("${at}/_app/a.js")]).then(([kit, app]) => { kit.start(app); });`;
	const page = (code: string, at: string) =>
		`<meta content="script-src '${hash('first')}' '${hash(code)}'"><link href="${at}/_app/a.css"><script>first</script><script>${code}</script><a href="${at}/">home</a>`;
	const here = 'new URL(".", location).pathname.slice(0, -1)';

	test('works at any address, and its policy names its script as it is now', () => {
		expect(fromAnywhere(page(start(here, '.'), '.'), '')).toBe(page(start('""', ''), ''));
		expect(fromAnywhere(page(start(here, '.'), '.'), '/base')).toBe(
			page(start('"/base"', '/base'), '/base')
		);
	});

	test('a start script of another form is an error, not a page that stays dead', () => {
		expect(() => fromAnywhere(page(start('location.href', '.'), '.'), '')).toThrow('404.html');
		expect(() => fromAnywhere('<script>first</script>', '')).toThrow('404.html');
	});
});
