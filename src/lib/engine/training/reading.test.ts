import { describe, expect, test } from 'vitest';
import { END, Reading } from './reading.ts';
import { first, picturesAt, type Recipe, scheduleOf, sizes } from './recipe.ts';
import { documentsOf, isTextKey, MOST_BYTES, texts } from './texts/texts.ts';

const own = (text: string): Recipe => ({ ...first, text: { own: text } });
const paragraph = 'The tab never closes, and nobody asked it to. '.repeat(12);

describe('the texts that can be learnt', () => {
	test.each(Object.values(texts))(
		'$key: is the same every time, and ends where it should',
		(text) => {
			const documents = text.write();
			expect(documents).toEqual(text.write());
			expect(documents.length).toBeGreaterThan(800);
			expect(documents.every((document) => /^[\x20-\x7e\n]+$/.test(document))).toBe(true);
			expect(isTextKey(text.key)).toBe(true);
		}
	);

	test('sums are right, and each stands there once', () => {
		const lines = texts.sums.write();
		expect(new Set(lines).size).toBe(900);
		for (const line of lines) {
			const [, a, b, c] = /^(\d+)\+(\d+)=(\d+)$/.exec(line)!.map(Number);
			expect(a + b).toBe(c);
		}
	});

	test('couplets rhyme: the lines end alike, on two different words', () => {
		for (const couplet of texts.rhymes.write()) {
			const [one, two] = couplet.split('\n').map((line) => /(\w+)\W$/.exec(line)![1]);
			expect(one).not.toBe(two);
		}
	});

	test.each(['constructor', '__proto__', 'own', '', 7, null, undefined])('%j is none', (key) => {
		expect(isTextKey(key)).toBe(false);
	});
});

describe("a reader's own text", () => {
	test('is read by lines, whatever ends them', () => {
		const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
		expect(documentsOf(lines.join('\r\n')).documents).toEqual(lines);
		expect(documentsOf(lines.join('\r')).documents).toEqual(lines);
	});

	test('is read by sentences where lines are few', () => {
		expect(documentsOf('One. Two! Three? Four').documents).toEqual([
			'One.',
			'Two!',
			'Three?',
			'Four'
		]);
	});

	test('is cut at 200,000 bytes, between characters, and what was left is counted', () => {
		const { documents, left } = documentsOf('ä'.repeat(150_000));
		expect(documents.join('')).toBe('ä'.repeat(100_000));
		expect(left).toBe(100_000);
		expect(documentsOf(`a${'ä'.repeat(150_000)}`).documents.join('')).not.toContain('\ufffd');
		expect(MOST_BYTES).toBe(200_000);
	});

	test('can be learnt from in any script', () => {
		const text = 'Yö on pitkä. Kuu nousee järven ylle; vene tulee kotiin! 夜は長い。 '.repeat(20);
		const reading = new Reading(own(text));
		expect(reading.tokenizer.decode(reading.learnt)).toContain('夜は長い');
	});

	test.each(['', '   \n ', 'too short', 'a'.repeat(60)])(
		'%j is too short, and that is said',
		(text) => {
			expect(() => new Reading(own(text))).toThrow('too short to learn from');
		}
	);

	test('that holds nothing out is measured on itself', () => {
		const reading = new Reading(own(paragraph));
		expect(reading.held).toHaveLength(0);
		expect(reading.heldOut[0]).toHaveLength(65);
	});
});

describe('a text made ready', () => {
	const reading = new Reading(first);

	test('holds out every tenth document, and what is learnt from contains none of them', () => {
		const learnt = reading.tokenizer.decode(reading.learnt);
		const held = texts.sentences.write().filter((_, i) => i % 10 === 9);
		expect(reading.tokenizer.decode(reading.held)).toBe(held.join(''));
		const again = held.filter((document) => learnt.includes(document));
		expect(again).toHaveLength(0);
	});

	test('gives the same sequences for the same step and seed, and others for others', () => {
		const same = new Reading(first);
		expect(reading.batch(7)).toEqual(same.batch(7));
		expect(reading.batch(7)).not.toEqual(reading.batch(8));
		expect(reading.batch(7)).not.toEqual(new Reading({ ...first, seed: 2 }).batch(7));
		expect(reading.batch(7)).toHaveLength(sizes.middle.batch);
		for (const sequence of reading.batch(7))
			expect(sequence).toHaveLength(sizes.middle.context + 1);
	});

	test('draws from the whole text', () => {
		const starts = new Set<number>();
		for (let step = 0; step < 300; step++) {
			for (const { byteOffset } of reading.batch(step))
				starts.add(Math.floor(byteOffset / 2 / 6300));
		}
		expect(starts.size).toBeGreaterThanOrEqual(10);
	});

	test('begins with the mark that ends documents', () => {
		expect(reading.learnt[0]).toBe(reading.tokenizer.special(END));
		expect(reading.learnt.at(-1)).toBe(reading.tokenizer.special(END));
	});

	test('has fewer tokens when pairs are joined', () => {
		const pairs = new Reading({ ...first, cut: 'pairs' });
		expect(pairs.tokenizer.size).toBeLessThanOrEqual(256);
		expect(pairs.learnt.length).toBeLessThan(reading.learnt.length / 2);
	});
});

describe('a recipe', () => {
	test('takes pictures closer together at the start, and one at the end', () => {
		expect(picturesAt(1500)).toEqual([0, 30, 90, 300, 1500]);
		expect(picturesAt(3)).toEqual([0, 1, 3]);
	});

	test('plans the learning rate for all its steps', () => {
		expect(scheduleOf(first)).toEqual({ peak: 5e-3, warmUp: 30, steps: 1500, floor: 0.1 });
		expect(scheduleOf({ ...first, steps: 10, rate: 1 })).toMatchObject({ peak: 1, warmUp: 10 });
	});
});
