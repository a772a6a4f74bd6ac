import { describe, expect, test } from 'vitest';
import { Gate } from './gate.ts';
import { folder } from './testing/model.ts';
import { slowClock, trial, type Trial } from './testing/trial.ts';

const shard = (n: number) => `${folder}params_shard_${n}.bin`;
const complete = { state: 'complete', verified: 'first-download', kept: 'cache', renewed: [] };

describe('an interruption', () => {
	/** Twenty places over the whole model, none of them round. */
	const places = Array.from({ length: 20 }, (_, i) => 0.013 + i * 0.0491);
	const large = { shards: [900_000, 700_000, 400_000] };

	/** The file, and the byte within it, at a place of the whole model. */
	function at(t: Trial, place: number): { path: string; byte: number } {
		let left = Math.floor(place * t.model.bytes);
		for (const [path, { length }] of t.model.files) {
			if (left < length) return { path, byte: left };
			left -= length;
		}
		throw new Error('beyond the end');
	}

	test('of the connection, at 20 places: goes on by itself, for at most 1.1 times the bytes', async () => {
		const t = await trial(large);
		const cuts = places.map((place) => at(t, place));
		t.server.fault = ({ path, offset }) => {
			const cut = cuts.find((one) => one.path === path && one.byte > offset);
			return cut && { cutAfter: cut.byte - offset };
		};
		expect(await t.download()).toEqual(complete);
		expect(await t.wrong()).toEqual([]);
		expect(t.server.asked.length).toBeGreaterThanOrEqual(t.model.files.size + 20);
		expect(t.server.served).toBeGreaterThanOrEqual(t.model.bytes);
		expect(t.server.served).toBeLessThanOrEqual(1.1 * t.model.bytes);
	}, 30_000);

	test('of the tab, at 20 places: goes on in the next one, for at most 1.1 times the bytes', async () => {
		const t = await trial(large);
		for (const { path, byte } of places.map((place) => at(t, place))) {
			const sent = new Promise<void>((resolve) => {
				t.server.fault = (asked) => {
					if (asked.path !== path) return undefined;
					setTimeout(resolve, 60);
					return { hangAfter: Math.max(0, byte - asked.offset) };
				};
			});
			const tab = new AbortController();
			const going = t.download({}, { signal: tab.signal });
			await sent;
			// a closed tab puts nothing more away
			const puts = t.storage.puts;
			t.storage.refuse = () => new Error('closed');
			tab.abort();
			expect(await going).toEqual({ state: 'cancelled' });
			expect(t.storage.puts).toBe(puts);
			t.storage.refuse = () => undefined;
		}
		t.server.fault = () => undefined;
		expect(await t.download()).toEqual(complete);
		expect(await t.wrong()).toEqual([]);
		expect(t.server.served).toBeGreaterThan(t.model.bytes);
		expect(t.server.served).toBeLessThanOrEqual(1.1 * t.model.bytes);
	}, 60_000);

	test('cancelled by the reader: costs nothing', async () => {
		const t = await trial(large);
		const stop = new AbortController();
		const outcome = await t.download(slowClock(), {
			signal: stop.signal,
			onprogress: ({ bytes }) => bytes > 500_000 && stop.abort()
		});
		expect(outcome).toEqual({ state: 'cancelled' });
		expect(t.pieces()).toHaveLength(1);
		expect(await t.download()).toEqual(complete);
		expect(t.server.asked.at(-3)!.offset).toBeGreaterThan(400_000);
	});

	test('with a server that knows no ranges: the file starts anew', async () => {
		const t = await trial();
		t.server.fault = ({ path, nth }) =>
			path === shard(0)
				? { noRange: true, ...(nth === 1 ? { cutAfter: 150_000 } : {}) }
				: undefined;
		expect(await t.download()).toEqual(complete);
		expect(await t.wrong()).toEqual([]);
		expect(t.server.served).toBe(t.model.bytes + 150_000);
	});

	test.each([
		['from another byte', 'bytes 5-199999/200000'],
		['of a file of another length', 'bytes 150000-299999/300000'],
		['that ends early', 'bytes 150000-150999/200000'],
		['that is none', 'bytes of my own']
	])('with a range %s: the file starts anew', async (_, contentRange) => {
		const t = await trial();
		t.server.fault = ({ path, nth }) =>
			path === shard(0)
				? nth === 1
					? { cutAfter: 150_000 }
					: nth === 2
						? { contentRange }
						: {}
				: {};
		expect(await t.download()).toEqual(complete);
		expect(await t.wrong()).toEqual([]);
		expect(
			t.server.asked.filter(({ path }) => path === shard(0)).map(({ offset }) => offset)
		).toEqual([0, 150_000, 0]);
	});

	test('and a new version of the file in the meantime: the file starts anew', async () => {
		const t = await trial();
		t.server.fault = ({ path, nth }) => ({
			headers: { etag: `"${nth}"` },
			...(path === shard(0) && nth === 1 ? { cutAfter: 150_000 } : {})
		});
		expect(await t.download()).toEqual(complete);
		expect(
			t.server.asked.filter(({ path }) => path === shard(0)).map(({ offset }) => offset)
		).toEqual([0, 150_000, 0]);
	});

	test('and a piece deleted by the browser: begins at the gap', async () => {
		const t = await trial();
		const stop = new AbortController();
		await t.download(slowClock(), {
			signal: stop.signal,
			onprogress: ({ bytes }) => bytes > 180_000 && stop.abort()
		});
		const pieces = t.storage.caches.get(t.pieces()[0])!;
		const second = [...pieces.keys()][1];
		pieces.delete(second);
		expect(await t.download()).toEqual(complete);
		expect(t.server.asked.at(-2)).toEqual({
			path: shard(0),
			offset: Number(second.split('/').at(-1))
		});
		expect(await t.wrong()).toEqual([]);
	});
});

describe('pausing', () => {
	test('reads nothing more, and going on costs nothing', async () => {
		const t = await trial({ shards: [3_000_000] });
		const gate = new Gate();
		let paused = 0;
		const going = t.download(slowClock(), {
			gate,
			onprogress: ({ state, bytes }) => {
				if (state === 'downloading' && bytes > 100_000 && !paused) gate.close();
				if (state === 'paused') paused = bytes;
				t.progress.push({ state, bytes, total: 0, file: '' });
			}
		});
		await expect.poll(() => paused).toBeGreaterThan(100_000);
		const told = t.progress.length;
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(t.progress.length).toBe(told);
		gate.open();
		expect(await going).toEqual(complete);
		expect(t.server.served).toBe(t.model.bytes);
	});

	test('for longer than a dead connection is waited for is no stall', async () => {
		const t = await trial();
		const gate = new Gate();
		gate.close();
		const going = t.download({ patience: { quiet: 20, dead: 40 } }, { gate });
		await new Promise((resolve) => setTimeout(resolve, 120));
		expect(t.progress.map(({ state }) => state)).toEqual(['paused']);
		gate.open();
		expect(await going).toEqual(complete);
	});

	test('can be cancelled', async () => {
		const t = await trial();
		const [gate, stop] = [new Gate(), new AbortController()];
		gate.close();
		const going = t.download({}, { gate, signal: stop.signal });
		await expect.poll(() => t.progress.length).toBe(1);
		stop.abort();
		expect(await going).toEqual({ state: 'cancelled' });
	});
});
