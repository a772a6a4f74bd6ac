/** @file The rows of the table behind the picture. */
import { use } from '#lib/meter/basis.ts';
import { amount, barAmount } from './captions.ts';
import { shareWords } from './panels.ts';
import type { Scene } from './scene.ts';
import { SQUARES } from './slip.ts';
import type { Stop } from './stops.ts';
import { count, many, range, rounded } from '../words.ts';

export type Row = { key: string; name: string; cells: string[] };

export function rows(scene: Scene): { head: string[]; body: Row[] } {
	const { basis, reference, crossing } = scene;
	const one = use(basis, reference).total;
	const tokens = reference.sent + reference.came;
	const money = { dollars: ['The bill'], time: ['Time of the machine'], work: [] }[basis.key];

	const cells = (stop: Stop) => {
		const { low, high } =
			stop.key === 'crossing' ? crossing : { low: stop.askings, high: stop.askings };
		const both = (each: number, write: (n: number) => string) =>
			low === high ? write(each * high) : range({ low: each * low, high: each * high });
		return [
			both(1, large),
			both(tokens, large),
			...(money.length ? [low === high ? amount(scene, one * high) : barAmount(scene)] : []),
			shareWords(scene, stop),
			both(one / basis.square / SQUARES, slips)
		];
	};
	return {
		head: ['Scale', 'Askings', 'Tokens of use', ...money, 'Share of training', 'Slips'],
		body: scene.stops.map((stop) => ({ key: stop.key, name: stop.name, cells: cells(stop) }))
	};
}

function large(n: number): string {
	return n < 1e8 ? count(n) : many(n, 3);
}

function slips(n: number): string {
	return n < 100 ? rounded(n, 2) : large(n);
}
