import { readFragment, writeFragment } from '../fragment.ts';
import { FIRST_SEED } from './turns.ts';

/** What the reader has chosen, as it stands in the fragment but for what is as it was at first. */
export class Settings {
	/** The turn that is looked at, from 0; otherwise the last one. */
	turn: number | undefined = $state();
	/** What is told of what was there before: that it is billed, billed at another price, or not computed. */
	view: View = $state('billed');
	seed = $state(FIRST_SEED);

	readonly #id: string;

	constructor(id: string) {
		this.#id = id;
	}

	/** A fragment that does not speak of this exhibit changes nothing; what it says wrongly is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const turn = values.get('turn') ?? '';
		const seed = values.get('seed') ?? '';
		this.turn = /^[1-9]\d?$/.test(turn) ? Number(turn) - 1 : undefined;
		this.view = views.find((view) => view === values.get('view')) ?? 'billed';
		this.seed = /^\d{1,10}$/.test(seed) && Number(seed) < 2 ** 32 ? Number(seed) : FIRST_SEED;
	}

	write(hash: string): string {
		return writeFragment(hash, this.#id, [
			['turn', this.turn === undefined ? undefined : String(this.turn + 1)],
			['view', this.view === 'billed' ? undefined : this.view],
			['seed', this.seed === FIRST_SEED ? undefined : String(this.seed)]
		]);
	}
}

export const views = ['billed', 'cached', 'device'] as const;
export type View = (typeof views)[number];

export const viewNames: Record<View, string> = {
	billed: 'billed in full',
	cached: 'billed with a cache',
	device: 'computed here'
};
