import { readFragment, writeFragment } from '../fragment.ts';
import { LONGEST, OPENING, SEED } from './prompt.ts';
import { steps } from './steps.ts';

export const HOTTEST = 2;

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	step = $state(0);
	/** The head that is looked at: layer × heads + head. */
	head = $state(0);
	seed = $state(SEED);
	temperature = $state(1);
	topK = $state(0);
	#text = $state(OPENING);

	readonly #id: string;
	readonly #first: number;
	readonly #limits: { heads: number; vocabulary: number };

	/** @param limits `heads` of all layers together */
	constructor(id: string, limits: { heads: number; vocabulary: number }, first = 0) {
		this.#id = id;
		this.#limits = limits;
		this.#first = this.head = first;
	}

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
	}

	get bend(): { temperature: number; topK: number } {
		return { temperature: this.temperature, topK: this.topK };
	}

	/** A fragment that does not speak of this exhibit changes nothing; what it says wrongly is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const whole = (key: string, most: number) => {
			const text = values.get(key) ?? '';
			return /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
		};
		const temperature = values.get('t') ?? '';
		const { heads, vocabulary } = this.#limits;

		this.text = values.get('q') ?? OPENING;
		this.step = steps.findIndex(({ key }) => key === values.get('step'));
		if (this.step < 0) this.step = 0;
		this.head = whole('head', heads - 1) ?? this.#first;
		this.seed = whole('seed', 2 ** 32 - 1) ?? SEED;
		this.topK = whole('k', vocabulary) ?? 0;
		this.temperature =
			/^[012](\.\d)?$/.test(temperature) && Number(temperature) <= HOTTEST
				? Number(temperature)
				: 1;
	}

	write(hash: string): string {
		const changed = <Value>(value: Value, before: Value) =>
			value === before ? undefined : String(value);
		return writeFragment(hash, this.#id, [
			['q', changed(this.#text, OPENING)],
			['step', this.step ? steps[this.step].key : undefined],
			['head', changed(this.head, this.#first)],
			['seed', changed(this.seed, SEED)],
			['t', changed(this.temperature, 1)],
			['k', changed(this.topK, 0)]
		]);
	}
}
