import { describe, expect, test } from 'vitest';
import type { Request } from '#lib/events.ts';
import { Both, LONGEST, Settings } from './settings.svelte.ts';

const first: Request = {
	messages: [{ role: 'user', content: 'Tell me.' }],
	temperature: 0.7,
	topK: 0,
	seed: 6,
	maxTokens: 200
};
const lab = () => new Both('lab', first);

describe('the fragment', () => {
	test('says nothing while everything is as it was', () => {
		expect(lab().write('')).toBe('');
	});

	test('brings everything back as it was', () => {
		const one = lab();
		Object.assign(one.a, {
			prompt: 'R&D = 100 % “true” #1\nsecond line',
			system: 'Be brief.',
			seed: 4294967295,
			temperature: 1.25,
			topK: 40,
			maxTokens: 12,
			pace: 'step'
		});
		one.add();
		one.b.temperature = 0;
		const other = lab();
		other.read('#' + one.write('#main&spike.as=you'));
		expect(other.a.request).toEqual(one.a.request);
		expect(other.a.pace).toBe('step');
		expect(other.two).toBe(true);
		expect(other.b.request).toEqual({ ...one.a.request, seed: 0, temperature: 0 });
	});

	test('keeps the parts of other exhibits', () => {
		const one = lab();
		one.a.seed = 7;
		expect(one.write('#spike.as=you&lab.seed=3')).toBe('spike.as=you&lab.seed=7');
	});

	test.each(['slow', 'reading', 'fast', 'step'])('holds the pace “%s”', (pace) => {
		const one = lab();
		one.read(`#lab.pace=${pace}`);
		expect(one.a.pace).toBe(pace);
	});

	test.each([
		'lab.seed=-1',
		'lab.seed=4294967296',
		'lab.seed=1e3',
		'lab.t=9',
		'lab.t=NaN',
		'lab.k=1025',
		'lab.n=0',
		'lab.pace=constructor',
		'lab.pace=__proto__',
		'lab.q=%00',
		'lab.__proto__=x',
		'lab.two=yes'
	])('ignores %s', (part) => {
		const one = lab();
		one.read('#' + part);
		expect(one.a.request).toEqual(first);
		expect(one.a.pace).toBe('reading');
		expect(one.two).toBe(false);
	});

	test('of another exhibit changes nothing', () => {
		const one = lab();
		one.a.seed = 9;
		one.read('#spike.seed=1');
		expect(one.a.seed).toBe(9);
	});

	test('leaves out a text of more than 2,000 characters, and says which', () => {
		const one = lab();
		one.a.prompt = 'x'.repeat(2001);
		one.a.system = 'x'.repeat(2000);
		expect(one.leftOut).toEqual(['q']);
		expect(one.write('')).not.toContain('lab.q');
		expect(one.write('')).toContain('lab.sys=xxx');
	});

	test('leaves out the longest where an address would not be read again', () => {
		const one = lab();
		one.a.prompt = '字'.repeat(1900);
		one.a.system = '字'.repeat(100);
		expect(one.leftOut).toEqual(['q']);
		const other = lab();
		other.read('#' + one.write(''));
		expect(other.a.system).toBe(one.a.system);
	});
});

describe('a text', () => {
	test('of a megabyte is cut, and the rest is counted', () => {
		const settings = new Settings(first);
		settings.prompt = 'x'.repeat(1_000_000);
		expect(settings.prompt.length).toBe(LONGEST);
		expect(settings.cutOff).toBe(1_000_000 - LONGEST);
	});

	test('is never cut in the middle of a character', () => {
		const settings = new Settings(first);
		settings.prompt = 'x'.repeat(LONGEST - 1) + '🛶';
		expect(settings.prompt.endsWith('x')).toBe(true);
	});
});

describe('what another run was asked', () => {
	test('is taken over as far as it can be asked here', () => {
		const settings = new Settings(first);
		settings.take({
			messages: [
				{ role: 'system', content: 'One.' },
				{ role: 'user', content: 'early' },
				{ role: 'assistant', content: 'no' },
				{ role: 'user', content: 'late' }
			],
			temperature: 50,
			topK: 5e6,
			seed: 3,
			maxTokens: 0
		});
		expect(settings.request).toEqual({
			messages: [
				{ role: 'system', content: 'One.' },
				{ role: 'user', content: 'late' }
			],
			temperature: 2,
			topK: 1024,
			seed: 3,
			maxTokens: 1
		});
	});
});
