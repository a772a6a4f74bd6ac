/** Questions to a worker that are answered in the order in which they were asked. */
export class Questions<T> {
	#asked: { answer(value: T): void; fail(error: Error): void }[] = [];

	/** Whether an answer is awaited. */
	get open(): boolean {
		return this.#asked.length > 0;
	}

	ask(): Promise<T> {
		return new Promise((answer, fail) => this.#asked.push({ answer, fail }));
	}

	answer(value: T): void {
		this.#asked.shift()?.answer(value);
	}

	/** Tells all that no answer will come. */
	fail(error: Error): void {
		for (const { fail } of this.#asked.splice(0)) fail(error);
	}
}
