import { readFragment, writeFragment } from '../fragment.ts';
import { LONGEST, MOST_WRITTEN, OPENING, SEED } from './prompt.ts';
import { steps } from './steps.ts';
import type { SubjectKey } from './subject.ts';

export const HOTTEST = 2;

/** No model here has more, of all layers together. */
const MOST_HEADS = 1024;
const MOST_TOKENS = 65_536;

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	step = $state(0);
	/** The pass that is looked at, from 0. */
	pass = $state(0);
	/** The head that is looked at: layer × heads + head. */
	head = $state(0);
	seed = $state(SEED);
	temperature = $state(1);
	topK = $state(0);
	/** What is looked into. A file does not stand in the fragment. */
	of: SubjectKey = $state('pocket');
	/** The text that its model begins with. */
	opening = $state(OPENING);
	#text = $state(OPENING);

	readonly #id: string;
	readonly #first: number;

	constructor(id: string, first = 0) {
		this.#id = id;
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

		if (values.get('of') === 'own') this.of = 'own';
		else if (this.of === 'own') this.of = 'pocket';
		this.text = values.get('q') ?? this.opening;
		this.step = steps.findIndex(({ key }) => key === values.get('step'));
		if (this.step < 0) this.step = 0;
		this.pass = Math.max((whole('pass', MOST_WRITTEN) ?? 1) - 1, 0);
		this.head = whole('head', MOST_HEADS - 1) ?? this.#first;
		this.seed = whole('seed', 2 ** 32 - 1) ?? SEED;
		this.topK = whole('k', MOST_TOKENS) ?? 0;
		this.temperature =
			/^[012](\.\d)?$/.test(temperature) && Number(temperature) <= HOTTEST
				? Number(temperature)
				: 1;
	}

	write(hash: string): string {
		const changed = <Value>(value: Value, before: Value) =>
			value === before ? undefined : String(value);
		return writeFragment(hash, this.#id, [
			['of', this.of === 'own' ? 'own' : undefined],
			['q', changed(this.#text, this.opening)],
			['step', this.step ? steps[this.step].key : undefined],
			['pass', this.pass ? String(this.pass + 1) : undefined],
			['head', changed(this.head, this.#first)],
			['seed', changed(this.seed, SEED)],
			['t', changed(this.temperature, 1)],
			['k', changed(this.topK, 0)]
		]);
	}
}
