import { expect, test } from 'vitest';
import { Still } from './still.svelte.ts';
import { stillWords } from './words.ts';

const frozen = 'a'.repeat(64);
const other = 'b'.repeat(64);

/** Taken of weights that are `taken` at each time. */
function stillOf(...taken: (string[] | Error)[]) {
	const asked: number[] = [];
	const still = new Still(frozen, {
		fingerprints: async () => {
			asked.push(1);
			const found = taken.shift()!;
			if (found instanceof Error) throw found;
			return found;
		}
	});
	return { still, asked };
}

test('nothing is said of answers before there was one', async () => {
	const { still, asked } = stillOf([frozen]);
	expect(stillWords(still)).toMatchObject({ bold: 'Frozen.', when: 'after its first answer' });
	await still.answered(0);
	expect(asked).toEqual([]);
	expect(still.after).toBe(0);
});

test('the same after every answer, which are counted', async () => {
	const { still, asked } = stillOf([frozen, frozen], [frozen, frozen, frozen]);
	await still.answered(1);
	expect(stillWords(still)).toMatchObject({
		when: 'after one answer',
		bold: 'The same, to the last bit.'
	});
	await still.answered(1200);
	expect(stillWords(still).when).toBe('after 1,201 answers');
	expect(still.now).toBe(frozen);
	expect(asked).toHaveLength(2);
});

test.each([
	['its own numbers', [other, frozen]],
	['only the copy that answered', [frozen, other]]
])('%s have changed: it is shown and said', async (_, taken) => {
	const { still } = stillOf(taken);
	await still.answered(1);
	expect(still.now).toBe(other);
	expect(still.same).toBe(false);
	expect(stillWords(still).bold).toBe('Its weights have changed.');
});

test('a fingerprint that does not come is said, and the next one is taken', async () => {
	const { still } = stillOf(new Error('The training was ended.'), [frozen]);
	await still.answered(1);
	expect(still.after).toBe(0);
	expect(stillWords(still)).toMatchObject({ rest: 'The training was ended.' });
	await still.answered(1);
	expect(still.after).toBe(2);
	expect(stillWords(still).bold).toBe('The same, to the last bit.');
});
