import { mirrorAt, WrongAddress, type Source } from '#lib/engine/webllm/place.ts';

const NAME = 'running-tab.models';

/** Where models come from: the usual place, or wherever the reader or the builder of this site says. Kept in this browser. */
export class SourceChoice {
	/** As it stands in the field; empty for the usual place. */
	text = $state('');
	#source: Source = $state.raw({ at: 'home' });
	#sentence: string | undefined = $state();

	readonly #usual: string;
	#page = '';

	/** @param usual what the site was built with */
	constructor(usual: string) {
		this.#usual = this.text = usual;
	}

	get source(): Source {
		return this.#source;
	}

	/** Why what was typed is no address of models. */
	get sentence(): string | undefined {
		return this.#sentence;
	}

	/**
	 * Takes over what was chosen in this browser before, or else what the site was built with.
	 * @param page the page's address, which relative ones are resolved against
	 */
	restore(page: string): void {
		this.#page = page;
		let kept: string | null = null;
		try {
			kept = localStorage.getItem(NAME);
		} catch {
			// Not kept in this browser: the usual one holds.
		}
		this.#put(kept !== null && kept.length < 500 ? kept : this.#usual);
	}

	/** Takes what was typed, if it is an address, and keeps it. */
	choose(text: string): void {
		this.#put(text);
		if (this.#sentence) return;
		try {
			localStorage.setItem(NAME, this.text);
		} catch {
			// It holds for this visit.
		}
	}

	#put(text: string): void {
		this.text = text.trim();
		this.#sentence = undefined;
		try {
			this.#source = this.text ? mirrorAt(this.text, this.#page) : { at: 'home' };
		} catch (thrown) {
			if (!(thrown instanceof WrongAddress)) throw thrown;
			this.#sentence = thrown.message;
		}
	}
}
