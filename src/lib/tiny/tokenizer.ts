/**
 * A byte-level byte-pair tokenizer: text becomes UTF-8 bytes, and pairs of neighbours that were
 * frequent in the training text are one token (Sennrich, Haddow and Birch,
 * https://arxiv.org/abs/1508.07909). Any text can be written with it, and comes back unchanged.
 *
 * Ids: first the bytes (all 256, or those of an alphabet), then the special tokens, then the merges in
 * order.
 */

import { characterMerges, learnMerges } from './merges.ts';
import { LONGEST_PIECE, cut, pieces } from './pieces.ts';

/** The plain form for files. */
export interface TokenizerJson {
	/** names of the special tokens */
	specials: string[];
	/** for each merge the two ids that it joins */
	merges: [number, number][];
	/** the bytes that have a token, in order, where that is not all 256 */
	alphabet?: number[];
}

const BYTES = 256;

const LARGEST_SIZE = 65536; // ids fit two bytes
const CACHED_PIECES = 30000;

const pairKey = (left: number, right: number) => left * LARGEST_SIZE + right;

/**
 * Learns a tokenizer from texts; see `learnMerges`.
 *
 * @param size tokens in all, special ones and the 256 bytes included; fewer when pairs run out
 * @param specials names of tokens that no text contains
 */
export function trainTokenizer(
	texts: Iterable<string>,
	size: number,
	specials: string[]
): Tokenizer {
	const firstMerge = BYTES + specials.length;
	if (!(size >= firstMerge && size <= LARGEST_SIZE)) {
		throw new Error(`A tokenizer can have ${firstMerge} to ${LARGEST_SIZE} tokens, not ${size}`);
	}
	return new Tokenizer({ specials, merges: learnMerges(texts, size - firstMerge, firstMerge) });
}

/**
 * A tokenizer for a small model that reads these texts alone: no byte has a token that does not occur in them,
 * and every character is one token, or, with `size`, frequent neighbours are joined as well.
 *
 * @param size tokens in all; without it characters are not joined. Fewer when pairs run out, more when the text has more characters
 * @param most different characters of several bytes that get a token of their own, the most frequent ones; the rest stay bytes
 */
export function tokenizerOf(
	texts: readonly string[],
	specials: string[],
	size?: number,
	most = 300
): Tokenizer {
	const characters = characterMerges(texts, most, BYTES + specials.length);
	const whole = BYTES + specials.length + characters.length;
	const encoder = new TextEncoder();
	const used = new Set(texts.flatMap((text) => [...encoder.encode(text)]));
	const alphabet = Array.from({ length: BYTES }, (_, byte) => byte).filter((byte) =>
		used.has(byte)
	);
	const joined = (size ?? 0) - (alphabet.length + specials.length + characters.length);
	const merges =
		joined > 0 ? [...characters, ...learnMerges(texts, joined, whole, characters)] : characters;
	return new Tokenizer({ specials, alphabet, merges: renumbered(merges, alphabet) });
}

/** Ids of bytes become their places in the alphabet, and all others move down. */
function renumbered(merges: [number, number][], alphabet: number[]): [number, number][] {
	const places = new Map(alphabet.map((byte, place) => [byte, place]));
	const id = (old: number) => (old < BYTES ? places.get(old)! : old - BYTES + alphabet.length);
	return merges.map(([left, right]) => [id(left), id(right)]);
}

export class Tokenizer {
	readonly specials: readonly string[];

	readonly #merges: [number, number][];
	readonly #joined = new Map<number, number>(); // pair -> id
	readonly #bytes: Uint8Array[] = []; // by id
	readonly #alphabet: readonly number[] | undefined;
	/** By byte: its id, or -1. */
	readonly #idOf = new Int16Array(BYTES).fill(-1);
	readonly #cache = new Map<string, number[]>();

