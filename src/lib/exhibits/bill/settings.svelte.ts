import type { Request, RunRecord } from '#lib/events.ts';
import type { PriceCard } from '#lib/ledger/card.ts';
import { readFragment, writeFragment } from '../fragment.ts';
import { paces, type PaceKey } from '../run/pace.ts';
import type { Case, Counted } from './cases.ts';
import { timesSteps } from './tally.ts';

/** Longer questions are cut, before they reach anything else. */
export const LONGEST_QUESTION = 600; // characters

/** The key of the card whose prices the reader types. */
export const OWN = 'own';

/** How a job is asked for: at once, as a batch that may wait a day, or in a vendor's quiet hours. */
export type Way = 'now' | 'batch' | 'quiet';
export const ways = { now: 'At once', batch: 'As a batch, within a day', quiet: 'In quiet hours' };

/** The dearest price that may be typed, in dollars per million tokens. */
export const DEAREST = 100_000;

/** Four cards of different years: what a reader sees first. */
const FIRST = ['gpt-3', 'gpt-4', 'gpt-4o', 'claude-opus-5-5'];

type Prices = { input: string; cachedInput: string; output: string };
const FIRST_PRICES: Prices = { input: '1', cachedInput: '0.1', output: '5' };

/** A price as it may stand in an address: at most six digits before and after the point. */
const decimal = /^\d{1,6}(\.\d{1,6})?$/;

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	/** Key of what is billed. */
	of = $state('run');
	/** Percent of what a vendor could keep that is read from its cache. */
	share = $state(0);
	/** Place in `timesSteps`. */
	step = $state(0);
	way: Way = $state('now');
	seed = $state(0);
	pace: PaceKey = $state('reading');
	/** Keys of the four cards. */
	keys: string[] = $state([...FIRST]);
	prices: Prices = $state({ ...FIRST_PRICES });
	/** Characters of the last question that did not fit. */
	cutOff = $state(0);
	#question = $state('');
	/** What was typed for each case; the first numbers where nothing was. */
	#values: Record<string, number[]> = $state({});

	readonly cases: readonly Case[];
	readonly #id: string;
	readonly #first: Request;
	readonly #cards: readonly PriceCard[];

	constructor(id: string, record: RunRecord, cases: readonly Case[], cards: readonly PriceCard[]) {
		this.#id = id;
		this.#first = record.request;
		this.cases = cases;
		this.#cards = cards;
		this.#reset();
	}

	/** The cards to choose from, the reader's own last. */
	get choice(): PriceCard[] {
		const own = {
			key: OWN,
			vendor: 'you',
			model: 'a card of your own',
			label: 'A card of your own',
			from: '',
			source: '',
			...this.prices
		};
		return [...this.#cards, own];
	}

	/** The four cards. */
	get cards(): PriceCard[] {
		const all = this.choice;
		return this.keys.map((key, i) => {
			const found = (wanted: string) => all.find((card) => card.key === wanted);
			return found(key) ?? found(FIRST[i]) ?? all[0];
		});
	}

	get times(): number {
		return timesSteps[this.step] ?? 1;
	}

	get case(): Case {
		return this.cases.find(({ key }) => key === this.of) ?? this.cases[0];
	}

	/** The numbers of the present case, one for each of its fields. */
	get values(): number[] {
		const kept = this.#values[this.case.key];
		return this.case.fields.map(({ first }, i) => kept?.[i] ?? first);
	}

	setValue(index: number, value: number): void {
		const values = this.values;
		values[index] = value;
		this.#values[this.case.key] = values;
	}

	counted(run: Pick<Counted, 'sent' | 'came'>): Counted {
		return this.case.count(this.values, run);
	}

	get question(): string {
		return this.#question;
	}

	set question(text: string) {
		this.cutOff = Math.max(text.length - LONGEST_QUESTION, 0);
		this.#question = text.slice(0, LONGEST_QUESTION).replace(/[\ud800-\udbff]$/, '');
	}

	/** What these settings ask of a model: the question, with the turn before it. */
	get request(): Request {
		return {
			...this.#first,
			messages: [...this.#first.messages.slice(0, -1), { role: 'user', content: this.#question }],
			seed: this.seed
		};
	}

	/**
	 * Takes what the fragment says; what it does not say, or says wrongly, is as at first. A fragment
	 * that does not speak of this exhibit changes nothing.
	 */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		this.#reset();

		const get = (name: string) => values.get(name) ?? '';
		const wanted = this.cases.find(({ key }) => key === get('for'));
		if (wanted) this.of = wanted.key;
		const cards = get('cards').split(',');
		this.keys = FIRST.map((first, i) =>
			this.choice.some(({ key }) => key === cards[i]) ? cards[i] : first
		);
		if (/^\d{1,3}$/.test(get('cached')) && Number(get('cached')) <= 100) {
			this.share = Number(get('cached'));
		}
		const step = timesSteps.indexOf(Number(get('times') || NaN));
		if (step > 0) this.step = step;
		const [input, cachedInput, output] = get('own').split(',');
		if ([input, cachedInput, output].every((price) => decimal.test(price ?? ''))) {
			const most = [input, cachedInput, output].every((price) => Number(price) <= DEAREST);
			if (most) this.prices = { input, cachedInput, output };
		}
		for (const [i, text] of get('n').split(',').entries()) {
			const field = this.case.fields[i];
			const value = Number(text);
			if (field && /^\d{1,10}$/.test(text) && value >= field.min && value <= field.max) {
				this.setValue(i, value);
			}
		}
		if (/^\d{1,10}$/.test(get('seed')) && Number(get('seed')) < 2 ** 32) {
			this.seed = Number(get('seed'));
		}
		if (Object.hasOwn(ways, get('way'))) this.way = get('way') as Way;
		if (Object.hasOwn(paces, get('pace'))) this.pace = get('pace') as PaceKey;
		if (get('q').trim()) this.question = get('q');
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const changed = (now: unknown, before: unknown) =>
			String(now) === String(before) ? undefined : String(now);
		const { input, cachedInput, output } = this.prices;

		return writeFragment(hash, this.#id, [
			['for', changed(this.of, this.cases[0].key)],
			[
				'n',
				changed(
					this.values,
					this.case.fields.map(({ first }) => first)
				)
			],
			['cards', changed(this.keys, FIRST)],
			['cached', changed(this.share, 0)],
			['times', changed(this.times, 1)],
			['way', changed(this.way, 'now')],
			['own', changed([input, cachedInput, output], Object.values(FIRST_PRICES))],
			['seed', changed(this.seed, this.#first.seed)],
			['pace', changed(this.pace, 'reading')],
			['q', changed(this.#question, questionOf(this.#first))]
		]);
	}

	#reset(): void {
		this.of = this.cases[0].key;
		this.share = 0;
		this.step = 0;
		this.way = 'now';
		this.seed = this.#first.seed;
		this.pace = 'reading';
		this.keys = [...FIRST];
		this.prices = { ...FIRST_PRICES };
		this.#values = {};
		this.question = questionOf(this.#first);
	}
}

function questionOf({ messages }: Request): string {
	return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}
