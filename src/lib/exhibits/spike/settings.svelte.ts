import type { Request, RunRecord } from '#lib/events.ts';
import type { BilledAs } from '#lib/ledger/card.ts';
import type { BasisKey } from '#lib/meter/basis.ts';
import { readFragment, writeFragment } from '../fragment.ts';
import { paces, type PaceKey } from '../run/pace.ts';
import { stopKeys, type StopKey } from './stops.ts';

/** Longer prompts are cut, before they reach anything else. */
export const LONGEST_PROMPT = 600; // characters

const HOTTEST = 1.5;

const bases: readonly BasisKey[] = ['dollars', 'work', 'time'];

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	at: StopKey = $state('you');
	basis: BasisKey = $state('dollars');
	/** Key of the model as which the tokens are billed; empty as long as none has been chosen. */
	billedAs = $state('');
	pace: PaceKey = $state('reading');
	seed = $state(0);
	temperature = $state(0);
	/** Characters of the last text that did not fit. */
	cutOff = $state(0);
	#prompt = $state('');

	readonly #id: string;
	readonly #models: readonly BilledAs[];
	readonly #first: Request;
	readonly #firstBasis: BasisKey;

	constructor(id: string, record: RunRecord, models: readonly BilledAs[], basis: BasisKey) {
		this.#id = id;
		this.#models = models;
		this.#first = record.request;
		this.#firstBasis = basis;
		this.#reset();
	}

	get prompt(): string {
		return this.#prompt;
	}

	set prompt(text: string) {
		this.cutOff = Math.max(text.length - LONGEST_PROMPT, 0);
		this.#prompt = text.slice(0, LONGEST_PROMPT).replace(/[\ud800-\udbff]$/, '');
	}

	get model(): BilledAs {
		return this.#models.find(({ key }) => key === this.billedAs) ?? this.#models[0];
	}

	/** What these settings ask of a model. */
	get request(): Request {
		return {
			...this.#first,
			messages: [{ role: 'user', content: this.#prompt }],
			temperature: this.temperature,
			seed: this.seed
		};
	}

	/** Takes over what another run asked, as far as it can be asked here. */
	take(request: Request): void {
		const prompt = textOf(request);
		if (prompt.trim()) this.prompt = prompt;
		this.seed = request.seed;
		this.temperature = Math.min(request.temperature, HOTTEST);
	}

	/**
	 * Takes what the fragment says; what it does not say, or says wrongly, is as at first. A fragment
	 * that does not speak of this exhibit (a link into the page) changes nothing.
	 */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		this.#reset();

		const at = oneOf(stopKeys, values.get('as'));
		const basis = oneOf(bases, values.get('by'));
		const pace = oneOf(Object.keys(paces) as PaceKey[], values.get('pace'));
		const model = this.#models.find(({ key }) => key === values.get('at'));
		const seed = values.get('seed') ?? '';
		const temperature = values.get('t') ?? '';
		const prompt = values.get('q');

		if (at) this.at = at;
		if (basis) this.basis = basis;
		if (pace) this.pace = pace;
		if (model) this.billedAs = model.key;
		if (/^\d{1,10}$/.test(seed) && Number(seed) < 2 ** 32) this.seed = Number(seed);
		if (/^[01](\.\d{1,2})?$/.test(temperature)) this.temperature = Number(temperature);
		if (prompt?.trim()) this.prompt = prompt;
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const first = this.#first;
		const changed = <Value>(value: Value, before: Value) =>
			value === before ? undefined : String(value);

		return writeFragment(hash, this.#id, [
			['as', changed<string>(this.at, 'you')],
			['by', changed<string>(this.basis, this.#firstBasis)],
			['at', this.billedAs || undefined],
			['pace', changed<string>(this.pace, 'reading')],
			['seed', changed(this.seed, first.seed)],
			['t', changed(this.temperature, first.temperature)],
			['q', changed(this.#prompt, textOf(first))]
		]);
	}

	#reset(): void {
		this.at = 'you';
		this.basis = this.#firstBasis;
		this.billedAs = '';
		this.pace = 'reading';
		this.seed = this.#first.seed;
		this.temperature = this.#first.temperature;
		this.prompt = textOf(this.#first);
	}
}

function textOf(request: Request): string {
	return request.messages.find(({ role }) => role === 'user')?.content ?? '';
}

function oneOf<Key extends string>(keys: readonly Key[], value: string | undefined) {
	return keys.find((key) => key === value);
}
