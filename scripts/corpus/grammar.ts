/** The machinery of choice: seeded dice, and templates with `{one|other}` and `$slot`. */

/** A small seeded generator, so that one seed is one corpus on every machine. */
export class Dice {
	private state: number;

	constructor(seed: number) {
		this.state = (seed ^ 0x9e3779b9) | 0;
		// Neighbouring seeds begin alike; a few throws set them apart.
		for (let i = 0; i < 4; i++) this.next();
	}

	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	below(count: number): number {
		return Math.floor(this.next() * count);
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}

	/** Some different members of a list, in a random order. */
	some<T>(list: readonly T[], count: number): T[] {
		const rest = [...list];
		const taken: T[] = [];
		while (taken.length < count && rest.length > 0) {
			taken.push(...rest.splice(this.below(rest.length), 1));
		}
		return taken;
	}
}

/** The index of a weight, drawn as often as its share of their sum: `draw` is from 0 up to 1. */
export function weighted(weights: readonly number[], draw: number): number {
	let left = draw * weights.reduce((a, b) => a + b, 0);
	const at = weights.findIndex((weight) => (left -= weight) < 0);
	return at < 0 ? weights.length - 1 : at; // what rounding left over
}

/** A stable hash of a text: the rules of what is held out rest on it. */
export function hash(text: string): number {
	let h = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
	h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
	h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
	return (h ^ (h >>> 15)) >>> 0;
}

/** One alternative a line: prose reads better without quotes and commas around it. */
export function lines(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** The words of a short list, written in one string. */
export function words(text: string): string[] {
	return text.split(/\s+/).filter((word) => word !== '');
}

type Part = string | { slot: string } | { choices: Part[][] };

const compiled = new Map<string, Part[]>();

/** Templates are read once: a corpus uses each of them thousands of times. */
function compile(template: string): Part[] {
	const known = compiled.get(template);
	if (known) return known;
	let at = 0;
	const sequence = (): Part[] => {
		const parts: Part[] = [];
		while (at < template.length) {
			const character = template[at];
			if (character === '|' || character === '}') break;
			if (character === '{') {
				const choices: Part[][] = [];
				do {
					at++;
					choices.push(sequence());
				} while (template[at] === '|');
				if (template[at] !== '}') throw new Error(`Unclosed choice: ${template}`);
				at++;
				parts.push({ choices });
			} else if (character === '$') {
				const slot = /^[A-Za-z]+[0-9]*/.exec(template.slice(at + 1))?.[0];
				if (slot === undefined) throw new Error(`A slot without a name: ${template}`);
				at += 1 + slot.length;
				parts.push({ slot });
			} else {
				const end = template.slice(at).search(/[{}|$]/);
				const stop = end < 0 ? template.length : at + end;
				parts.push(template.slice(at, stop));
				at = stop;
			}
		}
		return parts;
	};
	const parts = sequence();
	if (at < template.length) throw new Error(`A stray brace or bar: ${template}`);
	compiled.set(template, parts);
	return parts;
}

function render(parts: readonly Part[], dice: Dice, fill: (slot: string) => string): string {
	let text = '';
	for (const part of parts) {
		if (typeof part === 'string') text += part;
		else if ('slot' in part) text += fill(part.slot);
		else text += render(dice.pick(part.choices), dice, fill);
	}
	return text;
}

/** A template with its choices made and its slots filled. */
export function expand(template: string, dice: Dice, fill: (slot: string) => string): string {
	return render(compile(template), dice, fill);
}

/** Spaces, articles and capitals: what no template should have to think about. */
export function tidy(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replace(/ ([.,!?])/g, '$1')
		.replace(/\b([Aa]) (?=(?:[aeiou]|hour|honest|[AEFHILMNORSX]\b|[AEIO][a-z]))/g, '$1n ')
		.replace(/\b([Aa])n (?=(?:one|once|use|uni)[a-z]*\b)/g, '$1 ')
		.replace(/(^|[.!?] |\." )("?)([a-z])/g, (_, before: string, quote: string, letter: string) => {
			return before + quote + letter.toUpperCase();
		})
		.trim();
}
