import type { Random } from '#lib/tiny/random.ts';

const things =
	'moon boat clock baker lantern school river bell garden letter kettle bridge window cat ladder tower basket piano owl harbour'.split(
		' '
	);
const kinds = 'old wooden quiet green small last golden broken warm tall slow empty'.split(' ');
const deeds =
	'opened found lost painted carried hid counted mended followed saw borrowed woke'.split(' ');
const places = [
	'by the sea',
	'behind the school',
	'under the bridge',
	'in the rain',
	'before dawn',
	'on market day',
	'near the mill',
	'without a sound',
	'at noon',
	'for a friend'
];

/** Short sentences of one shape about a small town: 20 things, 12 deeds and 10 places make so many that hardly two are alike. */
export function sentences(random: Random, count: number): string[] {
	const one = (list: readonly string[]) => list[random.below(list.length)];
	return Array.from({ length: count }, () => {
		const opening = random.below(3) ? 'The' : 'One';
		const subject = random.below(2) ? `${one(kinds)} ${one(things)}` : one(things);
		const object = random.below(2) ? `${one(kinds)} ${one(things)}` : one(things);
		const ending = random.below(4) ? ` ${one(places)}` : '';
		return `${opening} ${subject} ${one(deeds)} the ${object}${ending}.`;
	});
}
