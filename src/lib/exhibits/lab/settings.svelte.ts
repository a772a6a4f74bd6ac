import type { Request } from '#lib/events.ts';
import { readFragment, writeFragment } from '../fragment.ts';
import {
	parameters,
	watching,
	type NumberKey,
	type Parameter,
	type Watching
} from './parameters.ts';

/** Longer texts are cut before they reach anything else. The model itself reads only a window of the end. */
export const LONGEST = 20_000; // characters
/** Longer texts stay out of the address. */
const LONGEST_IN_ADDRESS = 2000; // characters
/** What one lab may take of the fragment, encoded: longer fragments are not read. */
const ROOM = 12_000; // characters

const FASTEST: Watching = 'reading';
const numbers = Object.entries(parameters) as [NumberKey, Parameter][];

/** What one run is asked, and how it is watched. */
export class Settings {
	seed = $state(0);
	temperature = $state(0);
	topK = $state(0);
	maxTokens = $state(0);
	pace: Watching = $state(FASTEST);
	/** Characters of the last text that did not fit. */
	cutOff = $state(0);
	#prompt = $state('');
	#system = $state('');

	constructor(first: Request) {
		this.take(first);
	}

	get prompt(): string {
		return this.#prompt;
	}

	set prompt(text: string) {
		this.#prompt = this.#cut(text);
	}

	get system(): string {
		return this.#system;
	}

	set system(text: string) {
		this.#system = this.#cut(text);
	}

	/** What these settings ask of a model. */
	get request(): Request {
		const { seed, temperature, topK, maxTokens } = this;
		return {
			messages: [
				...(this.#system.trim() ? [{ role: 'system' as const, content: this.#system }] : []),
				{ role: 'user', content: this.#prompt }
			],
			temperature,
			topK,
			seed,
			maxTokens
		};
	}

	/** Takes over what a run was asked, as far as it can be asked here: of a conversation, its last question. */
	take({ messages, ...asked }: Request): void {
		this.system = messages
			.filter(({ role }) => role === 'system')
			.map(({ content }) => content)
			.join('\n');
		this.prompt = messages.findLast(({ role }) => role === 'user')?.content ?? '';
		for (const [key, { min, max }] of numbers) {
			this[key] = Math.min(Math.max(asked[key], min), max);
		}
	}

	/** Takes what a fragment says; what it does not say, or says wrongly, stays. */
	read(values: ReadonlyMap<string, string>): void {
		const prompt = values.get('q');
		const system = values.get('sys');
		const pace = values.get('pace') ?? '';
		if (prompt !== undefined) this.prompt = prompt;
		if (system !== undefined) this.system = system;
		if (Object.hasOwn(watching, pace)) this.pace = pace as Watching;
		for (const [key, { short, min, max, whole }] of numbers) {
			const text = values.get(short) ?? '';
			if (!(whole ? /^\d{1,10}$/ : /^\d(\.\d{1,3})?$/).test(text)) continue;
			const value = Number(text);
			if (value >= min && value <= max) this[key] = value;
		}
		this.cutOff = 0;
	}

	/** What is not as in `before`, as it stands in a fragment. */
	*changed(before: Settings): Generator<readonly [string, string]> {
		if (this.#prompt !== before.prompt) yield ['q', this.#prompt];
		if (this.#system !== before.system) yield ['sys', this.#system];
		for (const [key, { short }] of numbers) {
			if (this[key] !== before[key]) yield [short, String(this[key])];
		}
		if (this.pace !== before.pace) yield ['pace', this.pace];
	}

	copy({ prompt, system, seed, temperature, topK, maxTokens, pace }: Settings): void {
		Object.assign(this, { prompt, system, seed, temperature, topK, maxTokens, pace });
	}

	#cut(text: string): string {
		this.cutOff = Math.max(text.length - LONGEST, 0);
		// not in the middle of a character
		return text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
	}
}

/** The settings of both runs, and how they stand in the fragment: `lab.seed` of A, `lab.b.seed` of B. */
export class Both {
	readonly a: Settings;
	readonly b: Settings;
	/** Whether there is a second run beside the first. */
	two = $state(false);

	readonly #id: string;
	readonly #first: Settings;

	constructor(id: string, first: Request) {
		this.#id = id;
		this.#first = new Settings(first);
		this.a = new Settings(first);
		this.b = new Settings(first);
	}

	/** A second run: as the first, but for the seed. */
	add(): void {
		this.b.copy(this.a);
		this.b.seed = (this.a.seed + 1) % 2 ** 32;
		this.two = true;
	}

	/** Takes what the fragment says. One that does not speak of this exhibit changes nothing. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const ofB = readFragment(hash, `${this.#id}.b`);
		this.a.copy(this.#first);
		this.a.read(values);
		this.b.copy(this.a);
		this.b.read(ofB);
		this.two = values.get('two') === '1' || ofB.size > 0;
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		return writeFragment(
			hash,
			this.#id,
			this.#parts.filter(([key]) => !this.leftOut.includes(key))
		);
	}

	/** Texts too long for an address, by their names in it. */
	get leftOut(): string[] {
		const out = this.#parts
			.filter(([key, value]) => isText(key) && value.length > LONGEST_IN_ADDRESS)
			.map(([key]) => key);
		const kept = this.#parts
			.filter(([key]) => isText(key) && !out.includes(key))
			.map(([key, value]) => ({ key, length: encodeURIComponent(value).length }))
			.sort((one, other) => other.length - one.length);
		// Scripts whose characters take nine signs each fill an address sooner: the longest goes first.
		let length = kept.reduce((sum, one) => sum + one.length, 0);
		while (length > ROOM) {
			const longest = kept.shift()!;
			out.push(longest.key);
			length -= longest.length;
		}
		return out;
	}

	get #parts(): (readonly [string, string])[] {
		const ofA = [...this.a.changed(this.#first)];
		if (!this.two) return ofA;
		const ofB = [...this.b.changed(this.a)].map(([key, value]) => [`b.${key}`, value] as const);
		return [...ofA, ['two', '1'], ...ofB];
	}
}

function isText(key: string): boolean {
	return /(^|\.)(q|sys)$/.test(key);
}
