import {
	MOST_STEPS,
	sizes,
	first,
	type Cut,
	type Recipe,
	type SizeKey
} from '#lib/engine/training/recipe.ts';
import { isTextKey, MOST_BYTES, type TextKey } from '#lib/engine/training/texts/texts.ts';
import type { Where } from '#lib/engine/training/protocol.ts';
import { readFragment, writeFragment } from '../fragment.ts';

/** Smallest first; the last one is for a GPU. */
export const sizeKeys = ['small', 'middle', 'large', 'gpu'] as const satisfies SizeKey[];
export const places = ['fastest', 'processor', 'gpu'] as const satisfies Where[];
export const cuts = ['characters', 'pairs'] as const satisfies Cut[];

export const LEAST_STEPS = 10;
export const LARGEST_SEED = 2 ** 32 - 1;
export const LEAST_RATE = 0.0001;
export const LARGEST_RATE = 1;

/**
 * What the reader has chosen to train. It stands in the fragment, but for what is as it was at first and for a text
 * of their own, which stays on the device.
 */
export class Settings {
	text: TextKey | 'own' = $state(recipeText());
	cut: Cut = $state(first.cut);
	size: SizeKey = $state(first.size);
	steps = $state(first.steps);
	seed = $state(first.seed);
	/** Undefined where it is the size's own. */
	rate: number | undefined = $state();
	on: Where = $state('processor');
	/** Bytes of the reader's text, as it was pasted. */
	bytes = $state(0);
	#own = $state('');

	readonly #id: string;
	/** Where it learns until that is chosen. */
	readonly #on: Where;

	/** @param everything whether all can be turned; in a lesson a model learns on the processor, which comes to the same everywhere */
	constructor(id: string, everything: boolean) {
		this.#id = id;
		this.on = this.#on = everything ? 'fastest' : 'processor';
	}

	/** What is read of the reader's text: what is surely too much is not kept. */
	get own(): string {
		return this.#own;
	}

	set own(text: string) {
		this.bytes = new Blob([text]).size;
		this.#own = text.slice(0, MOST_BYTES).replace(/[\ud800-\udbff]$/, '');
	}

	get peak(): number {
		return this.rate ?? sizes[this.size].rate;
	}

	set peak(rate: number) {
		this.rate = rate === sizes[this.size].rate ? undefined : rate;
	}

	get recipe(): Recipe {
		return {
			text: this.text === 'own' ? { own: this.#own } : this.text,
			cut: this.cut,
			size: this.size,
			steps: this.steps,
			seed: this.seed,
			...(this.rate === undefined ? {} : { rate: this.rate })
		};
	}

	/** Takes over a recipe: that of a run which is gone on with. */
	take({ text, cut, size, steps, seed, rate }: Recipe): void {
		if (typeof text === 'string') this.text = text;
		else {
			this.text = 'own';
			this.own = text.own;
		}
		this.cut = cut;
		this.size = size;
		this.steps = steps;
		this.seed = seed;
		this.rate = rate;
	}

	/**
	 * Takes what the fragment says; what it does not say, or says wrongly, is as at first. A fragment that does not
	 * speak of this exhibit changes nothing.
	 */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const { own } = this;
		this.take({ ...first });
		this.on = this.#on;
		if (own) this.own = own;

		const text = values.get('text');
		const cut = cuts.find((key) => key === values.get('cut'));
		const size = sizeKeys.find((key) => key === values.get('size'));
		const steps = wholeIn(values.get('steps'), LEAST_STEPS, MOST_STEPS);
		const seed = wholeIn(values.get('seed'), 0, LARGEST_SEED);
		const rate = values.get('rate') ?? '';
		if (isTextKey(text)) this.text = text;
		const everything = this.#on === 'fastest';
		const on = places.find((key) => key === values.get('on'));
		if (cut) this.cut = cut;
		if (size && (everything || size !== 'gpu')) this.size = size;
		if (on && everything) this.on = on;
		if (steps !== undefined) this.steps = steps;
		if (seed !== undefined) this.seed = seed;
		if (
			/^[01](\.\d{1,5})?$/.test(rate) &&
			Number(rate) >= LEAST_RATE &&
			Number(rate) <= LARGEST_RATE
		)
			this.peak = Number(rate);
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const { text, cut, size, steps, seed } = first;
		const changed = <Value>(value: Value, before: Value) =>
			value === before ? undefined : String(value);
		return writeFragment(hash, this.#id, [
			['text', this.text === 'own' ? undefined : changed<string>(this.text, text as string)],
			['cut', changed<string>(this.cut, cut)],
			['size', changed<string>(this.size, size)],
			['on', changed<string>(this.on, this.#on)],
			['steps', changed(this.steps, steps)],
			['seed', changed(this.seed, seed)],
			['rate', this.rate === undefined ? undefined : String(Number(this.rate.toFixed(5)))]
		]);
	}
}

function recipeText(): TextKey {
	return isTextKey(first.text) ? first.text : 'sentences';
}

function wholeIn(digits: string | undefined, least: number, most: number): number | undefined {
	if (!/^\d{1,10}$/.test(digits ?? '')) return undefined;
	const value = Number(digits);
	return value >= least && value <= most ? value : undefined;
}
