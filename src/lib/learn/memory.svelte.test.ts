import { describe, expect, test } from 'vitest';
import { add, erase, fileOf, putBack } from './keeping.ts';
import { Memory } from './memory.svelte.ts';

const key = 'running-tab.memory';
const older = 'running-tab.guesses';

/** A store as a browser's, with room for so many characters; `blocked` refuses everything. */
function storage(held: Record<string, string> = {}) {
	const kept = new Map(Object.entries(held));
	const store = {
		room: Infinity,
		blocked: false,
		writes: 0,
		get: (name: string) => kept.get(name),
		getItem: (name: string) => kept.get(name) ?? null,
		setItem: (name: string, text: string) => {
			if (text.length > store.room) throw new DOMException('full', 'QuotaExceededError');
			store.writes++;
			kept.set(name, text);
		},
		removeItem: (name: string) => void kept.delete(name)
	};
	const open = () => {
		if (store.blocked) throw new DOMException('insecure', 'SecurityError');
		return store;
	};
	return { store, open, kept: () => JSON.parse(kept.get(key) ?? 'null') };
}

const told = (name: string | null, text: string | null = null) =>
	dispatchEvent(new StorageEvent('storage', { key: name, newValue: text }));

describe('memory', () => {
	test('reads when it is followed, and writes nothing', () => {
		const { store, open } = storage({ [older]: '{"a":1}', [key]: 'rubbish' });
		const memory = new Memory(open);
		expect(memory.guess('a')).toBeUndefined();
		const stop = memory.follow();
		expect(memory.guess('a')).toEqual({ value: 1 });
		expect([store.writes, store.get(key), store.get(older)]).toEqual([0, 'rubbish', '{"a":1}']);
		stop();
	});

	test('moves what the first version kept with the first thing done', () => {
		const { store, open, kept } = storage({ [older]: '{"a":1}' });
		const memory = new Memory(open);
		memory.open('x');
		expect(kept().guesses).toEqual({ a: { value: 1 } });
		expect(store.get(older)).toBeUndefined();
	});

	test('keeps the first version where there is no room to move it', () => {
		const { store, open } = storage({ [older]: '{"a":1}' });
		store.room = 0;
		const memory = new Memory(open);
		memory.open('x');
		expect(store.get(older)).toBe('{"a":1}');
		expect(memory.guess('a')).toEqual({ value: 1 });
	});

	test('notes a lesson as opened once', () => {
		const { store, open } = storage();
		const memory = new Memory(open);
		memory.open('x');
		memory.open('x');
		expect(store.writes).toBe(1);
	});

	test('takes a lesson for done when all it asks now is solved, and when the reader says so', () => {
		const memory = new Memory(storage().open);
		const check = (question: string, solved = true) => ({ question, tried: ['a'], solved });
		memory.keepCheck('x', check('an old question'), ['an old question', 'two']);
		memory.keepCheck('x', check('one', false), ['one', 'two']);
		memory.keepCheck('x', check('two'), ['one', 'two']);
		expect(memory.lesson('x').done).toBeUndefined();
		memory.keepCheck('x', check('one'), ['one', 'two']);
		expect(memory.lesson('x').done).toBeGreaterThan(0);
		expect(memory.lesson('x').checks).toHaveLength(2);
		memory.keepCheck('x', { question: 'one', tried: [], solved: false }, ['one', 'two']);
		expect(memory.check('x', 'one')).toBeUndefined();
		expect(memory.lesson('x').done).toBeGreaterThan(0);
		memory.finish('x', false);
		expect(memory.lesson('x').done).toBeUndefined();
		memory.finish('x', true);
		expect(memory.lesson('x').done).toBeGreaterThan(0);
	});

	test('starts each change from what other tabs have made of it', () => {
		const { open, kept } = storage();
		const [one, two] = [new Memory(open), new Memory(open)];
		one.keepGuess('a', { value: 1 });
		two.keepGuess('b', { value: 2 });
		one.keepGuess('c', { value: 3 });
		expect(Object.keys(kept().guesses)).toEqual(['a', 'b', 'c']);
		expect(one.guess('b')).toEqual({ value: 2 });
	});

	test('follows another tab, by its own keys only, until it is told to stop', () => {
		const { open } = storage();
		const [one, two] = [new Memory(open), new Memory(open)];
		const stops = [one.follow(), one.follow()];
		two.keepGuess('a', { value: 1 });
		told('theme', 'dark');
		expect(one.guess('a')).toBeUndefined();
		told(key, '{}');
		expect(one.guess('a')).toEqual({ value: 1 });
		stops[0]();
		two.keepGuess('a', { value: 2 });
		told(key, '{}');
		expect(one.guess('a')).toEqual({ value: 2 });
		stops[1]();
		two.keepGuess('a', { value: 3 });
		told(key, '{}');
		expect(one.guess('a')).toEqual({ value: 2 });
	});

	test('holds for the page where storage is blocked, and says so', () => {
		const { store, open } = storage();
		store.blocked = true;
		const memory = new Memory(open);
		const stop = memory.follow();
		expect(memory.unkept).toBe('blocked');
		memory.keepGuess('a', { value: 1 });
		memory.finish('x', true);
		expect(memory.guess('a')).toEqual({ value: 1 });
		stop();
		memory.follow()();
		expect(memory.guess('a')).toEqual({ value: 1 });
		expect(erase(memory)).toBeUndefined();
		expect([memory.guess('a'), memory.unkept]).toEqual([undefined, 'blocked']);
	});

	test('holds for the page where storage is full, and is kept when there is room', () => {
		const { store, open, kept } = storage({ [key]: '{"version":1,"guesses":{"z":{"value":9}}}' });
		store.room = 10;
		const memory = new Memory(open);
		memory.keepGuess('a', { value: 1 });
		expect(memory.unkept).toBe('full');
		memory.follow()();
		expect(memory.guess('a')).toEqual({ value: 1 });
		store.room = Infinity;
		new Memory(open).keepGuess('y', { value: 8 });
		memory.keepGuess('b', { value: 2 });
		expect(memory.unkept).toBeUndefined();
		expect(Object.keys(kept().guesses).toSorted()).toEqual(['a', 'b', 'y', 'z']);
	});

	test('leaves alone what a newer version wrote, and forgets it was there when it is erased elsewhere', () => {
		const newer = '{"version":2}';
		const { store, open, kept } = storage({ [key]: newer });
		const memory = new Memory(open);
		const stop = memory.follow();
		expect(memory.unkept).toBe('newer');
		memory.keepGuess('a', { value: 1 });
		expect([store.get(key), store.writes]).toEqual([newer, 0]);
		expect(memory.guess('a')).toEqual({ value: 1 });
		expect(fileOf(memory)).toBe(newer);
		const unasked = new Memory(open);
		unasked.keepGuess('a', { value: 1 });
		expect([unasked.unkept, store.get(key)]).toEqual(['newer', newer]);
		store.removeItem(key);
		told(key);
		expect([memory.unkept, memory.guess('a')]).toEqual([undefined, undefined]);
		memory.keepGuess('b', { value: 2 });
		expect(kept().guesses).toEqual({ b: { value: 2 } });
		stop();
	});

	test('keeps what is shown when a newer version writes over it in another tab', () => {
		const { store, open } = storage();
		const memory = new Memory(open);
		const stop = memory.follow();
		memory.keepGuess('a', { value: 1 });
		store.setItem(key, '{"version":2}');
		told(key, '{"version":2}');
		expect([memory.unkept, memory.guess('a')]).toEqual(['newer', { value: 1 }]);
		memory.keepGuess('b', { value: 2 });
		expect(store.get(key)).toBe('{"version":2}');
		stop();
	});
});

