import { readFragment, writeFragment } from '../fragment.ts';
import { lenses, type Count, type Lens } from './models.ts';

/** Which training is looked at, and which way of counting is held to be its bar. Stands in the fragment. */
export class Settings {
	lens: Lens = $state.raw(lenses[0]);
	#count = $state<string>();

	readonly #id: string;

	constructor(id: string) {
		this.#id = id;
	}

	/** The way that was chosen; the first where this model has no such way. */
	get count(): Count {
		return this.lens.counts.find(({ key }) => key === this.#count) ?? this.lens.counts[0];
	}

	set count({ key }: Count) {
		this.#count = key;
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		this.lens = lenses.find(({ key }) => key === values.get('of')) ?? lenses[0];
		this.#count = values.get('by');
	}

	write(hash: string): string {
		return writeFragment(hash, this.#id, [
			['of', this.lens === lenses[0] ? undefined : this.lens.key],
			['by', this.count === this.lens.counts[0] ? undefined : this.count.key]
		]);
	}
}
