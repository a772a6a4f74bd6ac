import { readFragment, writeFragment } from '../../fragment.ts';
import { cases, OWN, type Case, type From } from './cases.ts';
import { clamp, type Factors } from './walk.ts';

const keys = ['price', 'tokens', 'tasks'] as const;

/** A case of the list, or factors of the reader's own. */
export class Settings {
	#case: Case | undefined = $state.raw(cases[0]);
	#factors: Factors = $state.raw(cases[0].factors);

	readonly #id: string;

	constructor(id: string) {
		this.#id = id;
	}

	get case(): Case | undefined {
		return this.#case;
	}

	get factors(): Factors {
		return this.#factors;
	}

	/** Where a factor is from; one that the reader has not touched stays what it was. */
	from(key: keyof Factors): From {
		const kept = cases.find((one) => one.factors[key] === this.#factors[key] && one === this.#last);
		return this.#case?.from[key] ?? kept?.from[key] ?? OWN;
	}

	/** The case that was chosen last. */
	#last: Case = $state.raw(cases[0]);

	choose(one: Case): void {
		this.#case = this.#last = one;
		this.#factors = one.factors;
	}

	set(key: keyof Factors, factor: number): void {
		this.#case = undefined;
		this.#factors = { ...this.#factors, [key]: clamp(factor) };
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		this.choose(cases.find(({ key }) => key === values.get('case')) ?? cases[0]);
		const given = keys.map((key) => values.get(key) ?? '');
		if (!given.every((text) => /^\d{1,4}(\.\d{1,4})?$/.test(text))) return;
		keys.forEach((key, i) => this.set(key, Number(given[i])));
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const own = this.#case ? [] : keys.map((key) => [key, plain(this.#factors[key])] as const);
		const key = this.#last.key;
		return writeFragment(hash, this.#id, [
			['case', key === cases[0].key ? undefined : key],
			...own
		]);
	}
}

const plain = (factor: number) => String(Number(factor.toFixed(4)));
