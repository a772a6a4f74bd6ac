import { expect, test } from 'vitest';
import { heldOutPairs } from './cast.ts';
import { trainingDocuments } from './corpus.ts';
import { echo, exercise } from './exercises.ts';
import { Dice } from './grammar.ts';
import { personNamed } from './names.ts';
import { thingNamed } from './things.ts';

test('the same seed gives the same text', () => {
	const text = (seed: number) => JSON.stringify([...trainingDocuments(seed, 50_000)]);
	expect(text(7)).toBe(text(7));
	expect(text(7)).not.toBe(text(8));
});

test('no pair that is held out stands in the training text, and no slot is left open', () => {
	for (const { turns } of trainingDocuments(3, 500_000)) {
		const text = turns.join(' ');
		expect(heldOutPairs(text), text).toEqual([]);
		expect(text).not.toMatch(/[${}|]|undefined/);
	}
});

test('an echo says what was said', () => {
	const dice = new Dice(1);
	for (let i = 0; i < 300; i++) {
		const [asked, answered] = echo(dice);
		expect(asked.toLowerCase()).toContain(answered.toLowerCase());
		expect(answered).not.toBe('');
	}
});

test('who and what an exercise asks about is in its answer', () => {
	const dice = new Dice(2);
	const known = (text: string) =>
		(text.match(/[A-Za-z]+/g) ?? []).filter(
			(word) => personNamed.has(word) || thingNamed.has(word)
		);
	for (let i = 0; i < 300; i++) {
		const [asked, answered] = exercise(dice);
		const named = known(asked);
		// Where the answer is a place, or the other of two, nothing named comes back.
		if (!named.length || / or a|Where is/.test(asked)) continue;
		expect(
			known(answered).some((word) => named.includes(word)),
			`${asked} -> ${answered}`
		).toBe(true);
	}
});
