import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { hashed } from './hashed.ts';
import { Md5 } from './md5.ts';
import { Sha256 } from '../../sha256.ts';

const message = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31 + (i >> 3)) & 255);
const hashes = [
	{ name: 'sha256', make: () => new Sha256() },
	{ name: 'md5', make: () => new Md5() }
];

test.each(hashes)('$name of messages of every length around a block', ({ name, make }) => {
	for (let length = 0; length < 260; length++) {
		const part = message.subarray(0, length);
		expect(make().update(part).hex()).toBe(createHash(name).update(part).digest('hex'));
	}
});

test.each(hashes)('$name is the same however the message is cut', ({ name, make }) => {
	const whole = createHash(name).update(message).digest('hex');
	for (const cut of [1, 3, 63, 64, 65, 127, 1000, 4999]) {
		const hash = make();
		for (let at = 0; at < message.length; at += cut) hash.update(message.subarray(at, at + cut));
		expect(hash.hex()).toBe(whole);
	}
});

test.each([
	['by the browser', crypto.subtle],
	['by ourselves, where it does not', null]
])('a stored file is hashed %s', async (_, subtle) => {
	const never = new AbortController().signal;
	const stored = () =>
		new Response(message, { headers: { 'content-length': String(message.length) } });
	const sha256 = createHash('sha256').update(message).digest('hex');
	const md5 = createHash('md5').update(message).digest('hex');
	const read: number[] = [];
	const add = (bytes: number) => read.push(bytes);
	const browser = vi.spyOn(crypto.subtle, 'digest');
	expect(await hashed(stored(), false, never, add, subtle)).toEqual({ bytes: 5000, sha256 });
	expect(browser).toHaveBeenCalledTimes(subtle ? 1 : 0);
	browser.mockRestore();
	expect(await hashed(stored(), true, never, add, subtle)).toEqual({ bytes: 5000, sha256, md5 });
	expect(read).toEqual([0, 5000, 0, 5000]);
});

test.each([
	['that is too large to be held', { 'content-length': String(1 << 28) }],
	['of which nobody says how large it is', {}]
])('a stored file %s is never held whole', async (_, headers: Record<string, string>) => {
	const large = new Response(new Blob([message]).stream(), { headers });
	const whole = vi.spyOn(large, 'arrayBuffer');
	const found = await hashed(large, false, new AbortController().signal, () => {});
	expect(found?.bytes).toBe(5000);
	expect(whole).not.toHaveBeenCalled();
});

test('a stored file that is empty has no bytes', async () => {
	const never = new AbortController().signal;
	const found = await hashed(new Response(null), false, never, () => {}, null);
	expect(found?.bytes).toBe(0);
});

test('a stored file that cannot be read to its end is none', async () => {
	const broken = new ReadableStream({
		pull: (controller) => controller.error(new Error('disk'))
	});
	const never = new AbortController().signal;
	expect(await hashed(new Response(broken), false, never, () => {})).toBe(undefined);
});
