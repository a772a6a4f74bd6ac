#!/usr/bin/env node
/**
 * Runs a TypeScript file of this repository: `node scripts/run.mjs scripts/train.ts [arguments]`.
 * Node 20 runs no TypeScript, so the file is bundled first by the rolldown that Vite brings (1 s).
 */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
	console.error('usage: node scripts/run.mjs FILE.ts [arguments]');
	process.exit(2);
}

// Inside node_modules, so that bare imports of the bundle still resolve from here.
const folder = join(root, 'node_modules', '.running-tab', `${process.pid}`);
mkdirSync(folder, { recursive: true });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const bundle = await rolldown({
	input: resolve(root, entry),
	platform: 'node',
	cwd: root,
	logLevel: 'warn',
	external: (id) =>
		!id.startsWith('.') && !id.startsWith('#') && !id.startsWith('/') && !id.startsWith('\0')
});
const { output } = await bundle.write({
	dir: folder,
	format: 'esm',
	entryFileNames: 'main.mjs',
	chunkFileNames: '[name]-[hash].mjs'
});
await bundle.close();

process.argv = [process.argv[0], resolve(root, entry), ...rest];
process.chdir(root);
await import(pathToFileURL(join(folder, output[0].fileName)).href);
