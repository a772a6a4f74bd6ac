import type { Request } from '#lib/events.ts';
import { readFragment, writeFragment } from '../fragment.ts';
import { OPENING, SEED } from './request.ts';

/** Longer texts are cut, before they reach anything else. */
export const LONGEST = 300; // characters

export const HOTTEST = 2;

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	seed = $state(SEED);
	temperature = $state(1);
	topK = $state(0);
	/** The reader throws the dice. */
	dice = $state(false);
	/** Characters of the last text that did not fit. */
	cutOff = $state(0);
	#text = $state(OPENING);

	readonly #id: string;
	readonly #vocabulary: number;

	constructor(id: string, vocabulary: number) {
		this.#id = id;
		this.#vocabulary = vocabulary;
	}

	/** The beginning that the model goes on from. */
	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.cutOff = Math.max(text.length - LONGEST, 0);
		this.#text = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
	}

	/** How the ruler is bent. */
	get bend(): { temperature: number; topK: number } {
		return { temperature: this.temperature, topK: this.topK };
	}

	/**
	 * Takes what the fragment says; what it does not say, or says wrongly, is as at first. A fragment
	 * that does not speak of this exhibit changes nothing.
	 */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const whole = (key: string, most: number) => {
			const text = values.get(key) ?? '';
			return /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
		};
		const temperature = values.get('t') ?? '';

		this.text = values.get('q') ?? OPENING;
		this.seed = whole('seed', 2 ** 32 - 1) ?? SEED;
		this.topK = whole('k', this.#vocabulary) ?? 0;
		this.temperature =
			/^[012](\.\d)?$/.test(temperature) && Number(temperature) <= HOTTEST
				? Number(temperature)
				: 1;
		this.dice = values.get('dice') === '1';
	}

	/** Asks what a recording asked. Returns whether that was something else. */
	take({ request }: { request: Request }): boolean {
		const text = request.messages.at(-1)!.content;
		const other = text !== this.#text || request.seed !== this.seed;
		this.text = text;
		this.seed = request.seed;
		return other;
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const changed = <Value>(value: Value, before: Value) =>
			value === before ? undefined : String(value);
		return writeFragment(hash, this.#id, [
			['q', changed(this.#text, OPENING)],
			['seed', changed(this.seed, SEED)],
			['t', changed(this.temperature, 1)],
			['k', changed(this.topK, 0)],
			['dice', this.dice ? '1' : undefined]
		]);
	}
}
