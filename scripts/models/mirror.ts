/** @file All files of one model as a folder that any web server can serve, with a list of their lengths and hashes. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configFile, listFile, tokenizerNamed } from '#lib/engine/webllm/download/files.ts';
import type { Manifest, Model, ModelFile } from '#lib/engine/webllm/model.ts';
import { libraryName, manifestAt, placeOf, type Source } from '#lib/engine/webllm/place.ts';
import { Failed, save, type Known, type Options } from './save.ts';

export type Mirrored = Options & {
	/** Told of each file as it begins. */
	begins?: (path: string) => void;
};

type Fetched = Pick<Model, 'id' | 'home' | 'library'>;

/**
 * Writes `<folder>/<id>/resolve/main/…`, the library and `manifest.json` beside that. What is there and proves right is kept.
 * @throws {Failed}
 */
export async function mirror(
	model: Fetched,
	folder: string,
	source: Source = { at: 'home' },
	options: Mirrored = {}
): Promise<Manifest> {
	const into = join(folder, model.id);
	const inside = join(into, 'resolve', 'main');
	const { published, revision } = await origin(model, source, options);
	const before = await manifestOf(join(into, 'manifest.json'));
	const trusted = published ?? (before?.revision === revision ? before : undefined);
	const place = placeOf(
		revision === 'main' || source.at === 'mirror'
			? model
			: { ...model, home: model.home.replace('/resolve/main/', `/resolve/${revision}/`) },
		source
	);

	const files: ModelFile[] = [];
	const fetched = async (path: string, url: string, to: string, known: Known = {}) => {
		options.begins?.(path);
		const hash = trusted?.files.find((file) => file.path === path)?.sha256;
		const saved = await save(url, to, { ...known, ...(hash ? { sha256: hash } : {}) }, options);
		files.push({ path, ...saved });
	};
	const part = (path: string, known?: Known) =>
		fetched(path, place.folder + path, join(inside, path), known);

	await part(configFile);
	await part(tokenizerOf(await json(join(inside, configFile))));
	await part(listFile);
	for (const { path, ...known } of shardsOf(await json(join(inside, listFile)))) {
		await part(path, known);
	}
	const library = libraryName(model);
	await fetched(library, place.library, join(into, library));
	if (!(await readFile(join(into, library))).subarray(0, 4).equals(Buffer.from('\0asm'))) {
		await rm(join(into, library));
		throw new Failed(`${place.library} is not a WebAssembly program.`);
	}

	files.sort((a, b) => (a.path < b.path ? -1 : 1));
	const manifest: Manifest = { schema: 1, id: model.id, revision, files };
	await writeFile(join(into, 'manifest.json.part'), `${JSON.stringify(manifest, null, '\t')}\n`);
	await rename(join(into, 'manifest.json.part'), join(into, 'manifest.json'));
	return manifest;
}

/** The revision that is fetched: where a mirror says which it has, or the first home names the commit; else `main`. */
async function origin(model: Fetched, source: Source, { ask = fetch }: Mirrored) {
	const listed = manifestAt(model, source);
	if (listed) {
		const answer = await ask(listed).catch(() => undefined);
		const text = answer?.ok ? await answer.text() : '';
		const published = readManifest(text, model.id);
		return { published, revision: published?.revision ?? 'main' };
	}
	// The name of the commit stands on the first answer, before it sends one elsewhere.
	const answer = await ask(`${model.home}mlc-chat-config.json`, {
		method: 'HEAD',
		redirect: 'manual'
	}).catch(() => undefined);
	const commit = answer?.headers.get('x-repo-commit') ?? '';
	return { published: undefined, revision: /^[0-9a-f]{40}$/.test(commit) ? commit : 'main' };
}

async function manifestOf(path: string): Promise<Manifest | undefined> {
	const text = await readFile(path, 'utf8').catch(() => '');
	return readManifest(text);
}

function readManifest(text: string, id?: string): Manifest | undefined {
	try {
		const manifest = JSON.parse(text) as Manifest;
		const sound = manifest.schema === 1 && Array.isArray(manifest.files);
		return sound && (id === undefined || manifest.id === id) ? manifest : undefined;
	} catch {
		return undefined;
	}
}

async function json(path: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(path, 'utf8'));
	} catch {
		await rm(path, { force: true });
		throw new Failed(`${path} is not JSON: what came was another file.`);
	}
}

/** The one tokenizer file that web-llm asks for. */
function tokenizerOf(config: unknown): string {
	const named = tokenizerNamed(config);
	if (!named) throw new Failed('mlc-chat-config.json names no tokenizer that web-llm can read.');
	return named;
}

function shardsOf(cache: unknown): (Known & { path: string })[] {
	const records = (cache as { records?: unknown } | null)?.records;
	if (!Array.isArray(records) || !records.length) {
		throw new Failed('tensor-cache.json lists no weights.');
	}
	return records.map((record: { dataPath?: unknown; nbytes?: unknown; md5sum?: unknown }) => {
		const { dataPath, nbytes, md5sum } = record;
		// A name from the network becomes a path on the disk: nothing but a plain name will do.
		if (typeof dataPath !== 'string' || !/^\w[\w.-]*$/.test(dataPath)) {
			throw new Failed(
				`tensor-cache.json names a file ${JSON.stringify(dataPath)}, which is no plain name.`
			);
		}
		return {
			path: dataPath,
			...(typeof nbytes === 'number' ? { bytes: nbytes } : {}),
			...(typeof md5sum === 'string' && /^[0-9a-f]{32}$/.test(md5sum) ? { md5: md5sum } : {})
		};
	});
}
