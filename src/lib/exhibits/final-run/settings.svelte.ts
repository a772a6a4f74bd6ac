import { readFragment, writeFragment } from '../fragment.ts';
import { chipOf, chips, type Chip } from './chips.ts';
import type { Landmark } from './landmarks.ts';
import { PARAMETERS, TOKENS, within } from './plane.ts';
import type { Run } from './sums.ts';

export const FIRST: Run = { parameters: 2_000_000, tokens: 200_000_000_000 };

/** Where the reader's dot stands, and on which chip it is reckoned. Stands in the fragment. */
export class Settings {
	run: Run = $state.raw(FIRST);
	chip: Chip = $state.raw(chips[0]);

	readonly #id: string;

	constructor(id: string) {
		this.#id = id;
	}

	/** Takes the dot to a run on record, and its chip, where that is one of those here. */
	jump({ parameters, tokens, chip }: Landmark): void {
		this.run = { parameters, tokens };
		if (chip) this.chip = chipOf(chip);
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const number = (name: string, axis: Parameters<typeof within>[1], first: number) => {
			const text = values.get(name) ?? '';
			const value = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : NaN;
			return within(value, axis) ? value : first;
		};
		this.run = {
			parameters: number('n', PARAMETERS, FIRST.parameters),
			tokens: number('d', TOKENS, FIRST.tokens)
		};
		this.chip = chipOf(values.get('chip'));
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const changed = (now: number, first: number) =>
			now === first ? undefined : String(Math.round(now));
		return writeFragment(hash, this.#id, [
			['n', changed(this.run.parameters, FIRST.parameters)],
			['d', changed(this.run.tokens, FIRST.tokens)],
			['chip', this.chip === chips[0] ? undefined : this.chip.key]
		]);
	}
}
