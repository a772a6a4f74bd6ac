import { messageOf } from '#lib/engine/told.ts';
import type { Inside } from './inside.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { Subject, SubjectKey } from './subject.ts';

type Trained = typeof import('./trained.ts');

export type ChoiceDoors = {
	pocket: Subject;
	/** What knows models that were trained: fetched when one is asked for. */
	trained: () => Promise<Pick<Trained, 'ownSubject' | 'fileSubject' | 'forgetModel'>>;
	/** A choice is made: it may stand in the address. */
	settle: () => void;
};

/** Which model is looked into. Whoever chooses another sees it read its own text at once: nothing of it is recorded. */
export class Choice {
	readonly #settings: Settings;
	readonly #inside: Inside;
	readonly #doors: ChoiceDoors;
	#trained: Partial<Record<SubjectKey, Subject>> = {};
	#coming = $state(false);
	#said = $state('');
	#none = $state(false);
	#file: string | undefined = $state();

	constructor(settings: Settings, inside: Inside, doors: ChoiceDoors) {
		this.#settings = settings;
		this.#inside = inside;
		this.#doors = doors;
	}

	/** A model is on its way. */
	get coming(): boolean {
		return this.#coming;
	}

	/** What came of the last choice, where that has to be said. */
	get said(): string {
		return this.#said;
	}

	/** No model was trained in this browser. */
	get none(): boolean {
		return this.#none;
	}

	/** Name of the model that was opened from a file. */
	get file(): string | undefined {
		return this.#file;
	}

	/** What is chosen. */
	get subject(): Subject {
		return this.#trained[this.#settings.of] ?? this.#doors.pocket;
	}

	/** The address may speak of another model than the one on show. */
	follow(): void {
		const { of, text, opening } = this.#settings;
		if (of !== this.#inside.subject.key) {
			void this.choose(of, text === opening ? undefined : text);
		}
	}

	/**
	 * Another model. Never rejects.
	 * @param text of the reader's, where it is not to begin with that of the model
	 */
	async choose(of: SubjectKey, text?: string): Promise<void> {
		if (this.#busy) return;
		this.#said = '';
		this.#none = false;
		if (of === 'own') {
			// read anew each time: another may have been trained since
			return this.#bring(of, async ({ ownSubject }) => ownSubject(), text);
		}
		this.#settings.of = of;
		if (of === 'file') return this.#take(this.subject);
		this.#settings.text = this.#settings.opening = this.#doors.pocket.opening;
		this.#settings.pass = 0;
		this.#inside.showRecording();
		this.#doors.settle();
	}

	/** One from a file. Never rejects. */
	async open(file: File): Promise<void> {
		if (!this.#busy) await this.#bring('file', ({ fileSubject }) => fileSubject(file));
	}

	/** The one that was trained here is put away. Never rejects. */
	async forget(): Promise<void> {
		if (this.#busy) return;
		try {
			await (await this.#doors.trained()).forgetModel();
		} catch (thrown) {
			this.#said = messageOf(thrown);
			return;
		}
		await this.choose('pocket');
		this.#said = 'It is forgotten. A model that was saved as a file can be opened again.';
	}

	leave(): void {
		for (const subject of Object.values(this.#trained)) subject.dispose?.();
	}

	get #busy(): boolean {
		return this.#coming || this.#inside.phase !== 'rest';
	}

	async #bring(
		of: SubjectKey,
		get: (trained: Awaited<ReturnType<ChoiceDoors['trained']>>) => Promise<Subject | undefined>,
		text?: string
	): Promise<void> {
		const before = this.#inside.subject.key;
		this.#coming = true;
		this.#said = '';
		this.#none = false;
		if (of === 'own') this.#settings.of = of;
		try {
			const subject = await get(await this.#doors.trained());
			if (subject) {
				this.#trained[of]?.dispose?.();
				this.#trained[of] = subject;
				if (of === 'file') this.#file = (await subject.model()).model.name;
				return this.#take(subject, text);
			}
			this.#none = true;
		} catch (thrown) {
			this.#said = `${messageOf(thrown)} Nothing was changed.`;
		} finally {
			this.#coming = false;
		}
		this.#settings.of = before;
		this.#doors.settle();
	}

	#take(subject: Subject, text = subject.opening): void {
		this.#settings.of = subject.key;
		this.#settings.opening = subject.opening;
		this.#settings.text = text;
		this.#settings.pass = 0;
		this.#doors.settle();
		void this.#inside.run(subject);
	}
}
