/** @file Two runs beside each other: where they part, and in what they differ. */
import type { Token } from '#lib/events.ts';
import { visible } from '../run/plain.ts';
import type { Shown } from '../run/shown.ts';

export type Parting = {
	/** Tokens that both begin with. */
	same: number;
	/** The first token that differs; nothing where neither run goes on. */
	at?: number;
};

/** Compares as far as both have come. While one still grows, its end is not yet a difference. */
export function partingOf(a: Shown, b: Shown, growing = false): Parting {
	const shorter = Math.min(a.counts.came, b.counts.came);
	let same = 0;
	while (same < shorter && equal(a.tokens[same], b.tokens[same])) same++;
	const over = same === shorter && (growing || a.counts.came === b.counts.came);
	return over ? { same } : { same, at: same };
}

function equal(one: Token, other: Token): boolean {
	if (one.id !== undefined && other.id !== undefined) return one.id === other.id;
	return one.text === other.text && one.special === other.special;
}

/** The finding, in a sentence or two. */
export function partingInWords(a: Shown, b: Shown, growing = false): string {
	if (growing && partingOf(a, b, true).at === undefined) return 'Running; no difference so far.';
	if (!a.counts.came || !b.counts.came) return 'One of the two has not been run yet.';
	const { same, at } = partingOf(a, b);
	if (at === undefined) return `Both wrote the same ${tokens(same)}.`;
	const began =
		same === 0 ? 'They part at the first token' : `They share ${tokens(same)}, then part`;
	return `${began}: A ${next(a, at)}, B ${next(b, at)}.`;
}

function next({ tokens, counts }: Shown, at: number): string {
	if (at >= counts.came) return 'stops';
	const { text, special } = tokens[at];
	return special ? 'ends' : `writes “${visible(text)}”`;
}

function tokens(count: number): string {
	return count === 1 ? '1 token' : `${count.toLocaleString('en')} tokens`;
}
