import { expect, test } from 'vitest';
import { type Held, inPieces, layoutOf, wholeOf } from './prompt.ts';

const layout = { head: 3, messages: [5], open: 2 };
/** Ten tokens of a prompt, an answer of four, of which the last has not been read. */
const held: Held = { ids: [...Array(14).keys()], promptTokens: 10, layout };
const next = { ids: [20, 21, 22, 23], pieces: [3, 1], messages: 4 };

test('a conversation that goes on is laid after what the GPU holds of it', () => {
	expect(wholeOf(next, 13, held)).toEqual([...Array(13).keys(), 20, 21, 22, 23]);
	expect(layoutOf(next, 13, held)).toEqual({ head: 3, messages: [5, 2 + 3, 3], open: 1 });
});

test('one that begins has what its makers wrote at its head, with or without a text for the system', () => {
	const ids = [...Array(9).keys()];
	const all = { ids, messages: 2 };
	expect(layoutOf({ ...all, pieces: [3, 4, 2] }, 0, undefined)).toEqual({ head: 3, messages: [4], open: 2 }); // prettier-ignore
	expect(layoutOf({ ...all, pieces: [5, 2] }, 0, undefined)).toEqual({ head: 2, messages: [5], open: 2 }); // prettier-ignore
});

test.each([
	['a message came in two pieces', { ...next, pieces: [1, 1, 1, 1, 1], messages: 2 }, 0, undefined],
	['pieces are missing', { ...next, pieces: [4], messages: 2 }, 0, undefined],
	['more than the last round was cut', { ...next, pieces: [1, 2, 1] }, 13, held],
	['the pieces are not the whole', { ...next, pieces: [3, 0] }, 13, held],
	['nothing is known of what is held', next, 13, undefined],
	['it is not known how that lies', next, 13, { ...held, layout: undefined }]
])('no layout is told where %s', (_, part, cached, has) => {
	expect(layoutOf(part, cached, has)).toBeUndefined();
});

test('tokens are told only where the GPU holds no more than it was seen to read', () => {
	expect(wholeOf(next, 15, held)).toBeUndefined();
	expect(wholeOf(next, 3, undefined)).toBeUndefined();
	expect(wholeOf(next, 0, held)).toEqual(next.ids);
});

test('pieces are heard where each is cut, and the tokenizer is as before, also after an error', async () => {
	class Cutter {
		encode(text: string) {
			return [...text];
		}
	}
	const tokenizer = new Cutter() as unknown as { encode(text: string): ArrayLike<number> };
	const heard = await inPieces(tokenizer, async () => {
		tokenizer.encode('abc');
		return tokenizer.encode('').length;
	});
	expect(heard).toEqual({ data: 0, pieces: [3, 0] });
	await expect(inPieces(tokenizer, async () => Promise.reject(new Error('no')))).rejects.toThrow('no'); // prettier-ignore
	expect(Object.keys(tokenizer)).toEqual([]);
});
