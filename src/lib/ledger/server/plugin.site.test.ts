import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createServer, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledger } from './plugin.ts';
import { folder } from './read.ts';

let root: string;
let server: ViteDevServer | undefined;

const figures = () => join(root, folder, 'figures.yaml');

function write(name: string, text: string) {
	mkdirSync(join(root, name, '..'), { recursive: true });
	writeFileSync(join(root, name), text);
}

/** A site of one script, built with the ledger and nothing else. */
function bundle(entry: string) {
	write('main.ts', entry);
	return build({
		root,
		configFile: false,
		logLevel: 'silent',
		plugins: [ledger()],
		build: { write: false, minify: false, rolldownOptions: { input: join(root, 'main.ts') } }
	});
}

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'ledger-site-'));
	cpSync('content/ledger', join(root, folder), { recursive: true });
});

afterEach(async () => {
	await server?.close();
	server = undefined;
	rmSync(root, { recursive: true, force: true });
});

test('a build carries the entry that is imported, and no other', async () => {
	const result = await bundle(
		"import cost from 'virtual:ledger/figure/gpt4-cost-estimates';\nconsole.log(cost);\n"
	);
	const code = JSON.stringify(result);
	expect(code).toContain('gpt4-cost-estimates');
	expect(code).not.toContain('gemini-ultra-cost');
});

test('a build fails at the file and line that asks for an entry there is not', async () => {
	await expect(
		bundle("\nimport cost from 'virtual:ledger/figure/gpt-9-cost';\nconsole.log(cost);\n")
	).rejects.toThrow('main.ts:2: the ledger has no entry "gpt-9-cost"');
});

test('a build fails when an entry has lost its source, with file and line', async () => {
	const text = readFileSync(figures(), 'utf8').replace(/ {2}source:\n(?: {4}.*\n)+/, '');
	writeFileSync(figures(), text);
	await expect(bundle('console.log(1);\n')).rejects.toThrow(
		/content\/ledger\/figures\.yaml:\d+: "transformer-2017-cost" has no source/
	);
});

test('a build fails when the whole ledger would go into a page', async () => {
	await expect(
		bundle("import all from 'virtual:ledger/all';\nconsole.log(all);\n")
	).rejects.toThrow('virtual:ledger/all is for server code');
});

test('a development server serves a change of the ledger at once', async () => {
	write('main.ts', "export { default } from 'virtual:ledger/figure/rule-2n';\n");
	server = await createServer({
		root,
		configFile: false,
		logLevel: 'silent',
		plugins: [ledger()],
		optimizeDeps: { noDiscovery: true },
		server: { middlewareMode: true, ws: false }
	});
	const read = async () => (await server!.ssrLoadModule('/main.ts')).default.value;
	expect(await read()).toBe(2);

	const before = readFileSync(figures(), 'utf8');
	const after = before.replace(/(id: rule-2n\n[\s\S]*?value: )2\n/, '$13\n');
	expect(after).not.toBe(before);
	// The watcher needs a moment before it can notice anything.
	await new Promise((resolve) => setTimeout(resolve, 300));
	writeFileSync(figures(), after);

	await expect.poll(read, { timeout: 5000 }).toBe(3);
});
