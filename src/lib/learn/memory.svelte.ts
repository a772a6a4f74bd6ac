import {
	both,
	nothing,
	readKept,
	withCheck,
	withGuess,
	withLesson,
	words,
	writeKept
} from './kept.ts';
import type { Kept, KeptCheck, KeptGuess, KeptLesson } from './kept.ts';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Why what is done now is not kept: the browser refuses its storage, or has no room left in it, or what lies
 * there was written by a newer version of the site and is left alone.
 */
export type Unkept = 'blocked' | 'full' | 'newer';

export const key = 'running-tab.memory';
/** Where the first version kept guesses. */
export const older = 'running-tab.guesses';
const watched: readonly (string | null)[] = [key, older, null];

/**
 * What the reader did in lessons, kept in this browser. Written only when the reader does something, read only
 * once somebody follows it. Where nothing can be kept it holds for as long as the page is open.
 */
export class Memory {
	/** Throws where a site's data are blocked. */
	readonly store: () => Store;
	#kept = $state.raw(nothing);
	#unkept = $state.raw<Unkept>();
	#followers = 0;

	constructor(store: () => Store = () => localStorage) {
		this.store = store;
	}

	/** Everything; for a list, or a file. */
	get kept(): Kept {
		return this.#kept;
	}

	/** Why nothing is kept; undefined as long as it is. */
	get unkept(): Unkept | undefined {
		return this.#unkept;
	}

	/** Reads what is kept, and again when another tab changes it. Returns how to stop. */
	follow(): () => void {
		if (this.#followers++ === 0) {
			this.read();
			addEventListener('storage', this.#changed);
		}
		return () => {
			if (--this.#followers === 0) removeEventListener('storage', this.#changed);
		};
	}

	guess(id: string): KeptGuess | undefined {
		return this.#kept.guesses.get(id);
	}

	/** Keeps a guess, or forgets it when there is none. */
	keepGuess(id: string, guess: KeptGuess | undefined): void {
		this.change((kept) => withGuess(kept, id, guess));
	}

	lesson(slug: string): KeptLesson {
		return this.#kept.lessons.get(slug) ?? { checks: [] };
	}

	/** Notes that the reader did something in a lesson, the first time. */
	open(slug: string): void {
		if (this.lesson(slug).opened === undefined) {
			this.#inLesson(slug, (lesson) => ({ ...lesson, opened: Date.now() }));
		}
	}

	/** Notes that a lesson is done, or that it is not. */
	finish(slug: string, done: boolean): void {
		this.#inLesson(slug, (lesson) => ({ ...lesson, done: done ? Date.now() : undefined }));
	}

	check(slug: string, question: string): KeptCheck | undefined {
		return this.lesson(slug).checks.find((check) => check.question === words(question));
	}

	/**
	 * Keeps which answers were tried; none forgets the question. A lesson is done when all its `questions` are
	 * solved.
	 */
	keepCheck(slug: string, check: KeptCheck, questions: readonly string[]): void {
		this.#inLesson(slug, (lesson) => withCheck(lesson, check, questions, Date.now()));
	}

	#inLesson(slug: string, change: (lesson: KeptLesson) => KeptLesson) {
		this.change((kept) => withLesson(kept, slug, change));
	}

	/** Changes what is kept, starting from what other tabs have made of it. */
	change(change: (kept: Kept) => Kept) {
		let next: Kept | undefined;
		try {
			const store = this.store();
			const found = readKept(store.getItem(key), store.getItem(older));
			if (found === 'newer') {
				this.#unkept = 'newer';
			} else {
				next = change(this.#unkept ? both(found, this.#kept) : found);
				store.setItem(key, writeKept(next));
				store.removeItem(older);
				this.#unkept = undefined;
			}
		} catch (error) {
			this.#unkept = (error as Error).name === 'QuotaExceededError' ? 'full' : 'blocked';
		}
		this.#kept = next ?? change(this.#kept);
	}

	/** Reads again what is kept. `afresh` forgets what could not be kept, and lives here only. */
	read(afresh = false) {
		if (afresh) {
			this.#kept = nothing;
			this.#unkept = undefined;
		}
		if (this.#unkept) return;
		try {
			const store = this.store();
			const found = readKept(store.getItem(key), store.getItem(older));
			if (found === 'newer') this.#unkept = found;
			else this.#kept = found;
		} catch {
			this.#unkept = 'blocked';
		}
	}

	readonly #changed = (event: StorageEvent) => {
		if (!watched.includes(event.key)) return;
		this.read(event.key !== older && !event.newValue);
	};
}

/** One per browser. */
export const memory = new Memory();