describe('all of it', () => {
	test.each([
		['what is sound', { [key]: '{"version":1,"lessons":{},"guesses":{"a":{"value":1}}}' }],
		['rubbish', { [key]: 'rubbish' }],
		['what a newer version wrote', { [key]: '{"version":7}' }],
		['what the first version kept', { [older]: '{"a":1}' }]
	])('is erased, and put back as it was: %s', (_, held: Record<string, string>) => {
		const { store, open } = storage(held);
		const memory = new Memory(open);
		memory.follow()();
		const before = memory.unkept;
		const erased = erase(memory);
		expect([store.get(key), store.get(older), memory.kept.guesses.size]).toEqual([
			undefined,
			undefined,
			0
		]);
		expect(memory.unkept).toBeUndefined();
		expect(putBack(memory, erased!)).toBe(true);
		expect([store.get(key), store.get(older)]).toEqual([held[key], held[older]]);
		expect(memory.unkept).toBe(before);
	});

	test('is nothing to put back where there was nothing', () => {
		expect(erase(new Memory(storage().open))).toBeUndefined();
	});

	test('is put back beside what was done since', () => {
		const { open, kept } = storage();
		const [one, two] = [new Memory(open), new Memory(open)];
		one.keepGuess('a', { value: 1 });
		one.keepGuess('b', { value: 1 });
		const erased = erase(one)!;
		two.keepGuess('b', { value: 2 });
		expect(putBack(one, erased)).toBe(true);
		expect(kept().guesses).toEqual({ a: { value: 1 }, b: { value: 2 } });
	});

	test('cannot be put back where there is no room any more', () => {
		const { store, open } = storage();
		const memory = new Memory(open);
		memory.keepGuess('a', { value: 1 });
		const erased = erase(memory)!;
		store.room = 3;
		expect(putBack(memory, erased)).toBe(false);
		store.blocked = true;
		expect(putBack(memory, erased)).toBe(false);
	});

	test('goes into a file and comes from it, beside what is there', () => {
		const [from, to] = [new Memory(storage().open), new Memory(storage().open)];
		from.keepGuess('a', { value: 1 });
		from.finish('x', true);
		to.keepGuess('b', { value: 2 });
		expect(add(to, fileOf(from))).toBe(true);
		expect([to.guess('a'), to.guess('b')]).toEqual([{ value: 1 }, { value: 2 }]);
		expect(to.lesson('x').done).toBe(from.lesson('x').done);
	});

	test.each(['', 'x', '{"version":1}', '{"version":2,"guesses":{"a":{"value":1}}}'])(
		'is not changed by a file with %j',
		(text) => {
			const { store, open } = storage();
			expect(add(new Memory(open), text)).toBe(false);
			expect(store.writes).toBe(0);
		}
	);
});
