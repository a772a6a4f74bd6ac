import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Md5 } from './md5.ts';
import { Sha256 } from './sha256.ts';

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
