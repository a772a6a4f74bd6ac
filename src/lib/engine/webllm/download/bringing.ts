/** @file Brings all files of one model: those that are here and right stay, the others are fetched, one after another. */
import { Told } from '../../told.ts';
import type { Outcome, Plan } from './download.ts';
import { FileFetch, type Listening } from './file-fetch.ts';
import { configFile, inFolder, libraryOf, listFile, shardsOf, tokenizerOf } from './files.ts';
import type { Wanted } from './files.ts';
import { hashed } from './hashed.ts';
import { fetchManifest } from './manifest.ts';
import { isReadable } from './readable.ts';
import {
	keptInMemory,
	readRecord,
	writeRecord,
	type FileRecord,
	type ModelRecord
} from './records.ts';
import { sentences } from './sentences.ts';
import type { Surroundings } from './surroundings.ts';
import type { Teller } from './teller.ts';

export class Bringing {
	readonly #plan: Plan;
	readonly #around: Surroundings;
	readonly #listening: Omit<Listening, 'tell'>;
	readonly #teller: Teller;
	/** Read every stored file again, also those that this browser remembers to be right. */
	readonly #recheck: boolean;
	readonly #renewed: string[] = [];
	#record!: ModelRecord;

	constructor(
		plan: Plan,
		around: Surroundings,
		listening: Omit<Listening, 'tell'>,
		teller: Teller,
		recheck: boolean
	) {
		this.#plan = plan;
		this.#around = around;
		this.#listening = listening;
		this.#teller = teller;
		this.#recheck = recheck;
	}

	/** @throws as `FileFetch.run` does */
	async run(): Promise<Outcome> {
		const { model, place, manifestAt } = this.#plan;
		const { caches } = this.#around;
		this.#record = (await readRecord(caches, model, place)) ?? {
			schema: 1,
			model,
			place,
			date: this.#around.date().toISOString(),
			complete: false,
			files: {}
		};

		let { manifest } = this.#plan;
		if (!manifest && manifestAt && !this.#record.complete) {
			manifest = await fetchManifest(manifestAt, this.#around, this.#listening.signal);
		}

		const config = inFolder(place, configFile, manifest);
		const list = inFolder(place, listFile, manifest);
		await this.#bring(config);
		await this.#bring(list);
		const tokenizer = inFolder(place, tokenizerOf(await this.#json(config)), manifest);
		const shards = shardsOf(await this.#json(list), place, manifest);
		const library = libraryOf(place, manifest);
		await this.#bring(tokenizer);
		await this.#bring(library);
		this.#teller.settle(shards.reduce((sum, shard) => sum + shard.bytes!, 0));
		for (const shard of shards) await this.#bring(shard);

		if (!this.#record.complete) {
			this.#record.complete = true;
			this.#record.date = this.#around.date().toISOString();
			await writeRecord(caches, this.#record);
		}
		return this.#outcome([config, list, tokenizer, library, ...shards]);
	}

	async #outcome(files: Wanted[]): Promise<Outcome> {
		const { caches, free } = this.#around;
		const refusals = files.map(({ cache, address }) => caches.inMemory(cache, address));
		const inMemory = refusals.some((refusal) => refusal !== undefined);
		return {
			state: 'complete',
			verified: files.every(({ address }) => this.#record.files[address].published)
				? 'published'
				: keptInMemory(caches, this.#record)
					? 'lengths'
					: 'first-download',
			kept: inMemory ? 'memory' : 'cache',
			...(inMemory
				? {
						sentence: refusals.includes('full') ? sentences.full(await free()) : sentences.notKept()
					}
				: {}),
			renewed: this.#renewed
		};
	}

	async #bring(wanted: Wanted): Promise<void> {
		const { caches } = this.#around;
		const { address, cache, name } = wanted;
		this.#listening.signal.throwIfAborted();
		this.#teller.begin(name);
		const known = this.#record.files[address];
		const here = await this.#here(wanted);
		if (here !== undefined) return this.#teller.finish(here);
		if (known) this.#renewed.push(name);
		else if (this.#recheck && !this.#renewed.includes(name)) throw new Told(sentences.notHere());

		const { blob, sha256, pieces } = await new FileFetch(wanted, known?.sha256, this.#around, {
			...this.#listening,
			tell: (...told) => this.#teller.tell(...told)
		}).run();
		const typed = blob.slice(0, blob.size, typeOf(wanted));
		const kept = await caches.put(cache, address, typed);
		await pieces.drop();
		// without its pieces, there may be room for it
		if (kept === 'memory') await caches.put(cache, address, typed);
		await this.#remember(wanted, blob.size, sha256);
		this.#teller.finish(blob.size);
	}

	/** @returns the length of the stored file, or nothing when there is none that is right */
	async #here(wanted: Wanted): Promise<number | undefined> {
		const { address, cache, sha256, bytes } = wanted;
		const { caches } = this.#around;
		const known = this.#record.files[address];
		const response = await caches.get(cache, address);
		if (!response) return undefined;
		const right =
			(sha256 === undefined || sha256 === known?.sha256) &&
			(bytes === undefined || bytes === known?.bytes);
		if (known && right && !this.#recheck) {
			void response.body?.cancel();
			if (sha256 && !known.published) await this.#remember(wanted, known.bytes, sha256);
			return known.bytes;
		}

		const expected = sha256 ?? known?.sha256;
		const withMd5 = expected === undefined && wanted.md5 !== undefined;
		const found = await hashed(response, withMd5, this.#listening.signal, (read) =>
			this.#teller.tell('checking', read)
		);
		if (
			found &&
			(bytes === undefined || found.bytes === bytes) &&
			(expected === undefined || found.sha256 === expected) &&
			(!withMd5 || found.md5 === wanted.md5) &&
			(expected !== undefined || (await this.#isReadable(wanted)))
		) {
			if (known?.sha256 !== found.sha256 || (sha256 !== undefined && !known.published)) {
				await this.#remember(wanted, found.bytes, found.sha256);
			}
			return found.bytes;
		}
		if (!known) this.#renewed.push(wanted.name);
		await caches.forget(cache, address);
		return undefined;
	}

	async #isReadable(wanted: Wanted): Promise<boolean> {
		const response = await this.#around.caches.get(wanted.cache, wanted.address);
		return response !== undefined && isReadable(wanted, await response.blob());
	}

	async #remember(wanted: Wanted, bytes: number, sha256: string): Promise<void> {
		const { address, cache } = wanted;
		const published =
			wanted.sha256 !== undefined || wasPublished(this.#record.files[address], sha256);
		this.#record.files[address] = { cache, bytes, sha256, published };
		await writeRecord(this.#around.caches, this.#record);
	}

	async #json({ cache, address }: Wanted): Promise<unknown> {
		return (await this.#around.caches.get(cache, address))?.json();
	}
}

function wasPublished(known: FileRecord | undefined, sha256: string): boolean {
	return known?.published === true && known.sha256 === sha256;
}

function typeOf({ kind }: Wanted): string {
	if (kind === 'json') return 'application/json';
	return kind === 'program' ? 'application/wasm' : 'application/octet-stream';
}
