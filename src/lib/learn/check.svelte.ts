import { createContext } from 'svelte';
import { words } from './kept.ts';

export type CheckAnswer = { id: string; says: string; right: boolean };

/** One check question while it is being answered. Nothing is counted. */
export class CheckState {
	/** Name of the radio group. */
	readonly name: string;

	readonly #answers: CheckAnswer[] = [];
	#chosen = $state<string>();
	#tried = $state.raw<readonly string[]>([]);
	#folded = $state(false);

	constructor(name: string) {
		this.name = name;
	}

	/** Answers say once which they are. */
	add(answer: CheckAnswer) {
		this.#answers.push(answer);
	}

	/** The answer that is marked, whether or not it has been checked. */
	get chosen() {
		return this.#chosen;
	}

	/** Answers that were checked, in order. */
	get tried() {
		return this.#tried;
	}

	/** The same, by their words. */
	get said(): string[] {
		return this.#tried.map((id) => this.#answers.find((answer) => answer.id === id)?.says ?? '');
	}

	/** Whether the right answer has been found: then the others may be read as well. */
	get solved() {
		const tried = this.#tried;
		return this.#answers.some(({ id, right }) => right && tried.includes(id));
	}

	/** Whether there is something to check: an answer is marked that was not checked yet. */
	get open() {
		return this.#chosen !== undefined && !this.#tried.includes(this.#chosen);
	}

	/** Whether what was tried on an earlier visit is only marked, so that the page does not move. */
	get folded() {
		return this.#folded;
	}

	choose(answer: string) {
		this.#chosen = answer;
	}

	/** Checks the marked answer, or unfolds what was tried before. */
	settle() {
		const answer = this.#chosen;
		if (answer !== undefined && this.open) this.#tried = [...this.#tried, answer];
		this.#folded = false;
	}

	/** Takes over what was tried on an earlier visit, or in another tab. */
	restore(said: readonly string[]) {
		const known = said.flatMap(
			(one) => this.#answers.find(({ says }) => words(says) === one) ?? []
		);
		const tried = known.map(({ id }) => id);
		if (tried.join() === this.#tried.join()) return;
		this.#tried = tried;
		this.#folded = tried.length > 0;
		this.#chosen = known.find(({ right }) => right)?.id;
	}

	/** As if nothing had been tried. */
	clear() {
		this.#tried = [];
		this.#chosen = undefined;
		this.#folded = false;
	}
}

/** What an answer finds around it. */
export type CheckContext = {
	state: CheckState;
	/** False until the page can react. */
	readonly ready: boolean;
};

export const [getCheck, setCheck] = createContext<CheckContext>();
