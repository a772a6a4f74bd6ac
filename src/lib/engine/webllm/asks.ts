/** @file What is asked of a model besides runs, by number: after a loss an old answer may come late. */
import type { Answer } from './protocol.ts';

type Found = Exclude<Answer, { sentence: string }>;

export class Asks {
	readonly #open = new Map<number, { answer(found: Found): void; fail(error: Error): void }>();
	#last = 0;

	/** Whether an answer is awaited. */
	get open(): boolean {
		return this.#open.size > 0;
	}

	/** @param post sends the question with its number */
	ask(post: (ask: number) => void): Promise<Found> {
		const number = ++this.#last;
		return new Promise((answer, fail) => {
			this.#open.set(number, { answer, fail });
			post(number);
		});
	}

	answer(number: number, answer: Answer): void {
		const asked = this.#open.get(number);
		this.#open.delete(number);
		if ('sentence' in answer) asked?.fail(new Error(answer.sentence));
		else asked?.answer(answer);
	}

	/** Tells all that no answer will come. */
	fail(error: Error): void {
		const all = [...this.#open.values()];
		this.#open.clear();
		for (const { fail } of all) fail(error);
	}
}