	/** @throws when a merge joins tokens that do not exist before it, or the alphabet is not one of bytes */
	constructor({ specials, merges, alphabet }: TokenizerJson) {
		if (new Set(specials).size !== specials.length) throw new Error('Two special tokens are alike');
		this.specials = [...specials];
		this.#merges = merges.map(([left, right]) => [left, right]);

		if (alphabet) {
			const ordered = alphabet.every((byte, i) => byte > (i ? alphabet[i - 1] : -1));
			if (!ordered || !alphabet.every((byte) => Number.isInteger(byte) && byte < BYTES)) {
				throw new Error('An alphabet is bytes in rising order');
			}
			this.#alphabet = [...alphabet];
		}
		for (let i = 0; i < (alphabet?.length ?? BYTES); i++) {
			const byte = alphabet ? alphabet[i] : i;
			this.#idOf[byte] = i;
			this.#bytes.push(Uint8Array.of(byte));
		}
		for (let i = 0; i < specials.length; i++) this.#bytes.push(new Uint8Array());
		for (const [left, right] of merges) {
			const [a, b] = [this.#bytes[left], this.#bytes[right]];
			if (!a?.length || !b?.length)
				throw new Error(`Merge [${left}, ${right}] joins no two tokens`);
			const bytes = new Uint8Array(a.length + b.length);
			bytes.set(a);
			bytes.set(b, a.length);
			this.#joined.set(pairKey(left, right), this.#bytes.length);
			this.#bytes.push(bytes);
		}
		if (this.size > LARGEST_SIZE) {
			throw new Error(`More than ${LARGEST_SIZE} tokens are not supported`);
		}
	}

	/** Different tokens: bytes, special tokens and merges. */
	get size(): number {
		return this.#bytes.length;
	}

	static fromJSON(json: TokenizerJson): Tokenizer {
		return new Tokenizer(json);
	}

	toJSON(): TokenizerJson {
		return {
			specials: [...this.specials],
			merges: this.#merges.map(([a, b]) => [a, b]),
			...(this.#alphabet ? { alphabet: [...this.#alphabet] } : {})
		};
	}

	/**
	 * The tokens of a text, special ones never among them: a reader who types `<end>` gets the signs
	 * `<`, `end`, `>`. Half a surrogate pair, which is no text, becomes U+FFFD. Bytes outside the alphabet
	 * leave no token; see `unknown`.
	 */
	encode(text: string): number[] {
		const ids: number[] = [];
		for (const piece of pieces(text)) {
			let merged = this.#cache.get(piece);
			if (!merged) {
				merged = [];
				for (const bytes of cut(piece)) for (const id of this.#merge(bytes)) merged.push(id);
				if (this.#cache.size >= CACHED_PIECES) this.#cache.clear();
				if (piece.length <= LONGEST_PIECE) this.#cache.set(piece, merged);
			}
			for (const id of merged) ids.push(id);
		}
		return ids;
	}

	/** The different characters of a text that have no token, or not for all their bytes; in order of appearance. */
	unknown(text: string): string[] {
		const encoder = new TextEncoder();
		return [...new Set(text)].filter((character) =>
			encoder.encode(character).some((byte) => this.#idOf[byte] < 0)
		);
	}

	/** The text of some tokens; special ones leave no trace, broken UTF-8 becomes U+FFFD. */
	decode(ids: Iterable<number>): string {
		const decoder = new StreamDecoder(this);
		let text = '';
		for (const id of ids) text += decoder.push(id);
		return text + decoder.flush();
	}

	/** The bytes a token stands for: none for a special token. */
	bytes(id: number): Uint8Array {
		const bytes = this.#bytes[id];
		if (!bytes) throw new Error(`There is no token ${id}`);
		return bytes;
	}

	/**
	 * The id of a special token.
	 *
	 * @throws when there is none of this name
	 */
	special(name: string): number {
		const index = this.specials.indexOf(name);
		if (index < 0) throw new Error(`There is no special token ${name}`);
		return this.#first + index;
	}

	isSpecial(id: number): boolean {
		return id >= this.#first && id < this.#first + this.specials.length;
	}

	/** A token as one would show it: a special one by its name, part of a character as U+FFFD. */
	text(id: number): string {
		return this.isSpecial(id) ? this.specials[id - this.#first] : this.decode([id]);
	}

	/** The id of the first special token. */
	get #first(): number {
		return this.#alphabet?.length ?? BYTES;
	}

	/** Joins neighbours, the earliest learned pair first, until no pair is left to join. */
	#merge(bytes: Uint8Array): number[] {
		const ids = this.#alphabet
			? Array.from(bytes, (byte) => this.#idOf[byte]).filter((id) => id >= 0)
			: Array.from(bytes);
		const joinedAt = (i: number) => this.#joined.get(pairKey(ids[i], ids[i + 1]));

		for (;;) {
			let earliest = Infinity;
			for (let i = 0; i + 1 < ids.length; i++) {
				earliest = Math.min(earliest, joinedAt(i) ?? Infinity);
			}
			if (earliest === Infinity) return ids;

			// what is joined anew was learned later, so all places of this pair can go at once
			let to = 0;
			for (let from = 0; from < ids.length; to++) {
				const isPair = from + 1 < ids.length && joinedAt(from) === earliest;
				ids[to] = isPair ? earliest : ids[from];
				from += isPair ? 2 : 1;
			}
			ids.length = to;
		}
	}
}

/** Turns tokens into text as they come, holding back the bytes of a character not yet complete. */
export class StreamDecoder {
	readonly #tokenizer: Pick<Tokenizer, 'bytes'>;
	readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // keep U+FEFF

	constructor(tokenizer: Pick<Tokenizer, 'bytes'>) {
		this.#tokenizer = tokenizer;
	}

	/** The text that is complete with this token and was not before; perhaps none. */
	push(id: number): string {
		return this.#decoder.decode(this.#tokenizer.bytes(id), { stream: true });
	}

	/** U+FFFD if a character remained incomplete. The decoder can be used again. */
	flush(): string {
		return this.#decoder.decode();
	}
}
