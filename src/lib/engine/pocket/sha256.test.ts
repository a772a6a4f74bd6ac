import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { Sha256 } from '../sha256.ts';
import { sha256 } from './sha256.ts';

afterEach(() => vi.unstubAllGlobals());

test('digests of every length around the borders of a block are those of Node', () => {
	for (let length = 0; length <= 200; length++) {
		const bytes = Uint8Array.from({ length }, (_, i) => i * 31 + length);
		const known = createHash('sha256').update(bytes).digest('hex');
		expect(new Sha256().update(bytes).hex()).toBe(known);
	}
});

test('the digest is the same with the browser’s own function and, on plain http, without it', async () => {
	const bytes = new TextEncoder().encode('abc');
	const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

	expect(await sha256(bytes)).toBe(known);
	vi.stubGlobal('crypto', {});
	expect(await sha256(bytes)).toBe(known);
});
