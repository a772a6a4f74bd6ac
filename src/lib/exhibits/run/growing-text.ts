import type { Token } from '#lib/events.ts';
import { visible } from './plain.ts';

/** A block with more tokens is closed where its last line begins. */
const LONG = 40;
/** A block in which no line begins is closed all the same. */
const LONGEST = 200;
/** The oldest block goes when so many tokens are left without it: more than a box of lines shows. */
const KEPT = 100;

/** Tokens that are pointed at, by their place in what came back. */
export type Marks = { active: number | undefined; parting: number | undefined };

type Block = { element: HTMLElement; start: Start };

/** The first token of a text, and whether its leading space stayed on the line before. */
export type Start = { index: number; trimmed: boolean };

/** What a token looks like. */
export function pieceOf({ text, special }: Token): string {
	return special ? '■' : visible(text);
}

/**
 * The text of a run while it grows. It stands in blocks of whole lines, so that a new token makes the
 * browser set two or three lines anew and not all of them, and it is put there by hand, which costs
 * a tenth of a component's loop. The oldest lines go.
 */
export class GrowingText {
	readonly #root: HTMLElement;
	#prompt: readonly string[] = [];
	#tokens: readonly Token[] = [];
	#blocks: Block[] = [];
	/** Tokens that are in the page … */
	#end = 0;
	/** … and those of them that have found their line. */
	#settled = 0;
	/** Where the last block is to be closed. */
	#line: Start | undefined;
	#marks: Marks = { active: undefined, parting: undefined };

	/** @param root an empty element, this text's alone; its classes are those of Stream.svelte */
	constructor(root: HTMLElement) {
		this.#root = root;
		this.#begin({ index: 0, trimmed: false });
	}

	/** Where what is still in the page begins. */
	get start(): Start {
		return this.#blocks[0].start;
	}

	/** Brings the page up to `came` tokens. Tokens of the same array go on from those that stand there. */
	show(prompt: readonly string[], tokens: readonly Token[], came: number): void {
		const other = tokens !== this.#tokens || came < this.#end;
		const cut = prompt !== this.#prompt && this.start.index === 0;
		this.#prompt = prompt;
		this.#tokens = tokens;
		if (other || cut) this.#begin({ index: 0, trimmed: false });

		if (this.#line) this.#close(this.#line);
		while (this.#blocks.length > 1 && this.#end - this.#blocks[1].start.index >= KEPT) {
			this.#blocks.shift()!.element.remove();
			this.#sayGone();
		}
		this.#add(came);
	}

	/** Looks where lines begin. To be called when they have just been set: otherwise they would be for this. */
	look(): void {
		const { element, start } = this.#last;
		if (this.#line || this.#end - start.index <= LONG) return;
		const spans = [...element.querySelectorAll<HTMLElement>('.came')];
		const at = lastLine(spans) ?? (spans.length > LONGEST ? spans.length - LONG : undefined);
		if (at === undefined) return;
		this.#line = { index: start.index + at, trimmed: spans[at].getClientRects().length > 1 };
	}

	/** Sets all lines anew, for when the box has another width. */
	again(): void {
		const end = this.#end;
		this.#begin(this.start);
		this.#add(end);
	}

	mark(marks: Marks): void {
		const changed = [...Object.values(this.#marks), ...Object.values(marks)];
		this.#marks = marks;
		for (const index of new Set(changed)) {
			if (index === undefined) continue;
			for (const span of this.#root.querySelectorAll(`[data-index="${index}"]`)) {
				span.className = this.#classOf(index);
			}
		}
	}

	get #last(): Block {
		return this.#blocks[this.#blocks.length - 1];
	}

	#begin(start: Start): void {
		this.#root.replaceChildren();
		this.#blocks = [];
		this.#line = undefined;
		this.#end = this.#settled = start.index;
		if (start.index) this.#sayGone();
		const { element } = this.#open(start);
		if (start.index) return;
		for (const cut of this.#prompt) {
			const marker = /^<\w+>$/.test(cut) ? ' marker' : '';
			element.append(span(`token sent${marker}`, visible(cut)));
		}
	}

	#open(start: Start): Block {
		const block = { element: span('lines'), start };
		this.#blocks.push(block);
		this.#root.append(block.element);
		return block;
	}

	#add(came: number): void {
		const { element, start } = this.#last;
		// A word that is still being written may have to go to the next line. Its pieces are set anew: what is
		// new has not moved.
		for (let i = this.#settled; i < this.#end; i++) element.lastChild!.remove();
		const pieces = document.createDocumentFragment();
		for (let i = this.#settled; i < came; i++) pieces.append(this.#piece(i, start));
		element.append(pieces);

		this.#end = came;
		let word = came;
		while (word > start.index && /^\S/.test(this.#tokens[--word].text));
		this.#settled = word;
	}

	/** Closes the last block before a token that begins a line, and goes on in another. */
	#close(line: Start): void {
		const { element } = this.#last;
		const { index, trimmed } = line;
		const spans = [...element.querySelectorAll<HTMLElement>('.came')];
		const rest = spans.slice(index - this.#last.start.index);
		this.#open(line).element.append(...rest);
		if (trimmed) {
			const text = rest[0].textContent;
			rest[0].textContent = text.trimStart();
			// at the end of a line a token has no margin: with one, the word before it could be pushed off the line
			const space = text.slice(0, text.length - rest[0].textContent.length);
			const hung = span(this.#classOf(index), space, index);
			hung.style.marginInlineEnd = '0';
			element.append(hung);
		}
		this.#settled = Math.max(this.#settled, index);
		this.#line = undefined;
	}

	#sayGone(): void {
		if (!this.#root.querySelector('.gone')) this.#root.prepend(span('gone lines', '…'));
	}

	#piece(index: number, start: Start): HTMLElement {
		const text = pieceOf(this.#tokens[index]);
		const trimmed = start.trimmed && index === start.index;
		return span(this.#classOf(index), trimmed ? text.trimStart() : text, index);
	}

	#classOf(index: number): string {
		const { active, parting } = this.#marks;
		return (
			'token came' +
			(this.#tokens[index]?.special ? ' special' : '') +
			(index === active ? ' active' : '') +
			(index === parting ? ' parting' : '')
		);
	}
}

/** The place of the span that begins the last line, if one does. */
function lastLine(spans: HTMLElement[]): number | undefined {
	for (let i = spans.length - 1; i > 0; i--) {
		const before = spans[i - 1].getClientRects();
		const now = spans[i].getClientRects();
		if (!before.length || !now.length) continue;
		if (now[now.length - 1].top < before[before.length - 1].bottom - 1) continue;
		// what lies on two lines begins the second only if nothing but its space is on the first
		if (now.length === 1 || /^ +\S/.test(spans[i].textContent)) return i;
	}
}

const template = typeof document === 'undefined' ? undefined : document.createElement('span');

function span(classes: string, text?: string, index?: number): HTMLElement {
	const made = template!.cloneNode() as HTMLElement;
	made.className = classes;
	if (text) made.textContent = text;
	if (index !== undefined) made.dataset.index = String(index);
	return made;
}
