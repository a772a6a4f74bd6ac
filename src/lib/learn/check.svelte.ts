import { createContext } from 'svelte';

/** One check question while it is being answered. Nothing is kept and nothing is counted. */
export class CheckState {
	/** Name of the radio group. */
	readonly name: string;

	#chosen = $state<string>();
	#tried = $state.raw<readonly string[]>([]);
	#solved = $state(false);

	constructor(name: string) {
		this.name = name;
	}

	/** The answer that is marked, whether or not it has been checked. */
	get chosen() {
		return this.#chosen;
	}

	/** Answers that were checked, in order. */
	get tried() {
		return this.#tried;
	}

	/** Whether the right answer has been found: then the others may be read as well. */
	get solved() {
		return this.#solved;
	}

	/** Whether there is something to check: an answer is marked that was not checked yet. */
	get open() {
		return this.#chosen !== undefined && !this.#tried.includes(this.#chosen);
	}

	choose(answer: string) {
		this.#chosen = answer;
	}

	/** Checks the marked answer. */
	settle(isRight: (answer: string) => boolean) {
		const answer = this.#chosen;
		if (answer === undefined || !this.open) return;
		this.#tried = [...this.#tried, answer];
		if (isRight(answer)) this.#solved = true;
	}
}

/** What an answer finds around it. */
export type CheckContext = {
	state: CheckState;
	/** False until the page can react. */
	readonly ready: boolean;
	/** Answers say once which of them they are. */
	add(answer: { id: string; right: boolean }): void;
};

export const [getCheck, setCheck] = createContext<CheckContext>();
