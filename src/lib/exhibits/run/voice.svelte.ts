/** A sentence that is asked for again must leave the page before it can come again. */
const GONE = 120; // ms

/**
 * What is said to those who listen instead of looking: one sentence at a time, in the exhibit's one
 * live region (Listen.svelte), which waits until the reader's own speech is over.
 */
export class Voice {
	#said = $state('');
	#again: ReturnType<typeof setTimeout> | undefined;

	/** What stands in the live region. */
	get said(): string {
		return this.#said;
	}

	/** Has a sentence read; an empty one takes back what has not been read yet. */
	say(sentence: string): void {
		clearTimeout(this.#again);
		if (sentence !== this.#said) {
			this.#said = sentence;
			return;
		}
		this.#said = '';
		this.#again = setTimeout(() => (this.#said = sentence), GONE);
	}
}
