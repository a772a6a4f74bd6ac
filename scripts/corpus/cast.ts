/** Fills the slots of one document: the same slot says the same thing until the document ends. */
import { type Dice, expand, hash } from './grammar.ts';
import { officers, people, personNamed, type Person } from './names.ts';
import { lists, places, type Place } from './places.ts';
import { smallThings, thingNamed, things, type Thing } from './things.ts';

/**
 * Some people never meet some objects in training: a model that still puts the two together has
 * learned to copy, not to recite. The front page's own example is always allowed.
 */
export function isHeldOut(name: string, object: string): boolean {
	if (name === 'Nora' && (object === 'lantern' || object === 'boat')) return false;
	return hash(`${name}+${object}`) % 100 < 8;
}

/** The held-out pairs that stand in a text, whatever slot they came from. */
export function heldOutPairs(text: string): [string, string][] {
	const names = new Set<string>();
	const objects = new Set<string>();
	for (const word of text.match(/[A-Za-z]+/g) ?? []) {
		if (personNamed.has(word)) names.add(word);
		else if (thingNamed.has(word)) objects.add(word);
	}
	const pairs: [string, string][] = [];
	for (const name of names) {
		for (const object of objects) if (isHeldOut(name, object)) pairs.push([name, object]);
	}
	return pairs;
}

export type Wishes = {
	/** Only things a person can carry and lose. */
	small?: boolean;
	/** A pair to be used as it stands: the held-out documents ask for theirs. */
	pair?: [string, string];
};

const pronouns = (she: boolean): Record<string, string> =>
	she
		? { he: 'she', him: 'her', his: 'her', He: 'She', His: 'Her' }
		: { he: 'he', him: 'him', his: 'his', He: 'He', His: 'His' };

export class Cast {
	private readonly slots = new Map<string, string>();

	constructor(
		readonly dice: Dice,
		private readonly wishes: Wishes = {}
	) {
		this.draw();
	}

	/** People and things are drawn together, because some of them may not meet. */
	private draw(): void {
		const { dice, wishes } = this;
		for (;;) {
			const [a, b, c] = dice.some(people, 3) as [Person, Person, Person];
			const pool = wishes.small ? smallThings : things;
			const [one, two] = dice.some(pool, 2) as [Thing, Thing];
			const first = wishes.pair ? (personNamed.get(wishes.pair[0]) as Person) : a;
			const thing = wishes.pair ? (thingNamed.get(wishes.pair[1]) as Thing) : one;
			const second = two.kind.small ? two : dice.pick(smallThings);
			if (first === b || first === c || thing === second) continue;
			const cast = [first, b, c];
			const clash = cast.some(({ name }) =>
				[thing, second].some(
					({ noun }) =>
						isHeldOut(name, noun) && !(wishes.pair?.[0] === name && wishes.pair[1] === noun)
				)
			);
			if (clash) continue;
			cast.forEach((person, i) => {
				const letter = 'ABC'[i] as string;
				this.set(letter, person.name);
				this.set(`${letter}job`, person.job);
				for (const [key, value] of Object.entries(pronouns(person.she))) {
					this.set(letter + key, value);
				}
			});
			this.setThing('', thing);
			this.setThing('2', second);
			return;
		}
	}

	private setThing(digit: string, thing: Thing): void {
		this.set(`thing${digit}`, thing.noun);
		this.set(`adj${digit}`, this.dice.pick(thing.kind.adjectives));
		if (digit !== '') return;
		const trouble = this.dice.pick(thing.kind.troubles);
		for (const key of ['bad', 'so', 'fix', 'good'] as const) this.set(key, this.say(trouble[key]));
	}

	set(slot: string, text: string): void {
		this.slots.set(slot, text);
	}

	has(slot: string): boolean {
		return this.slots.has(slot);
	}

	get(slot: string): string {
		const known = this.slots.get(slot);
		if (known !== undefined) return known;
		this.invent(slot);
		const invented = this.slots.get(slot);
		if (invented === undefined) throw new Error(`Nothing fills $${slot}`);
		return invented;
	}

	/** A slot ends in a digit when a document needs two of its sort; they must differ. */
	private invent(slot: string): void {
		const [, base, digit] = /^([A-Za-z]+)([0-9]*)$/.exec(slot) as unknown as [
			string,
			string,
			string
		];
		const taken = new Set(['', '2', '3', '4'].map((other) => this.slots.get(base + other)));
		const free = <T>(list: readonly T[], name: (one: T) => string): T => {
			for (;;) {
				const one = this.dice.pick(list);
				if (!taken.has(name(one))) return one;
			}
		};
		if (base === 'at' || base === 'to' || base === 'place') {
			const { at, to, place } = free<Place>(places, (one) => one[base]);
			this.set(`at${digit}`, at);
			this.set(`to${digit}`, to);
			this.set(`place${digit}`, place);
		} else if (base === 'officer' || base === 'office') {
			const one = free(officers, (officer) => officer.name);
			this.set(`officer${digit}`, one.name);
			this.set(`office${digit}`, one.office);
		} else {
			const list = lists[base];
			if (list)
				this.set(
					slot,
					free(list, (one) => one)
				);
		}
	}

	/** Another unnamed choice of a list, for sentences that need no memory. */
	say(template: string): string {
		return expand(template, this.dice, (slot) => this.get(slot));
	}
}
