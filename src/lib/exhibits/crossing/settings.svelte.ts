import { readFragment, writeFragment } from '../fragment.ts';
import { clamp, LEAST, MOST } from './line.ts';
import { models, ways, type Model } from './models.ts';
import type { Way } from './line.ts';

export const FIRST_CROWD = 33_000_000;

/** Tokens a day that may be typed. */
export const MOST_A_DAY = 10_000_000;

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	model: Model = $state.raw(models[0]);
	way: Way = $state.raw(ways[0]);
	people = $state(FIRST_CROWD);
	/** Tokens computed for each of them on a day. */
	tokens: number;

	readonly #id: string;
	readonly #day: number;

	/** @param day tokens a day, until the reader says otherwise */
	constructor(id: string, day: number) {
		this.#id = id;
		this.#day = day;
		this.tokens = $state(day);
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const number = (name: string, least: number, most: number) => {
			const text = values.get(name) ?? '';
			const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
			return value >= least && value <= most ? value : undefined;
		};
		this.model = models.find(({ key }) => key === values.get('model')) ?? models[0];
		this.way = ways.find(({ key }) => key === values.get('count')) ?? ways[0];
		this.people = clamp(number('people', LEAST, MOST) ?? FIRST_CROWD);
		this.tokens = number('tokens', 1, MOST_A_DAY) ?? this.#day;
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const changed = (now: string | number, before: string | number) =>
			now === before ? undefined : String(now);
		return writeFragment(hash, this.#id, [
			['model', changed(this.model.key, models[0].key)],
			['count', changed(this.way.key, ways[0].key)],
			['people', changed(this.people, FIRST_CROWD)],
			['tokens', changed(this.tokens, this.#day)]
		]);
	}
}
