import type { Random } from '#lib/tiny/random.ts';

/** Words that end alike: what the second line has to find. */
const families = [
	['moon', 'spoon', 'tune', 'noon', 'balloon'],
	['cat', 'hat', 'mat', 'bat', 'rat'],
	['boat', 'goat', 'coat', 'note', 'moat'],
	['bell', 'well', 'shell', 'smell', 'spell'],
	['sea', 'tea', 'bee', 'key', 'tree'],
	['king', 'ring', 'string', 'spring', 'wing'],
	['light', 'kite', 'night', 'knight', 'bite'],
	['mouse', 'house', 'blouse', 'louse', 'grouse'],
	['bread', 'bed', 'thread', 'shed', 'sled'],
	['rain', 'train', 'chain', 'crane', 'lane']
];
const seen = ['I saw', 'We found', 'She drew', 'He lost', 'They heard', 'I bought'];
const beside = ['beside', 'behind', 'above', 'below', 'inside', 'without'];
const and = ['and then', 'and so', 'but soon', 'and near it'];

/** Couplets: two lines that end on words of one family. */
export function rhymes(random: Random, count: number): string[] {
	const one = <T>(list: readonly T[]): T => list[random.below(list.length)];
	return Array.from({ length: count }, () => {
		const family = one(families);
		const first = one(family);
		const second = one(family.filter((word) => word !== first));
		const thing = () => one(one(families));
		return (
			`${one(seen)} a ${thing()} ${one(beside)} the ${first},\n` +
			`${one(and)} a ${thing()} ${one(beside)} the ${second}.`
		);
	});
}
