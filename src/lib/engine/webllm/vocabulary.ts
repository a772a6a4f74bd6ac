/**
 * @file What each token of a model stands for, by its own `tokenizer.json`. web-llm decodes whole answers only: a token that is a
 * part of a character has no text there, and none has an id.
 */
import { Told } from '../told.ts';
import { telling } from './telling.ts';

/** The parts that are read of a `tokenizer.json`, which may hold anything. */
type TokenizerFile = {
	model?: { vocab?: unknown };
	added_tokens?: unknown;
	decoder?: unknown;
	pre_tokenizer?: unknown;
};

const NONE = new Uint8Array();

/** What each token stands for. A real model has up to a quarter of a million of them. */
export type Lexicon = {
	/** Those of all tokens in a row, in the order of their ids: of a special one its name. */
	bytes: Uint8Array;
	/** Where those of each end. */
	ends: Uint32Array;
	/** Ids of those that are signs to the model. */
	specials: readonly number[];
};

export class Vocabulary {
	/** By id, as they are written in the file. */
	readonly #written: (string | undefined)[] = [];
	/** Ids of tokens that are written as they read, and whether they are signs to the model and no text. */
	readonly #added = new Map<number, boolean>();
	readonly #byteLevel: boolean;
	readonly #encoder = new TextEncoder();

	/** @throws {Told} when the file is no list of tokens */
	constructor(file: unknown) {
		const { model, added_tokens, decoder, pre_tokenizer } = (file ?? {}) as TokenizerFile;
		this.#byteLevel = mentions(decoder, 'ByteLevel') || mentions(pre_tokenizer, 'ByteLevel');

		const { vocab } = model ?? {};
		if (Array.isArray(vocab)) {
			// of each entry the first part is the token, the second its score
			vocab.forEach((entry: unknown, id) => this.#write(id, (entry as unknown[])[0]));
		} else {
			for (const [written, id] of Object.entries(vocab ?? {})) this.#write(id, written);
		}
		for (const entry of Array.isArray(added_tokens) ? added_tokens : []) {
			const { id, content, special } = entry as Record<string, unknown>;
			this.#write(id, content);
			this.#added.set(id as number, special === true);
		}
		if (!this.#written.length) throw new Told(telling.noTokenizer());
	}

	/** One more than the largest id. */
	get size(): number {
		return this.#written.length;
	}

	/** A sign to the model, such as the end of a turn: no part of the text. */
	isSpecial(id: number): boolean {
		return this.#added.get(id) === true;
	}

	/** The bytes a token adds to the text: none for a special one, nor for ids that a model has and its list has not. */
	bytes(id: number): Uint8Array {
		const written = this.#written[id];
		if (written === undefined || this.isSpecial(id)) return NONE;
		if (this.#added.has(id)) return this.#encoder.encode(written);
		return this.#byteLevel ? bytesOfSigns(written, this.#encoder) : this.#sentencePiece(written);
	}

	/** A token as one would show it: a special one by its name, part of a character as U+FFFD. */
	text(id: number): string {
		if (this.isSpecial(id)) return this.#written[id]!;
		return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes(id));
	}

	/** All of it in a form that can be sent. */
	get lexicon(): Lexicon {
		const texts = Array.from({ length: this.size }, (_, id) =>
			this.isSpecial(id) ? this.#encoder.encode(this.#written[id]) : this.bytes(id)
		);
		const ends = new Uint32Array(this.size);
		let end = 0;
		for (const [id, { length }] of texts.entries()) ends[id] = end += length;
		const bytes = new Uint8Array(end);
		for (const [id, text] of texts.entries()) bytes.set(text, ends[id] - text.length);
		const specials = [...this.#added].flatMap(([id, special]) => (special ? [id] : []));
		return { bytes, ends, specials };
	}

	#sentencePiece(written: string): Uint8Array {
		const byte = /^<0x([\dA-Fa-f]{2})>$/.exec(written);
		if (byte) return Uint8Array.of(parseInt(byte[1], 16));
		return this.#encoder.encode(written.replaceAll('▁', ' '));
	}

	#write(id: unknown, written: unknown): void {
		if (!Number.isInteger(id) || (id as number) < 0 || (id as number) > 1e7) return;
		if (typeof written === 'string') this.#written[id as number] = written;
	}
}

/** Whether a part of the file, or a part of that, is of this type. */
function mentions(part: unknown, type: string): boolean {
	if (typeof part !== 'object' || part === null) return false;
	if ((part as { type?: unknown }).type === type) return true;
	return Object.values(part).some((inner) => mentions(inner, type));
}

/**
 * Byte-level lists write every byte as one visible sign: those of printable Latin-1 stand for themselves, the other 68 for U+0100
 * and on, in their order.
 */
const byteOf: ReadonlyMap<string, number> = (() => {
	const signs = new Map<string, number>();
	let next = 0x100;
	for (let byte = 0; byte < 256; byte++) {
		const visible =
			(byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
		signs.set(String.fromCharCode(visible ? byte : next++), byte);
	}
	return signs;
})();

function bytesOfSigns(written: string, encoder: TextEncoder): Uint8Array {
	const bytes = new Uint8Array(written.length);
	for (let i = 0; i < written.length; i++) {
		const byte = byteOf.get(written[i]);
		if (byte === undefined) return encoder.encode(written); // not of this alphabet: it stands for itself
		bytes[i] = byte;
	}
	return bytes;
}
