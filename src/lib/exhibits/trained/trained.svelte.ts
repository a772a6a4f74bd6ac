import type { TrainedModel } from '#lib/engine/training/trained-model.ts';
import { discard, finish, finished, isKept, SIGN, type Finished } from '../train/finished.ts';

/** A model that was trained: the last one of this browser, or one that was opened from a file in this visit. */
export type Which = 'kept' | 'opened';

/** What it is called as long as nobody has given it a name. */
export const NAMELESS = 'The model you trained here';

const says = {
	gone: 'The model you trained is not kept here any more, so the pocket model writes.',
	unreadable: 'The model you trained could not be read here, so the pocket model writes.'
};

/**
 * Models that were trained here, as they can write in exhibits of this visit. What is kept in the browser may
 * be deleted or replaced at any time, by another tab too.
 */
class Trained {
	/** The last training of this browser. */
	#kept: Finished | undefined = $state.raw();
	/** From a file, for this visit. */
	#opened: TrainedModel | undefined = $state.raw();
	#chosen: Which | undefined = $state();
	#sentence: string | undefined = $state();

	get kept(): Finished | undefined {
		return this.#kept;
	}

	get opened(): TrainedModel | undefined {
		return this.#opened;
	}

	/** Which of them writes; nothing while it is the pocket model. */
	get chosen(): Which | undefined {
		return this.#chosen;
	}

	/** Why one that was wanted does not write: for readers. */
	get sentence(): string | undefined {
		return this.#sentence;
	}

	/** Whether what is kept outlives this visit. */
	get lasting(): boolean {
		return isKept();
	}

	/** Those there are, by their names. */
	get all(): { which: Which; name: string }[] {
		return [
			...(this.#kept ? [{ which: 'kept' as const, name: this.#kept.name.trim() || NAMELESS }] : []),
			...(this.#opened
				? [{ which: 'opened' as const, name: this.#opened.name || 'A model without a name' }]
				: [])
		];
	}

	/** Looks what is kept. @param wanted it is to write at once */
	async look(wanted = false): Promise<void> {
		this.#kept = usable(await finished());
		if (!wanted) return;
		const which = this.#opened ? 'opened' : 'kept';
		if (this.all.length) this.choose(which);
		else this.#sentence = says.gone;
	}

	choose(which: Which | undefined): void {
		this.#sentence = undefined;
		this.#chosen = which;
	}

	/** Takes a model from a file into this visit. */
	take(model: TrainedModel): void {
		this.#opened = model;
	}

	/** The chosen one cannot write. @param sentence why, if it is known */
	refuse(sentence = says.unreadable): void {
		if (this.#chosen === 'opened') this.#opened = undefined;
		else this.#kept = undefined;
		this.#chosen = undefined;
		this.#sentence = sentence;
	}

	/** Gives the kept one its name. */
	async call(name: string): Promise<void> {
		if (!this.#kept || this.#kept.name === name) return;
		this.#kept = { ...this.#kept, name };
		await finish(this.#kept).catch(() => {});
	}

	/** Deletes the kept one from this browser. */
	async discard(): Promise<void> {
		await discard();
		this.#lose();
	}

	/** Hears of other tabs. @returns how to stop */
	follow(): () => void {
		const heard = ({ key, newValue }: StorageEvent) => {
			if (key !== SIGN && key !== null) return;
			if (!newValue) this.#lose();
			// one that writes goes on until it is left
			else if (this.#chosen !== 'kept') void this.look();
		};
		addEventListener('storage', heard);
		return () => removeEventListener('storage', heard);
	}

	#lose(): void {
		this.#kept = undefined;
		if (this.#chosen !== 'kept') return;
		this.#chosen = undefined;
		this.#sentence = says.gone;
	}
}

/** Only what has the makings of one is offered: what is in it is looked at when it is to write. */
function usable(found: Finished | undefined): Finished | undefined {
	const { version, checkpoint, name, sha256 } = found ?? ({} as Finished);
	const is =
		version === 1 &&
		checkpoint instanceof Blob &&
		typeof name === 'string' &&
		name.length <= 60 &&
		typeof sha256 === 'string';
	return is ? found : undefined;
}

export const trained = new Trained();
