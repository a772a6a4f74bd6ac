import { messageOf } from '#lib/engine/told.ts';
import type { TrainingClient } from '#lib/engine/training/client.ts';

/** Whether the weights of a model that has answered are still those that were frozen. */
export class Still {
	readonly #frozen: string;
	readonly #client: Pick<TrainingClient, 'fingerprints'>;
	#answers = $state(0);
	#taken: readonly string[] = $state.raw([]);
	/** Answers after which it was taken. */
	#after = $state(0);
	#error: string | undefined = $state();

	/** @param frozen SHA-256 of its weights when they were frozen, or as they were saved */
	constructor(frozen: string, client: Pick<TrainingClient, 'fingerprints'>) {
		this.#frozen = frozen;
		this.#client = client;
	}

	/** Answers after which the fingerprint was taken last; 0 as long as it was not. */
	get after(): number {
		return this.#after;
	}

	/** The SHA-256 as it is now: where a copy has come to differ, of that one. */
	get now(): string {
		return this.#taken.find((sha256) => sha256 !== this.#frozen) ?? this.#frozen;
	}

	get same(): boolean {
		return this.now === this.#frozen;
	}

	/** Why it could not be taken: a sentence for readers. */
	get error(): string | undefined {
		return this.#error;
	}

	/** Takes it again, of the weights that have just answered. Never rejects. */
	async answered(answers: number): Promise<void> {
		if (!answers) return;
		this.#answers += answers;
		const after = this.#answers;
		try {
			this.#taken = await this.#client.fingerprints();
			this.#after = after;
			this.#error = undefined;
		} catch (error) {
			this.#error = messageOf(error);
		}
	}
}
