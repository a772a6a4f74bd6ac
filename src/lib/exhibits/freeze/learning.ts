/** @file A small model that is trained a step at a time, so that one can see its weights change. */
import type { News, Ready, TrainingClient } from '#lib/engine/training/client.ts';
import { first, type Recipe } from '#lib/engine/training/recipe.ts';

/** Small, so that a step is over at once. */
export const recipe: Recipe = { ...first, size: 'small', steps: 1000 };

export type Trainer = Pick<TrainingClient, 'prepare' | 'learn' | 'dispose'>;

/** One step of training after the other, each with the fingerprint of the weights after it. */
export class Learning {
	readonly #client: Trainer;
	#steps = 0;
	#waiting: { stands(sha256: string): void; lost(error: Error): void } | undefined;

	constructor(create: (hear: (news: News) => void) => Trainer) {
		this.#client = create((news) => this.#hear(news));
	}

	get over(): boolean {
		return this.#steps >= recipe.steps;
	}

	/** The weights before the first step. Rejects with a sentence for readers. */
	async begin(): Promise<Ready['prepared']> {
		const { prepared } = await this.#client.prepare(recipe);
		this.#steps = prepared.steps;
		return prepared;
	}

	/**
	 * One step.
	 * @returns the SHA-256 of the weights after it; rejects with a sentence for readers
	 */
	step(): Promise<string> {
		return new Promise((stands, lost) => {
			this.#waiting = { stands, lost };
			this.#client.learn(this.#steps + 1);
		});
	}

	dispose(): void {
		this.#client.dispose();
	}

	#hear(news: News): void {
		if (news.type === 'stands') {
			this.#steps = news.spent.steps;
			this.#waiting?.stands(news.sha256);
		} else if (news.type === 'lost') this.#waiting?.lost(new Error(news.sentence));
		else return;
		this.#waiting = undefined;
	}
}
