import { expect, test } from 'vitest';
import { names, type Said, verdictAnew, verdictWithin, wordOf } from './teaching.ts';
import { digits, finding, linePath } from './words.ts';

const said = (answered: string): Said => ({ asked: '', answered, sent: 1, sha256: 'a' });

test('a word is found as a word of its own, however it is written', () => {
	expect(names('Your name is Mina. It stands above.', 'Mina')).toBe(true);
	expect(names('Green it is.', 'green')).toBe(true);
	expect(names('Minarets are tall.', 'Mina')).toBe(false);
	expect(names('évora', 'vora')).toBe(false);
	expect(names('It is a.b*(c)', 'a.b*(c)')).toBe(true);
	expect(names('It is axb', 'a.b')).toBe(false);
});

test('what is typed becomes one word of a sentence, or the kind keeps its own', () => {
	expect(wordOf('name', '  Ada\nLovelace. ')).toBe('Ada Lovelace');
	expect(wordOf('colour', ' \u0000\u202e ')).toBe('blue');
	expect(wordOf('cat', '')).toBe('Biscuit');
	expect([...wordOf('name', '🌙'.repeat(50))]).toHaveLength(24);
});

test('a verdict says what the answer shows, also when it shows something else', () => {
	expect(verdictWithin(said('Your name is Mina.'), 'Mina').bold).toBe('It uses it.');
	expect(verdictWithin(said('Your name is Ben.'), 'Mina').bold).toBe('It does not use it.');
	expect(verdictAnew(said('You told me: Otto.'), 'Mina').bold).toBe('Gone.');
	expect(verdictAnew(said('You told me: Otto.'), 'Otto').bold).toBe('The same word, by chance.');
});

test('the finding counts what is there, and would say if the weights had changed', () => {
	expect(finding({ count: 100, distinct: 1 }, { count: 100, distinct: 101 }).bold).toBe(
		'100 prompts, one fingerprint. 100 steps of training, 101 fingerprints.'
	);
	expect(finding({ count: 1, distinct: 1 }, { count: 0, distinct: 0 }).bold).toBe(
		'One prompt, one fingerprint. 0 steps of training, no fingerprint yet.'
	);
	const broken = finding({ count: 3, distinct: 2 }, { count: 1, distinct: 2 });
	expect(`${broken.bold} ${broken.rest}`).toMatch(/^3 prompts, 2 fingerprints\. .*must not be/);
});

test('a line has a dark cell for each digit of 8 and above, and no other', () => {
	const sha256 = '0f7890abcdef1234'.repeat(4);
	const cells = new Array<boolean>(64).fill(false);
	for (const [, x, y, width] of linePath(sha256, 5).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
		expect(y).toBe('5');
		cells.fill(true, Number(x), Number(x) + Number(width));
	}
	expect(cells).toEqual([...sha256].map((digit) => parseInt(digit, 16) >= 8));
	expect(digits(sha256)).toBe('0f78 90ab cdef 1234');
});
