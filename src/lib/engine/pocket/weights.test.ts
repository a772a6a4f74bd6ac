import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { Told } from '../told.ts';
import { sentences } from './sentences.ts';
import { fetchWeights } from './weights.ts';

const file = Uint8Array.from({ length: 5000 }, (_, i) => i * 7);
const published = {
	bytes: file.length,
	sha256: createHash('sha256').update(file).digest('hex')
};

/** Answers each request by the next of some responses, and notes how it was asked. */
function server(...responses: (() => Response | Promise<Response>)[]) {
	const asked: (RequestCache | undefined)[] = [];
	const ask = (async (_url: string, init?: RequestInit) => {
		asked.push(init?.cache);
		return responses[asked.length - 1]();
	}) as typeof fetch;
	return { ask, asked };
}

const good = () => new Response(file);
const page = '<!DOCTYPE html><title>Sign in</title>';

async function refused(...responses: (() => Response | Promise<Response>)[]) {
	const { ask, asked } = server(...responses);
	const error = await fetchWeights('/w.bin', published, undefined, ask).then(
		() => undefined,
		(error: unknown) => error
	);
	expect(error).toBeInstanceOf(Told);
	return { sentence: (error as Told).message, asked };
}

function flipped(byte: number, bit: number) {
	const copy = file.slice();
	copy[byte] ^= 1 << bit;
	return copy;
}

afterEach(() => vi.useRealTimers());

test('a whole file is handed over, and its bytes are counted as they come', async () => {
	const seen: number[] = [];
	const parts = new ReadableStream({
		start(controller) {
			for (let i = 0; i < 5000; i += 1250) controller.enqueue(file.slice(i, i + 1250));
			controller.close();
		}
	});
	const { ask, asked } = server(() => new Response(parts));
	const bytes = await fetchWeights('/w.bin', published, (bytes) => seen.push(bytes), ask);

	expect(bytes).toEqual(file);
	expect(seen).toEqual([0, 1250, 2500, 3750, 5000]);
	expect(asked).toEqual(['default']);
});

test('a missing file is said to be missing, with the answer of the server', async () => {
	const { sentence, asked } = await refused(() => new Response('Not found', { status: 404 }));
	expect(sentence).toBe(sentences.missing(404));
	expect(sentence).toContain('404');
	expect(asked).toHaveLength(1);
});

test('no connection is said to be no connection', async () => {
	const { sentence } = await refused(() => Promise.reject(new TypeError('Failed to fetch')));
	expect(sentence).toBe(sentences.unreachable());
});

test('a web page instead of the file is recognised by its type', async () => {
	const html = () => new Response('hello', { headers: { 'content-type': 'text/html' } });
	expect((await refused(html, html)).sentence).toBe(sentences.webPage());
});

test('a web page instead of the file is recognised by its first bytes under any type', async () => {
	const html = () =>
		new Response(`\n ${page}`, { headers: { 'content-type': 'application/octet-stream' } });
	expect((await refused(html, html)).sentence).toBe(sentences.webPage());
});

test('a truncated file is refused after a second request past the cache', async () => {
	const short = () => new Response(file.slice(0, 1234));
	const { sentence, asked } = await refused(short, short);
	expect(sentence).toBe(sentences.notWhole(1234, 5000));
	expect(asked).toEqual(['default', 'reload']);
});

test('a connection that breaks in the middle counts as a truncated file', async () => {
	const broken = () => {
		let sent = false;
		return new Response(
			new ReadableStream({
				pull(controller) {
					if (sent) controller.error(new TypeError('network error'));
					else controller.enqueue(file.slice(0, 100));
					sent = true;
				}
			})
		);
	};
	expect((await refused(broken, broken)).sentence).toBe(sentences.notWhole(100, 5000));
});

test('a file that is too long is refused before it is read to its end', async () => {
	let sent = 0;
	const endless = () =>
		new Response(
			new ReadableStream({
				pull(controller) {
					sent += 1000;
					controller.enqueue(new Uint8Array(1000));
				}
			})
		);
	expect((await refused(endless, endless)).sentence).toBe(sentences.tooLong(5000));
	expect(sent).toBeLessThan(20_000);
});

test('one flipped bit anywhere is found', async () => {
	for (let bit = 0; bit < 8; bit++) {
		const bad = () => new Response(flipped(bit * 624, bit));
		expect((await refused(bad, bad)).sentence).toBe(sentences.altered());
	}
});

test('a damaged copy is fetched once more past the cache, and the good one used', async () => {
	for (const bad of [
		() => new Response(flipped(9, 1)),
		() => new Response(file.slice(1)),
		() => new Response(page)
	]) {
		const { ask, asked } = server(bad, good);
		expect(await fetchWeights('/w.bin', published, undefined, ask)).toEqual(file);
		expect(asked).toEqual(['default', 'reload']);
	}
});

test('a download that stands still is given up', async () => {
	vi.useFakeTimers();
	const hanging = (_url: string, init?: RequestInit) =>
		Promise.resolve(
			new Response(
				new ReadableStream({
					start(controller) {
						controller.enqueue(file.slice(0, 10));
						init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
					}
				})
			)
		);
	const outcome = fetchWeights('/w.bin', published, undefined, hanging as typeof fetch).catch(
		(error: Error) => error.message
	);
	await vi.advanceTimersByTimeAsync(31_000);
	expect(await Promise.race([outcome, 'still waiting'])).toBe(sentences.notWhole(10, 5000));
});

test('a server that never answers is given up', async () => {
	vi.useFakeTimers();
	const silent = (_url: string, init?: RequestInit) =>
		new Promise((_, reject) =>
			init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
		);
	const outcome = fetchWeights('/w.bin', published, undefined, silent as typeof fetch).catch(
		(error: Error) => error.message
	);
	await vi.advanceTimersByTimeAsync(16_000);
	expect(await Promise.race([outcome, 'still waiting'])).toBe(sentences.unreachable());
});
