/**
 * Fetches all files of a model for the GPU, and lists their lengths and hashes: `npm run models -- ID FOLDER [--from ADDRESS]`.
 * The folder, served by any web server that allows other origins, is a mirror. Without arguments it lists the models.
 */
import { createHash } from 'node:crypto';
import { models } from '#lib/engine/webllm/catalogue.ts';
import type { Manifest } from '#lib/engine/webllm/model.ts';
import { mirrorAt, WrongAddress, type Source } from '#lib/engine/webllm/place.ts';
import { mirror } from './models/mirror.ts';
import { Failed } from './models/save.ts';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** @returns the exit code: 0, 1 where something failed, 2 where it was called wrongly */
export async function main(args: readonly string[], say = console.log, warn = console.error) {
	const at = args.indexOf('--from');
	const from = at < 0 ? undefined : args[at + 1];
	const [id, folder, ...more] = at < 0 ? args : args.filter((_, i) => i !== at && i !== at + 1);
	const model = models.find((model) => model.id === id);
	if (!model || !folder || more.length || (at >= 0 && !from)) {
		if (id && !model) warn(`There is no model ${id}.`);
		warn('usage: npm run models -- ID FOLDER [--from ADDRESS]');
		for (const { id, downloadBytes } of models) {
			warn(`  ${id.padEnd(40)} about ${megabytes(downloadBytes)}`);
		}
		return 2;
	}
	try {
		const source: Source = from
			? mirrorAt(new URL(from).href, 'http://localhost/')
			: { at: 'home' };
		const manifest = await mirror(model, folder, source, {
			begins: (path) => say(path)
		});
		const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
		say(`${manifest.files.length} files, ${megabytes(bytes)}, revision ${manifest.revision}`);
		say(`SHA-256 of the whole: ${sumOf(manifest)}`);
		return 0;
	} catch (error) {
		const told = error instanceof Failed || error instanceof WrongAddress;
		const unreadable = error instanceof TypeError && from && !URL.canParse(from);
		if (!told && !unreadable) throw error;
		warn(unreadable ? `--from needs a whole address, not ${from}` : (error as Error).message);
		if (error instanceof Failed)
			warn('What has come is kept. The same command goes on from there.');
		return 1;
	}
}

/** SHA-256 over the sorted `hash  name` lines: one hash for a model of several files. */
export function sumOf({ files }: Manifest): string {
	const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort();
	return createHash('sha256').update(lines.join('')).digest('hex');
}

if (process.argv[1]?.endsWith('models.ts')) process.exitCode = await main(process.argv.slice(2));
