/** @file Which models are here, and how they are deleted. */
import { Told } from '../../told.ts';
import type { Stored } from './download.ts';
import { listFile } from './files.ts';
import type { KeptCaches } from './kept.ts';
import { whenFree } from './one-tab.ts';
import { partPrefix } from './pieces.ts';
import { allRecords, forgetRecord, type ModelRecord } from './records.ts';
import { sentences } from './sentences.ts';
import { surroundings, type Surroundings } from './surroundings.ts';

const weights = 'webllm/model';
const webllmCaches = ['webllm/config', 'webllm/wasm', weights] as const;

/** The models whose files are all here, also those that web-llm itself or another version of this site has stored. */
export async function stored(around: Surroundings = surroundings): Promise<Stored[]> {
	const { caches } = around;
	const addresses = await addressesOf(caches);
	const records = await allRecords(caches);
	const ours = records
		.filter(
			({ complete, files }) => complete && Object.keys(files).every((file) => addresses.has(file))
		)
		.map(({ model, place, date, files }) => ({
			model,
			place,
			date,
			bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)
		}));
	const others = await foreign(caches, addresses, records);
	return [...ours, ...others.map(({ model, bytes }) => ({ model, bytes, date: '' }))];
}

/**
 * Deletes one model, whole or in part, wherever it came from; or all of them.
 * @throws {Told} when another tab is at one of them; the others are gone
 */
export async function remove(model?: string, around: Surroundings = surroundings): Promise<void> {
	const { caches, locks } = around;
	const records = await allRecords(caches);
	const others = await foreign(caches, await addressesOf(caches), records);
	const chosen = <T extends { model: string }>(all: T[]) =>
		all.filter((one) => model === undefined || one.model === model);
	const names = new Set([...chosen(records), ...chosen(others)].map((one) => one.model));
	const staying = records.filter((one) => !names.has(one.model));
	let refused = false;
	for (const name of names) {
		const done = await whenFree(name, locks, async () => {
			for (const record of records.filter((one) => one.model === name)) {
				await removeRecorded(caches, record, staying);
			}
			for (const { folder } of others.filter((one) => one.model === name)) {
				await removeFolder(caches, folder);
			}
		});
		refused ||= !done;
	}
	if (refused) throw new Told(sentences.busyElsewhere());
}

/** @param staying what is not being deleted */
async function removeRecorded(
	caches: KeptCaches,
	record: ModelRecord,
	staying: ModelRecord[]
): Promise<void> {
	const { folder, library } = record.place;
	await removeFolder(caches, folder);
	await caches.forgetAll(partPrefix + library);
	// models of one kind share a program
	const shared = staying.some((other) => other.place.library === library);
	if (!shared) await caches.forget('webllm/wasm', library);
	await forgetRecord(caches, record);
}

async function removeFolder(caches: KeptCaches, folder: string): Promise<void> {
	for (const name of await caches.names()) {
		if (name.startsWith(partPrefix + folder)) await caches.forgetAll(name);
	}
	for (const name of ['webllm/config', weights]) {
		for (const address of await caches.addresses(name)) {
			if (address.startsWith(folder)) await caches.forget(name, address);
		}
	}
}

async function addressesOf(caches: KeptCaches): Promise<Set<string>> {
	return new Set((await Promise.all(webllmCaches.map((name) => caches.addresses(name)))).flat());
}

/** Whole models in web-llm's caches that are not recorded, by their lists of shards. */
async function foreign(
	caches: KeptCaches,
	addresses: Set<string>,
	records: ModelRecord[]
): Promise<{ model: string; folder: string; bytes: number }[]> {
	const recorded = new Set(records.map(({ place }) => place.folder));
	const found = [...addresses]
		.filter((address) => address.endsWith(`/${listFile}`))
		.map((address) => ({ address, folder: address.slice(0, -listFile.length) }))
		.filter(({ folder }) => !recorded.has(folder))
		.map(async ({ address, folder }) => {
			const list: unknown = await (await caches.get(weights, address))?.json();
			const { records } = list as { records: { dataPath: string; nbytes?: unknown }[] };
			const whole = records.every(({ dataPath }) => addresses.has(new URL(dataPath, folder).href));
			if (!whole) return [];
			const bytes = records.reduce((sum, { nbytes }) => sum + (Number(nbytes) || 0), 0);
			return [{ model: modelOf(folder), folder, bytes }];
		});
	// what others have put there may be anything: of what cannot be read nothing is told
	const read = await Promise.allSettled(found);
	return read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** `https://host/maker/<model>/resolve/<revision>/` */
function modelOf(folder: string): string {
	const parts = new URL(folder).pathname.split('/').filter(Boolean);
	const resolve = parts.lastIndexOf('resolve');
	return decodeURIComponent(parts[resolve > 0 ? resolve - 1 : parts.length - 1] ?? folder);
}
