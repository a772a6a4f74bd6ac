import { readFragment, writeFragment } from '../fragment.ts';
import { FIRST_SEED } from './seed.ts';
import { kindKeys, kinds, LONGEST, wordOf, type KindKey } from './teaching.ts';

/** What the reader has chosen, as it stands in the fragment but for what is as it was at first. */
export class Settings {
	kind: KindKey = $state('name');
	/** What is told, as it was typed. */
	word = $state(kinds.name.word);
	seed = $state(FIRST_SEED);

	readonly #id: string;

	constructor(id: string) {
		this.#id = id;
	}

	/** Another kind begins with its own word. */
	choose(kind: KindKey): void {
		this.kind = kind;
		this.word = kinds[kind].word;
	}

	/** A fragment that does not speak of this exhibit changes nothing; what it says wrongly is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		this.kind = kindKeys.find((key) => key === values.get('kind')) ?? 'name';
		this.word = wordOf(this.kind, (values.get('word') ?? '').slice(0, 4 * LONGEST));
		const seed = values.get('seed') ?? '';
		this.seed = /^\d{1,10}$/.test(seed) && Number(seed) < 2 ** 32 ? Number(seed) : FIRST_SEED;
	}

	write(hash: string): string {
		const word = wordOf(this.kind, this.word);
		return writeFragment(hash, this.#id, [
			['kind', this.kind === 'name' ? undefined : this.kind],
			['word', word === kinds[this.kind].word ? undefined : word],
			['seed', this.seed === FIRST_SEED ? undefined : String(this.seed)]
		]);
	}
}
